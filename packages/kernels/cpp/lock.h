// A lock for sections of some nanoseconds; on WebAssembly, which has one thread, nothing.
#pragma once

#if defined(__wasm__)
namespace flambeau {
struct Lock {};
struct Guard {
  explicit Guard(Lock&) {}
};
}  // namespace flambeau
#else
#include <sched.h>

#include <atomic>

namespace flambeau {
struct Lock {
  std::atomic<bool> held{false};
};
struct Guard {
  explicit Guard(Lock& lock) : lock_(lock) {
    while (lock_.held.exchange(true, std::memory_order_acquire)) sched_yield();
  }
  ~Guard() { lock_.held.store(false, std::memory_order_release); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  Lock& lock_;
};
}  // namespace flambeau
#endif
