// Scratch memory for kernels: packed operands, partial sums, columns.
//
// Each thread keeps one area per purpose, which only grows, so that the hot path never meets the allocator or a page fault. A pointer is
// good until the same thread asks again for the same purpose; a caller may hand its area to the tasks of its job.
#pragma once
#include "block.h"

namespace flambeau {

/// One per use that may be alive at the same time as another on one thread.
enum class Scratch { pack_a, pack_b, pack_weight, columns, partial, gradient, rows, indices, other };
constexpr int scratch_purposes = static_cast<int>(Scratch::other) + 1;

/// At least `bytes` bytes, 64-byte aligned, their content undefined. Ends the process with a word when there is no memory.
void* scratch_bytes(Scratch purpose, size_t bytes);

}  // namespace flambeau

namespace flambeau::TARGET {

/// An area of `count` elements, 64-byte aligned.
template <class T>
T* scratch(Scratch purpose, Index count) {
  return static_cast<T*>(scratch_bytes(purpose, static_cast<size_t>(count) * sizeof(T)));
}

}  // namespace flambeau::TARGET
