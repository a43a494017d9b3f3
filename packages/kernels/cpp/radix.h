// Stable sorting of keys with the places that they came from: least significant digit first, short rows by merging.
//
// A pass counts how often each digit occurs, then sends every element behind its forerunners. A long row is cut into blocks that threads
// share: each block has its own counts, and goes where the blocks before it leave off, so a sort is stable in any number of blocks.
#pragma once
#include "keys.h"

namespace flambeau::TARGET {

/// A key of up to 32 bits above a place of up to 32, which compare as one integer. With their places no two elements are equal.
struct Narrow {
  uint64_t bits;
  static FLAMBEAU_INLINE Narrow of(uint64_t key, Index place) { return {key << 32 | static_cast<uint64_t>(place)}; }
  FLAMBEAU_INLINE uint64_t key() const { return bits >> 32; }
  FLAMBEAU_INLINE Index place() const { return static_cast<Index>(bits & 0xffffffffu); }
  FLAMBEAU_INLINE bool before(Narrow other) const { return bits < other.bits; }
};

struct Wide {
  uint64_t bits;
  int64_t at;
  static FLAMBEAU_INLINE Wide of(uint64_t key, Index place) { return {key, place}; }
  FLAMBEAU_INLINE uint64_t key() const { return bits; }
  FLAMBEAU_INLINE Index place() const { return static_cast<Index>(at); }
  FLAMBEAU_INLINE bool before(Wide other) const { return (bits < other.bits) | ((bits == other.bits) & (at < other.at)); }
};

constexpr Index counted_run = 16;
/// Rows up to this length are merged: a pass costs as many steps as there are digits, too.
constexpr Index merged_row = 64;

/// Sorts up to a run's length by how many stand before each: no two are equal, and no jump depends on them.
template <class E>
FLAMBEAU_INLINE void count_sort(E* to, const E* from, Index n) {
  for (Index i = 0; i < n; i++) {
    Index before = 0;
    for (Index j = 0; j < n; j++) before += from[j].before(from[i]);
    to[before] = from[i];
  }
}

/// Sorts `row` with `spare` beside it; answers which of the two holds the result.
template <class E>
E* merge_sort(E* row, E* spare, Index n) {
  Index whole = 0;
  for (; whole + counted_run <= n; whole += counted_run) count_sort(spare + whole, row + whole, counted_run);
  count_sort(spare + whole, row + whole, n - whole);
  for (Index width = counted_run; width < n; width *= 2) {
    E* from = spare;
    spare = row;
    row = from;
    for (Index start = 0; start < n; start += 2 * width) {
      const Index middle = start + width < n ? start + width : n, end = start + 2 * width < n ? start + 2 * width : n;
      Index left = start, right = middle, to = start;
      while (left < middle && right < end) {
        const bool take_right = row[right].before(row[left]);
        spare[to++] = row[take_right ? right : left];
        right += take_right;
        left += !take_right;
      }
      while (left < middle) spare[to++] = row[left++];
      while (right < end) spare[to++] = row[right++];
    }
  }
  return spare;
}

/// A pass over the digit from bit `shift` on, in three steps.
struct Digit {
  int shift;
  Index buckets;
  template <class E>
  Index of(E e) const {
    return static_cast<Index>(e.key() >> shift & static_cast<uint64_t>(buckets - 1));
  }
  template <class E>
  void count(const E* from, Index begin, Index end, Index* counts) const {
    for (Index d = 0; d < buckets; d++) counts[d] = 0;
    for (Index i = begin; i < end; i++) counts[of(from[i])]++;
  }
  /// Turns how often into from where on, over all blocks.
  void place(Index* counts, Index blocks) const {
    Index next = 0;
    for (Index d = 0; d < buckets; d++) {
      for (Index b = 0; b < blocks; b++) {
        Index& count = counts[b * buckets + d];
        const Index many = count;
        count = next;
        next += many;
      }
    }
  }
  template <class E>
  void move(const E* from, E* to, Index begin, Index end, Index* starts) const {
    for (Index i = begin; i < end; i++) {
      const E e = from[i];
      to[starts[of(e)]++] = e;
    }
  }
};

/// Sorts `row`, whose keys have so many bits, with `spare` beside it; answers which of the two holds the result. Shares out the work where it
/// takes as many nanoseconds as the caller says.
template <class E>
E* sort_elements(E* row, E* spare, Index n, int bits, double nanoseconds) {
  if (n <= merged_row) return merge_sort(row, spare, n);
  const int widest = n < 4096 ? 8 : 11;
  const int passes = (bits + widest - 1) / widest, width = passes == 0 ? 0 : (bits + passes - 1) / passes;
  const Index buckets = Index(1) << width, blocks = worth_sharing(nanoseconds) ? 4 * thread_count() : 1;
  Index* counts = scratch<Index>(Scratch::indices, blocks * buckets);
  constexpr int steps = 3, most_passes = 8;
  Index tasks[steps * most_passes];
  for (int i = 0; i < steps * passes; i++) tasks[i] = i % steps == 1 ? 1 : blocks;
  phases(steps * passes, tasks, nanoseconds, [&](int phase, Index block, int) {
    const int pass = phase / steps, step = phase % steps;
    const Digit digit = {pass * width, buckets};
    const Index begin = n / blocks * block + n % blocks * block / blocks;
    const Index end = n / blocks * (block + 1) + n % blocks * (block + 1) / blocks;
    E* from = pass % 2 == 0 ? row : spare;
    E* to = pass % 2 == 0 ? spare : row;
    Index* own = counts + block * buckets;
    if (step == 0) digit.count(from, begin, end, own);
    else if (step == 1) digit.place(counts, blocks);
    else digit.move(from, to, begin, end, own);
  });
  return passes % 2 == 0 ? row : spare;
}

template <class E, class K>
void sort_as(const K* keys, Index n, Span span, double nanoseconds, int64_t* places) {
  E* row = scratch<E>(Scratch::rows, 2 * n);
  const double each = nanoseconds == 0 ? 0 : 0.5;
  parallel(n, each, [=](Index begin, Index end) {
    for (Index i = begin; i < end; i++) row[i] = E::of(span.part(keys[i]), i);
  });
  const E* sorted = sort_elements(row, row + n, n, span.bits, nanoseconds);
  parallel(n, each, [=](Index begin, Index end) {
    for (Index i = begin; i < end; i++) places[i] = sorted[i].place();
  });
}
/// Where the keys stand once they are sorted, equal ones in their order. Shares out the work where it takes as many nanoseconds as said.
template <class K>
void sort_places(const K* keys, Index n, double nanoseconds, int64_t* places) {
  const Span span = span_of(keys, n);
  const bool narrow = span.bits <= 32 && static_cast<uint64_t>(n) <= uint64_t(1) << 32;
  if (narrow) sort_as<Narrow>(keys, n, span, nanoseconds, places);
  else sort_as<Wide>(keys, n, span, nanoseconds, places);
}

}  // namespace flambeau::TARGET
