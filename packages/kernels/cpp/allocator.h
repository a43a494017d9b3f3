// The caching allocator behind tensors: blocks in size classes, four to a power of two, kept on free lists when they are given back.
//
// One for the process, under one lock; each environment's blocks are also listed in its `Heap`, so that whatever a worker still
// holds at its end comes back. A block is given back from inside a garbage collection (see addon.cpp): `release` therefore only
// puts it on a list. Memory goes back to the system in `allocate` alone, when a new piece is needed and too much lies idle.
#pragma once
#include "block.h"
#include "guards.h"

namespace flambeau {

struct Heap;

/// What stands before every block.
struct alignas(64) Header {
  Header* next;       // in the heap's list, or in the free list
  Header* previous;
  Heap* heap;
  void* watcher;      // the collector's ticket for this block, or null
  uint32_t size_class;
  uint32_t idle_since;  // the trim before which it was given back
  size_t bytes;         // that were asked for
};

/// The blocks in use of one environment.
struct Heap {
  Header* blocks = nullptr;
};

inline Header* header_of(void* place) { return reinterpret_cast<Header*>(static_cast<char*>(place) - guards::width) - 1; }
inline void* place_of(Header* header) { return reinterpret_cast<char*>(header + 1) + guards::width; }

/// The bytes that a block really has.
size_t block_bytes(const Header* header);

/// A block of at least `bytes`, 64-byte aligned, or null. With `cached_only`, null also where a large piece would have to come
/// from the system.
void* allocate(Heap& heap, size_t bytes, bool cached_only = false);
void release(void* place);

/// Releases all blocks of an environment that ends.
void release_all(Heap& heap);

/// Gives idle blocks back to the system.
void trim();

/// Counts memory that the process holds besides blocks, as scratch: it belongs to `reserved`.
void count_reserved(ptrdiff_t bytes);

struct MemoryUse {
  size_t live, reserved, blocks;
};
MemoryUse memory_use();

}  // namespace flambeau
