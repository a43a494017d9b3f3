// Keys: unsigned integers in the order of the numbers that they stand for.
//
// A negative float has its bits turned over, a positive one its sign set; a signed integer has its sign turned over. Both zeros have one
// key and all NaNs the largest, as PyTorch sorts them. Work on keys meets neither NaN nor -0, nor denormals that the processor's
// mode takes for 0. Turned over themselves (`flip` all ones), keys give the descending order. There are two widths of them, for which all
// that follows is compiled, whatever the numbers were.
#pragma once
#include "kernel.h"
#include "vec.h"

namespace flambeau::TARGET {

template <class T>
using Key = typename UnsignedOf<sizeof(T) < 4 ? 4 : sizeof(T)>::type;

template <class T>
constexpr bool has_nan = __is_same(T, float) || __is_same(T, double);

template <class T>
FLAMBEAU_INLINE Key<T> key_of(T x) {
  constexpr Key<T> sign = Key<T>(1) << (8 * sizeof(Key<T>) - 1);
  Key<T> bits = 0;
  __builtin_memcpy(&bits, &x, sizeof x);
  if constexpr (has_nan<T>) {
    constexpr Key<T> infinity = sizeof(T) == 4 ? Key<T>(0x7f800000u) : Key<T>(0x7ff0000000000000u);
    const Key<T> magnitude = bits & ~sign;
    const Key<T> key = bits & sign ? ~bits : bits | sign;
    return magnitude == 0 ? sign : magnitude > infinity ? ~Key<T>(0) : key;
  } else if constexpr (sizeof(T) < 4) {
    return bits;
  } else {
    return bits ^ sign;
  }
}

/// The keys of n numbers.
template <class T>
void keys_of(const T* a, Index n, Key<T> flip, Key<T>* keys) {
  for (Index i = 0; i < n; i++) keys[i] = key_of(a[i]) ^ flip;
}

/// The integer that has this key.
template <class T>
FLAMBEAU_INLINE T integer_of(Key<T> key) {
  if constexpr (sizeof(T) >= 4) key ^= Key<T>(1) << (8 * sizeof(Key<T>) - 1);
  return static_cast<T>(key);
}

/// What keys of a row have in common, so that only the rest is worked on.
struct Span {
  uint64_t least = 0;  // after the shift
  int low = 0;         // so many low bits are the same in all
  int bits = 0;        // of what `part` gives

  FLAMBEAU_INLINE uint64_t part(uint64_t key) const { return (key >> low) - least; }
};

template <class K>
Span span_of(const K* keys, Index n) {
  const K first = keys[0];
  K least = first, most = first, differing = 0;
  for (Index i = 0; i < n; i++) {
    least = keys[i] < least ? keys[i] : least;
    most = keys[i] > most ? keys[i] : most;
    differing |= keys[i] ^ first;
  }
  Span span;
  span.least = first;
  if (differing == 0) return span;
  span.low = __builtin_ctzll(differing);
  span.least = static_cast<uint64_t>(least) >> span.low;
  span.bits = 64 - __builtin_clzll((static_cast<uint64_t>(most) >> span.low) - span.least);
  return span;
}

}  // namespace flambeau::TARGET
