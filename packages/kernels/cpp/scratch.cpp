#include "scratch.h"

#include "allocator.h"
#include "fatal.h"
#include "guards.h"
#include "system.h"

namespace flambeau {
namespace {

/// The areas of one thread; they go with it.
struct Areas {
  void* place[scratch_purposes] = {};
  size_t bytes[scratch_purposes] = {};

  ~Areas() {
    for (int i = 0; i < scratch_purposes; i++) drop(i);
  }
  void drop(int i) {
    if (!bytes[i]) return;
    guards::forget(place[i], bytes[i]);
    system_release(place[i], bytes[i]);
    count_reserved(-static_cast<ptrdiff_t>(bytes[i]));
    bytes[i] = 0;
  }
};

thread_local Areas areas;

}  // namespace

void* scratch_bytes(Scratch purpose, size_t bytes) {
  const int i = static_cast<int>(purpose);
  if (bytes > areas.bytes[i]) {
    areas.drop(i);
    const size_t grown = (bytes + bytes / 4 + 65535) / 65536 * 65536;
    areas.place[i] = system_allocate(grown);
    if (!areas.place[i]) fatal("no memory for a kernel's scratch area");
    areas.bytes[i] = grown;
    count_reserved(static_cast<ptrdiff_t>(grown));
  }
  guards::limit(areas.place[i], bytes, areas.bytes[i]);
  return areas.place[i];
}

}  // namespace flambeau
