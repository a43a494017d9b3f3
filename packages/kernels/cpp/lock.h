// A lock for sections of some nanoseconds.
#pragma once
#include <atomic>

#include "threads.h"

namespace flambeau {
struct Lock {
  std::atomic<bool> held{false};
};
struct Guard {
  explicit Guard(Lock& lock) : lock_(lock) {
    while (lock_.held.exchange(true, std::memory_order_acquire)) yield_processor();
  }
  ~Guard() { lock_.held.store(false, std::memory_order_release); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  Lock& lock_;
};
}  // namespace flambeau
