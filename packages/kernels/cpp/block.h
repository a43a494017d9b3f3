// The argument block: how numbers get from TypeScript to a kernel and back.
//
// Every environment (the main thread, a worker) has one block of doubles. The caller writes a kernel's parameters to its start, scalar
// operands and a loop nest or table behind them, and calls the kernel without arguments: flat in the number of arguments
// and several times cheaper than Node-API's own. The offsets are those of `BLOCK` in src/engine.ts.
#pragma once
#include <cstddef>
#include <cstdint>

namespace flambeau {

/// Sizes, strides and counts: elements, signed.
using Index = ptrdiff_t;

constexpr int block_scalars = 32;
constexpr int block_loop = 40;
constexpr int block_length = 8192;

/// The block of the environment that called the running kernel. Only the calling thread may ask.
extern __thread double* current_block;

/// Where a kernel that answers with numbers writes them: once its parallel parts are over.
static inline double* results() { return current_block; }

/// The place that a number of a block or of a table names.
template <class T>
static inline T* place_of(double number) { return reinterpret_cast<T*>(static_cast<uintptr_t>(number)); }

/// A kernel as the engines call it: it takes its parameters from the block.
using Run = void (*)(double* block);

struct KernelEntry {
  const char* name;
  Run run;
};

}  // namespace flambeau
