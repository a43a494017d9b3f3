// Guards around blocks, in builds that look for mistakes (FLAMBEAU_GUARDS, see scripts/sanitize.mjs). Whoever writes past an end destroys a
// pattern, which is looked at when the block is given back; the address sanitizer stops readers too, at once. Fresh blocks hold NaN, so
// that reading what was never written shows. Other builds have nothing of all this.
#pragma once
#include <cstddef>

#if defined(FLAMBEAU_GUARDS)
#include <cstring>

#include "fatal.h"
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif
#endif

namespace flambeau::guards {

#if defined(FLAMBEAU_GUARDS)

/// On either side of a block, at least.
constexpr size_t width = 64;
constexpr unsigned char intact = 0xa5, fresh = 0xff;
/// So much of a block is marked, and of what follows it: blocks of terabytes, which nobody touches, must remain possible.
constexpr size_t most_of_block = 64 << 20, most_behind = 4 << 10;
constexpr size_t cut(size_t bytes, size_t most) { return bytes < most ? bytes : most; }

#if defined(__SANITIZE_ADDRESS__)
inline void close(void* place, size_t bytes) { __asan_poison_memory_region(place, bytes); }
inline void open(void* place, size_t bytes) { __asan_unpoison_memory_region(place, bytes); }
#else
inline void close(void* place, size_t bytes) { std::memset(place, intact, bytes); }
inline void open(void*, size_t) {}
#endif

inline void check(const unsigned char* from, size_t bytes, const char* what) {
#if !defined(__SANITIZE_ADDRESS__)
  for (size_t i = 0; i < bytes; i++)
    if (from[i] != intact) fatal(what);
#endif
  (void)from, (void)bytes, (void)what;
}

/// A block of `bytes` at `place`, in a piece that has `room` from there, is handed out.
inline void begin(void* place, size_t bytes, size_t room) {
  unsigned char* at = static_cast<unsigned char*>(place);
  close(at - width, width);
  open(at, cut(bytes, most_of_block));
  std::memset(at, fresh, cut(bytes, most_of_block));
  close(at + bytes, cut(room - bytes, most_behind));
}

/// It is given back: nobody may touch it from now on.
inline void end(void* place, size_t bytes, size_t room) {
  unsigned char* at = static_cast<unsigned char*>(place);
  check(at - width, width, "memory in front of a block was overwritten");
  check(at + bytes, cut(room - bytes, most_behind), "memory behind a block was overwritten");
  close(at, cut(bytes, most_of_block));
}

/// An idle block is handed out again.
inline void reuse(const void* place, size_t bytes) {
  check(static_cast<const unsigned char*>(place), cut(bytes, most_of_block), "a block was written to after it was given back");
}

/// Of an area with `room`, `bytes` may be used. Only the sanitizer watches: the area may hold what is still wanted.
inline void limit(void* place, size_t bytes, size_t room) {
#if defined(__SANITIZE_ADDRESS__)
  open(place, bytes);
  close(static_cast<char*>(place) + bytes, room - bytes);
#endif
  (void)place, (void)bytes, (void)room;
}

/// Before the memory of a block, or of an area, goes back to the system.
inline void forget(void* place, size_t bytes, size_t room) {
  open(static_cast<char*>(place) - width, width);
  open(place, cut(bytes, most_of_block));
  open(static_cast<char*>(place) + bytes, cut(room - bytes, most_behind));
}
inline void forget(void* area, size_t bytes) { open(area, bytes); }

#else

constexpr size_t width = 0;
inline void begin(void*, size_t, size_t) {}
inline void end(void*, size_t, size_t) {}
inline void reuse(const void*, size_t) {}
inline void limit(void*, size_t, size_t) {}
inline void forget(void*, size_t, size_t) {}
inline void forget(void*, size_t) {}

#endif

}  // namespace flambeau::guards
