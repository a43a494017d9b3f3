#include "system.h"

#include <sys/mman.h>

namespace flambeau {
namespace {
constexpr size_t page = 16384;           // a multiple of every page size that we meet
constexpr size_t worth_huge = 4 << 20;
size_t whole(size_t bytes) { return (bytes + page - 1) / page * page; }
}  // namespace

void* system_allocate(size_t bytes) {
  void* place = mmap(nullptr, whole(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) return nullptr;
#if defined(MADV_HUGEPAGE)
  if (bytes >= worth_huge) madvise(place, whole(bytes), MADV_HUGEPAGE);  // advice only: whether it is taken does not matter
#endif
  return place;
}

void system_release(void* place, size_t bytes) { munmap(place, whole(bytes)); }

}  // namespace flambeau
