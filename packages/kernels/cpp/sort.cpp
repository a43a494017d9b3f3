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
  const auto key = [=](Index i) -> Key<T> { return key_of(a[i]) ^ flip; };
  sort_places<Key<T>>(n, nanoseconds, key, [=](Index i, Index place) {
    values[i] = a[place];
    indices[i] = place;
  });
}

/// unique for integers from `least` on, fewer than `slots` above it.
template <class T>
Index count_values(T* values, int64_t* inverse, int64_t* counts, const T* a, Index n, Key<T> least, Index slots) {
  Index* slot = scratch<Index>(Scratch::indices, slots);
  for (Index i = 0; i < slots; i++) slot[i] = 0;
  for (Index i = 0; i < n; i++) slot[key_of(a[i]) - least]++;
  Index found = 0;
  for (Index i = 0; i < slots; i++) {
    if (slot[i] == 0) continue;
    values[found] = integer_of<T>(least + static_cast<Key<T>>(i));
    if (counts) counts[found] = slot[i];
    slot[i] = found++;
  }
  if (inverse) {
    for (Index i = 0; i < n; i++) inverse[i] = slot[key_of(a[i]) - least];
  }
  return found;
}

/// unique in order of the sorted row: a value begins where the key changes, and at every NaN.
template <class T>
Index sort_values(T* values, int64_t* inverse, int64_t* counts, const T* a, Index n) {
  Index* order = scratch<Index>(Scratch::other, n);
  sort_places<Key<T>>(n, sort_ns * n, [=](Index i) { return key_of(a[i]); }, [=](Index i, Index place) { order[i] = place; });
  Index found = 0, begin = 0;
  Key<T> last = 0;
  for (Index i = 0; i < n; i++) {
    const Key<T> key = key_of(a[order[i]]);
    if (i == 0 || key != last || (has_nan<T> && key == ~Key<T>(0))) {
      if (counts && i > 0) counts[found - 1] = i - begin;
      begin = i;
      values[found++] = a[order[i]];
      last = key;
    }
    if (inverse) inverse[order[i]] = found - 1;
  }
  if (counts && n > 0) counts[found - 1] = n - begin;
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
  Index found = 0;
  bool counted = false;
  if constexpr (!has_nan<T>) {
    if (n > 0) {
      const Span span = span_of<Key<T>>(n, [=](Index i) { return key_of(a[i]); });
      const int bits = span.bits + span.low;
      counted = bits <= 20 && Index(1) << bits <= 4 * n + 256;
      if (counted) found = count_values(values, inverse, counts, a, n, static_cast<Key<T>>(span.least << span.low), Index(1) << bits);
    }
  }
  if (!counted && n > 0) found = sort_values(values, inverse, counts, a, n);
  results()[0] = static_cast<double>(found);
}

EXPORT_sort
EXPORT_unique

}  // namespace flambeau::TARGET
