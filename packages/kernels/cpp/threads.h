// What the pool needs of threads: natively the operating system's (threads.cpp), on WebAssembly workers of JavaScript that share the
// module's memory (wasm/threads.cpp).
#pragma once
#include <atomic>
#include <cstdint>

namespace flambeau {

/// How many threads are wanted before anyone says: FLAMBEAU_THREADS, or as many as there are processors for us.
int wished_threads();
/// Starts a thread that runs `help(self)` of pool.h; false where no more are to be had.
bool start_thread(int self);

/// Sleeps while `word` has the value `seen`, or ends at once: between the two a waker may come.
void sleep_while(const std::atomic<uint32_t>& word, uint32_t seen);
/// Wakes all who sleep for `word`, which was changed before.
void wake_sleepers(const std::atomic<uint32_t>& word);

/// Time in microseconds since some moment.
double now_us();

/// A moment's rest for a thread that looks at memory again and again.
static inline void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Whether a thread can give its processor to another without sleeping.
#if defined(__wasm__)
constexpr bool can_yield = false;
#else
constexpr bool can_yield = true;
#endif
/// Does that, where it can be done. Ends who waits for a thread that has ended in the middle of its work (WebAssembly, on a trap).
void yield_processor();

}  // namespace flambeau
