// The WebAssembly module's face: the argument block, blocks of memory, and every kernel as an export of its own.
#include "../allocator.h"
#include "../call.h"
#include "../pool.h"

#define EXPORT(name) extern "C" __attribute__((export_name(#name))) void flambeau_##name()

namespace flambeau {
namespace {
alignas(64) double block[block_length];
Heap heap;

void* place() { return place_of<void>(block[0]); }
}  // namespace

/// Where the argument block stands.
extern "C" __attribute__((export_name("block"))) double* flambeau_block() { return block; }

/// block[0]: bytes; answers with the place in block[0], or 0, and with the block's true bytes in block[1].
EXPORT(allocate) {
  const double bytes = block[0];
  void* found = bytes >= 0 && bytes < 4e9 ? allocate(heap, static_cast<size_t>(bytes)) : nullptr;
  block[0] = static_cast<double>(reinterpret_cast<uintptr_t>(found));
  block[1] = found ? static_cast<double>(block_bytes(header_of(found))) : 0;
}

EXPORT(release) { release(place()); }

EXPORT(size) { block[0] = static_cast<double>(block_bytes(header_of(place()))); }

EXPORT(trim) { trim(); }

EXPORT(measure) {
  const MemoryUse use = memory_use();
  block[0] = static_cast<double>(use.live);
  block[1] = static_cast<double>(use.reserved);
  block[2] = static_cast<double>(use.blocks);
}

/// block[0]: how many, or 0 to leave them as they are; answers with how many there are.
EXPORT(setThreads) {
  if (block[0] > 0) set_thread_count(static_cast<int>(block[0]));
  block[0] = thread_count();
}

namespace TARGET {
#define KERNEL(name, suffix, T) \
  EXPORT(name##_##suffix) { call<T>(&name<T>, block); }
FLAMBEAU_KERNELS(KERNEL)
}  // namespace TARGET

}  // namespace flambeau
