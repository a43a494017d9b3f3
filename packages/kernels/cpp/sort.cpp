// Sorting of rows, and the different values of a row.
//
// a, values, indices (R,N), contiguous. A row is sorted by the digits of its keys (radix.h), of which only the bits that differ count: small
// integers take two or three passes whatever their type. Rows are shared out to the threads, or the blocks of one where rows are
// few. unique counts small integers without sorting them.
#include "radix.h"

namespace flambeau::TARGET {
namespace {

/// What sorting takes for an element, roughly.
constexpr double sort_ns = 8;

template <class T>
void sort_row(T* values, int64_t* indices, const T* a, Index n, Key<T> flip, double nanoseconds) {
  Key<T>* keys = scratch<Key<T>>(Scratch::partial, n);
  const double each = nanoseconds == 0 ? 0 : 0.5;
  parallel(n, each, [=](Index begin, Index end) { keys_of(a + begin, end - begin, flip, keys + begin); });
  sort_places(keys, n, nanoseconds, indices);
  parallel(n, each, [=](Index begin, Index end) {
    for (Index i = begin; i < end; i++) values[i] = a[indices[i]];
  });
}

/// The different ones among keys of integers, all of them from `least` on and below least + slots, ascending.
template <class K>
Index count_keys(const K* keys, Index n, K least, Index slots, K* different, int64_t* inverse, int64_t* counts) {
  Index* slot = scratch<Index>(Scratch::indices, slots);
  for (Index i = 0; i < slots; i++) slot[i] = 0;
  for (Index i = 0; i < n; i++) slot[keys[i] - least]++;
  Index found = 0;
  for (Index i = 0; i < slots; i++) {
    if (slot[i] == 0) continue;
    different[found] = least + static_cast<K>(i);
    if (counts) counts[found] = slot[i];
    slot[i] = found++;
  }
  for (Index i = 0; inverse && i < n; i++) inverse[i] = slot[keys[i] - least];
  return found;
}

/// The first places of the different ones among keys, ascending; one of a NaN is another every time.
template <class K>
Index sort_keys(const K* keys, Index n, bool has_nan, int64_t* firsts, int64_t* inverse, int64_t* counts) {
  sort_places(keys, n, sort_ns * n, firsts);
  Index found = 0, begin = 0;
  K last = 0;
  for (Index i = 0; i < n; i++) {
    const Index place = firsts[i];
    const K key = keys[place];
    if (i == 0 || key != last || (has_nan && key == ~K(0))) {
      if (counts && i > 0) counts[found - 1] = i - begin;
      begin = i;
      firsts[found++] = place;
      last = key;
    }
    if (inverse) inverse[place] = found - 1;
  }
  if (counts) counts[found - 1] = n - begin;
  return found;
}

}  // namespace

template <class T>
void sort(T* values, int64_t* indices, T* a, Index rows, Index n, Index descending) {
  const Key<T> flip = descending ? ~Key<T>(0) : 0;
  if (rows < thread_count()) {
    for (Index r = 0; r < rows; r++) sort_row(values + r * n, indices + r * n, a + r * n, n, flip, sort_ns * n);
    return;
  }
  parallel(rows, sort_ns * n, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) sort_row(values + r * n, indices + r * n, a + r * n, n, flip, 0);
  });
}

template <class T>
void unique(T* values, int64_t* inverse, int64_t* counts, T* a, Index n) {
  using K = Key<T>;
  results()[0] = 0;
  if (n == 0) return;
  K* keys = scratch<K>(Scratch::partial, n);
  keys_of(a, n, K(0), keys);
  Index found;
  const Span span = span_of(keys, n);
  const int bits = span.bits + span.low;
  if (!has_nan<T> && bits <= 20 && Index(1) << bits <= 4 * n + 256) {
    const Index slots = Index(1) << bits;
    K* different = scratch<K>(Scratch::columns, slots);
    found = count_keys(keys, n, static_cast<K>(span.least << span.low), slots, different, inverse, counts);
    for (Index i = 0; i < found; i++) values[i] = integer_of<T>(different[i]);
  } else {
    int64_t* firsts = scratch<int64_t>(Scratch::other, n);
    found = sort_keys(keys, n, has_nan<T>, firsts, inverse, counts);
    for (Index i = 0; i < found; i++) values[i] = a[firsts[i]];
  }
  results()[0] = static_cast<double>(found);
}

EXPORT_sort
EXPORT_unique

}  // namespace flambeau::TARGET
