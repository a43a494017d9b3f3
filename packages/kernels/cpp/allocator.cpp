#include "allocator.h"

#include "lock.h"
#include "system.h"

namespace flambeau {
namespace {

constexpr int largest_log = sizeof(size_t) == 8 ? 47 : 30;
constexpr size_t largest = size_t(2) << largest_log;
constexpr int classes = (largest_log - 6) * 4 + 5;
constexpr size_t large = 32 << 10;               // from here each block is a piece of its own and can go back to the system
constexpr size_t chunk = 256 << 10;              // smaller ones are cut from chunks, which stay
constexpr size_t idle_limit = 256 << 20;

int class_of(size_t bytes) {
  if (bytes <= 64) return 0;
  const int log = 63 - __builtin_clzll(static_cast<unsigned long long>(bytes - 1));
  return (log - 6) * 4 + static_cast<int>(((bytes - 1) >> (log - 2)) & 3) + 1;
}

size_t class_bytes(int size_class) {
  if (size_class == 0) return 64;
  const int log = (size_class - 1) / 4 + 6, quarter = (size_class - 1) % 4 + 1;
  const size_t bytes = (size_t(1) << log) + (size_t(quarter) << (log - 2));
  return (bytes + 63) / 64 * 64;
}

/// The class of the piece that holds a block and its guards.
int piece_of(size_t bytes) { return class_of(bytes + 2 * guards::width); }
/// What a piece has from the block's place on.
size_t room_of(const Header* header) { return class_bytes(static_cast<int>(header->size_class)) - guards::width; }

struct Allocator {
  Lock lock;
  Header* free[classes] = {};
  char* rest = nullptr;      // of the current chunk
  size_t rest_bytes = 0;
  size_t live = 0, reserved = 0, blocks = 0;
  size_t idle = 0;  // bytes of large blocks on the free lists
  uint32_t trims = 0;

  Header* take(int size_class);
  Header* make(int size_class);
  Header* cut(size_t bytes);
  void put(Header* header);
  size_t give_back(size_t keep, bool recent_too);
};

// Zero-initialised and trivially destructible: there before the first and after the last use.
Allocator allocator;

Header* Allocator::take(int size_class) {
  Header* header = free[size_class];
  if (header) {
    free[size_class] = header->next;
    guards::reuse(place_of(header), header->bytes);
    if (class_bytes(size_class) >= large) idle -= class_bytes(size_class);
  }
  return header;
}

/// A small block from the current chunk; what is left of the last chunk is less than one block.
Header* Allocator::cut(size_t bytes) {
  if (rest_bytes < bytes) {
    void* fresh = system_allocate(chunk);
    if (!fresh) return nullptr;
    reserved += chunk;
    rest = static_cast<char*>(fresh);
    rest_bytes = chunk;
  }
  Header* header = reinterpret_cast<Header*>(rest);
  rest += bytes;
  rest_bytes -= bytes;
  return header;
}

Header* Allocator::make(int size_class) {
  const size_t bytes = class_bytes(size_class) + sizeof(Header);
  Header* header;
  if (class_bytes(size_class) < large) {
    header = cut(bytes);
  } else {
    const size_t limit = live > idle_limit ? live : idle_limit;
    if (idle > limit) give_back(limit / 2, false);
    header = static_cast<Header*>(system_allocate(bytes));
    if (!header && give_back(0, true)) header = static_cast<Header*>(system_allocate(bytes));
    if (header) reserved += bytes;
  }
  if (header) header->size_class = static_cast<uint32_t>(size_class);
  return header;
}

void Allocator::put(Header* header) {
  const size_t piece = class_bytes(static_cast<int>(header->size_class));
  guards::end(place_of(header), header->bytes, room_of(header));
  if (header->previous) header->previous->next = header->next;
  else header->heap->blocks = header->next;
  if (header->next) header->next->previous = header->previous;
  live -= block_bytes(header);
  blocks--;
  if (piece >= large) idle += piece;
  header->watcher = nullptr;
  header->idle_since = trims;
  header->next = free[header->size_class];
  free[header->size_class] = header;
}

/// Gives large idle blocks back until `keep` bytes are left: first those that lay idle since the trim before, then, the largest first, all.
/// Answers with the bytes that went.
size_t Allocator::give_back(size_t keep, bool recent_too) {
  const size_t before = idle;
  for (int pass = 0; pass < 2 && idle > keep; pass++) {
    for (int c = classes - 1; c >= 0 && class_bytes(c) >= large && idle > keep; c--) {
      Header** link = &free[c];
      while (*link && idle > keep) {
        Header* header = *link;
        if (pass == 0 && !recent_too && header->idle_since == trims) {
          link = &header->next;
          continue;
        }
        *link = header->next;
        idle -= class_bytes(c);
        reserved -= class_bytes(c) + sizeof(Header);
        guards::forget(place_of(header), header->bytes, room_of(header));
        system_release(header, class_bytes(c) + sizeof(Header));
      }
    }
  }
  trims++;
  return before - idle;
}

}  // namespace

size_t block_bytes(const Header* header) { return class_bytes(class_of(header->bytes)); }

void* allocate(Heap& heap, size_t bytes, bool cached_only) {
  if (bytes > largest - 2 * guards::width) return nullptr;
  const int size_class = piece_of(bytes);
  Guard guard(allocator.lock);
  Header* header = allocator.take(size_class);
  if (!header) {
    if (cached_only && class_bytes(size_class) >= large) return nullptr;
    header = allocator.make(size_class);
    if (!header) return nullptr;
  }
  header->bytes = bytes;
  guards::begin(place_of(header), bytes, room_of(header));
  header->watcher = nullptr;
  header->heap = &heap;
  header->previous = nullptr;
  header->next = heap.blocks;
  if (heap.blocks) heap.blocks->previous = header;
  heap.blocks = header;
  allocator.live += block_bytes(header);
  allocator.blocks++;
  return place_of(header);
}

void release(void* place) {
  Guard guard(allocator.lock);
  allocator.put(header_of(place));
}

void release_all(Heap& heap) {
  Guard guard(allocator.lock);
  while (heap.blocks) allocator.put(heap.blocks);
}

void trim() {
  Guard guard(allocator.lock);
  allocator.give_back(0, true);
}

void count_reserved(ptrdiff_t bytes) {
  Guard guard(allocator.lock);
  allocator.reserved += static_cast<size_t>(bytes);
}

MemoryUse memory_use() {
  Guard guard(allocator.lock);
  return {allocator.live, allocator.reserved, allocator.blocks};
}

}  // namespace flambeau
