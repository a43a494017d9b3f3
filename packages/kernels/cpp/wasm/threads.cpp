// Workers of JavaScript for threads.h: each runs an instance of the module over the same memory, with a stack and thread-local
// variables of its own (src/helpers.ts). The caller never sleeps, which the main thread of a page must not.
#include "../threads.h"

#include "../pool.h"
#include "../processors.h"
#include "../system.h"

#define IMPORT(name) extern "C" __attribute__((import_module("env"), import_name(#name)))
#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

/// How many threads this module may have: 1 where its memory is not shared.
IMPORT(processors) int flambeau_processors();
/// Starts a worker that calls `enter` and then `help(self)`; 0 where there are no workers.
IMPORT(startHelper) int flambeau_start_helper(int self, char* stack_top, char* thread_locals);
IMPORT(now) double flambeau_now();

extern "C" void __wasm_init_tls(void*);  // the linker's

namespace flambeau {
namespace {

constexpr size_t stack_bytes = 1 << 20;
/// Whether a helper trapped, so that what it took is never finished.
std::atomic<bool> broken{false};

int* address(const std::atomic<uint32_t>& word) { return reinterpret_cast<int*>(const_cast<std::atomic<uint32_t>*>(&word)); }

}  // namespace

EXPORT(help) void flambeau_help(int self) { help(self); }
EXPORT(breakDown) void flambeau_break_down() { broken.store(true); }

int processors() { return flambeau_processors(); }
int current_processor() { return -1; }
void leave_processor(int) {}

int wished_threads() { return processors(); }

bool start_thread(int self) {
  const size_t bytes = stack_bytes + __builtin_wasm_tls_size();
  char* stack = static_cast<char*>(system_allocate(bytes));
  if (!stack) return false;
  if (flambeau_start_helper(self, stack + stack_bytes, stack + stack_bytes)) return true;
  system_release(stack, bytes);
  return false;
}

void sleep_while(const std::atomic<uint32_t>& word, uint32_t seen) {
  __builtin_wasm_memory_atomic_wait32(address(word), static_cast<int>(seen), -1);
}

void wake_sleepers(const std::atomic<uint32_t>& word) { __builtin_wasm_memory_atomic_notify(address(word), ~0u); }

double now_us() { return 1000 * flambeau_now(); }

void yield_processor() {
  if (broken.load(std::memory_order_relaxed)) __builtin_trap();
}

}  // namespace flambeau
