// The linear memory as a system: runs of whole pages, free ones in a list by address and joined with their neighbours.
//
// WebAssembly's memory only grows, so memory of one size must be able to become memory of another.
#include "../system.h"

#include <cstdint>

#include "../lock.h"

extern "C" char __heap_base;  // set by the linker: where the module's own data and stack end

namespace flambeau {
namespace {

constexpr size_t page = 4096;
constexpr size_t wasm_page = 65536;
constexpr size_t most_wasm_pages = 65535;  // so that the end of memory is still a 32-bit number
constexpr size_t least_growth = 1 << 20;

/// Stands at the start of each free run.
struct Run {
  size_t bytes;
  Run* next;
};

Lock lock;
Run* runs = nullptr;
uintptr_t top = 0;  // of the memory that is ours

size_t whole(size_t bytes) { return (bytes + page - 1) / page * page; }
char* end_of(Run* run) { return reinterpret_cast<char*>(run) + run->bytes; }

/// Puts a run into the list.
void insert(void* place, size_t bytes) {
  Run** link = &runs;
  Run* before = nullptr;
  while (*link && static_cast<void*>(*link) < place) {
    before = *link;
    link = &before->next;
  }
  Run* run = static_cast<Run*>(place);
  run->bytes = bytes;
  run->next = *link;
  *link = run;
  if (run->next && end_of(run) == reinterpret_cast<char*>(run->next)) {
    run->bytes += run->next->bytes;
    run->next = run->next->next;
  }
  if (before && end_of(before) == reinterpret_cast<char*>(run)) {
    before->bytes += run->bytes;
    before->next = run->next;
  }
}

/// More memory, by an eighth of what there is at least, so that growing stays rare.
bool grow(size_t bytes) {
  const size_t have = __builtin_wasm_memory_size(0);
  if (!top) {
    top = (reinterpret_cast<uintptr_t>(&__heap_base) + page - 1) / page * page;
    if (have * wasm_page > top + page) insert(reinterpret_cast<void*>(top), have * wasm_page - top);
    top = have * wasm_page;
  }
  size_t need = (bytes + wasm_page - 1) / wasm_page;
  size_t more = have / 8 > least_growth / wasm_page ? have / 8 : least_growth / wasm_page;
  if (more < need) more = need;
  const size_t room = most_wasm_pages - have;
  if (more > room) more = room;
  if (more < need || __builtin_wasm_memory_grow(0, more) == size_t(-1)) {
    if (need > room || __builtin_wasm_memory_grow(0, need) == size_t(-1)) return false;
    more = need;
  }
  insert(reinterpret_cast<void*>(top), more * wasm_page);
  top += more * wasm_page;
  return true;
}

/// The first run that is large enough, cut to size.
void* take(size_t bytes) {
  for (Run** link = &runs; *link; link = &(*link)->next) {
    Run* run = *link;
    if (run->bytes < bytes) continue;
    if (run->bytes == bytes) {
      *link = run->next;
    } else {
      Run* rest = reinterpret_cast<Run*>(reinterpret_cast<char*>(run) + bytes);
      rest->bytes = run->bytes - bytes;
      rest->next = run->next;
      *link = rest;
    }
    return run;
  }
  return nullptr;
}

}  // namespace

void* system_allocate(size_t bytes) {
  bytes = whole(bytes);
  Guard guard(lock);
  void* place = take(bytes);
  if (!place && grow(bytes)) place = take(bytes);
  return place;
}

void system_release(void* place, size_t bytes) {
  Guard guard(lock);
  insert(place, whole(bytes));
}

}  // namespace flambeau
