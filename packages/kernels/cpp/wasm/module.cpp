// The WebAssembly module's face: what the addon's is natively, for one thread. Numbers travel through the argument block, which stands in
// linear memory; kernels are called by their place in the table.
#include "../allocator.h"
#include "../block.h"
#include "../pool.h"

namespace flambeau {

__thread double* current_block;

int thread_count() { return 1; }
void set_thread_count(int) {}
double worth_sharing() { return __builtin_inf(); }
void run_phases(int phases, const Index* counts, Task task, void* context) {
  for (int phase = 0; phase < phases; phase++) {
    for (Index i = 0; i < counts[phase]; i++) task(context, phase, i, 0);
  }
}

namespace simd128 {
extern const KernelEntry table[];
}

namespace {
alignas(64) double block[block_length];
Heap heap;
}  // namespace

#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

EXPORT(block) double* block_place() { return block; }
EXPORT(kernel_name) const char* kernel_name(int index) { return simd128::table[index].name; }
EXPORT(run) void run(int index) { simd128::table[index].run(block); }
EXPORT(allocate) void* allocate_block(size_t bytes) { return allocate(heap, bytes); }
EXPORT(release) void release_block(void* place) { release(place); }
EXPORT(size) size_t size_of_block(void* place) { return block_bytes(header_of(place)); }
EXPORT(trim) void trim_memory() { trim(); }
EXPORT(measure) void measure() {
  const MemoryUse use = memory_use();
  block[0] = static_cast<double>(use.live);
  block[1] = static_cast<double>(use.reserved);
  block[2] = static_cast<double>(use.blocks);
}

}  // namespace flambeau

// The module is never taken down: nothing is destroyed at its end.
extern "C" {
void* __dso_handle = nullptr;
int __cxa_atexit(void (*)(void*), void*, void*) { return 0; }
int __cxa_thread_atexit(void (*)(void*), void*, void*) { return 0; }
}
