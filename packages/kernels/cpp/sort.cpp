// Sorting of rows: a stable merge sort of (value, position) pairs, and the k first of it.
//
// a, values, indices (R,N), contiguous; topk gives (R,K). NaN counts as the largest value, as in PyTorch. Runs of 16 are sorted by insertion
// and merged bottom-up between two buffers of the thread that owns the row. topk with few k keeps a sorted list of the best so
// far: most elements cost one comparison.
#include "kernel.h"

namespace flambeau::TARGET {
namespace {

constexpr Index insertion_run = 16;
/// Up to this many a sorted list beats sorting the row.
constexpr Index short_list = 64;

template <class T>
struct Pair {
  T value;
  int64_t index;
};

/// Whether x stands before y: smaller first, or larger first where `Descending`.
template <bool Descending, class T>
inline bool before(T x, T y) {
  if constexpr (Descending) return x > y || (x != x && y == y);
  else return x < y || (y != y && x == x);
}

template <bool Descending, class T>
void insertion_sort(Pair<T>* row, Index n) {
  for (Index i = 1; i < n; i++) {
    const Pair<T> item = row[i];
    Index j = i;
    for (; j > 0 && before<Descending>(item.value, row[j - 1].value); j--) row[j] = row[j - 1];
    row[j] = item;
  }
}

/// Sorts `row` with `spare` beside it; answers which of the two holds the result.
template <bool Descending, class T>
Pair<T>* merge_sort(Pair<T>* row, Pair<T>* spare, Index n) {
  for (Index i = 0; i < n; i += insertion_run) insertion_sort<Descending>(row + i, n - i < insertion_run ? n - i : insertion_run);
  for (Index width = insertion_run; width < n; width *= 2) {
    for (Index start = 0; start < n; start += 2 * width) {
      const Index middle = start + width < n ? start + width : n, end = start + 2 * width < n ? start + 2 * width : n;
      Index left = start, right = middle;
      for (Index to = start; to < end; to++) {
        // The right one goes first only when it is strictly before: equal ones keep their order.
        const bool take_right = left == middle || (right < end && before<Descending>(row[right].value, row[left].value));
        spare[to] = row[take_right ? right++ : left++];
      }
    }
    Pair<T>* other = row;
    row = spare;
    spare = other;
  }
  return row;
}

template <bool Descending, class T>
void sort_row(T* values, int64_t* indices, const T* a, Index n, Index k) {
  Pair<T>* row = scratch<Pair<T>>(Scratch::rows, 2 * n);
  for (Index i = 0; i < n; i++) row[i] = {a[i], i};
  const Pair<T>* sorted = merge_sort<Descending>(row, row + n, n);
  for (Index i = 0; i < k; i++) {
    values[i] = sorted[i].value;
    indices[i] = sorted[i].index;
  }
}

template <bool Descending, class T>
void first_of_row(T* values, int64_t* indices, const T* a, Index n, Index k) {
  Index found = 0;
  for (Index i = 0; i < n; i++) {
    if (found == k && !before<Descending>(a[i], values[k - 1])) continue;
    Index at = found < k ? found++ : k - 1;
    for (; at > 0 && before<Descending>(a[i], values[at - 1]); at--) {
      values[at] = values[at - 1];
      indices[at] = indices[at - 1];
    }
    values[at] = a[i];
    indices[at] = i;
  }
}

}  // namespace

template <class T>
void sort(T* values, int64_t* indices, T* a, Index rows, Index n, Index descending) {
  const auto row = descending ? sort_row<true, T> : sort_row<false, T>;
  parallel(rows, 20.0 * n, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) row(values + r * n, indices + r * n, a + r * n, n, n);
  });
}

template <class T>
void topk(T* values, int64_t* indices, T* a, Index rows, Index n, Index k, Index largest, Index) {
  if (k == 0) return;
  const auto row = k <= short_list ? (largest ? first_of_row<true, T> : first_of_row<false, T>) : (largest ? sort_row<true, T> : sort_row<false, T>);
  parallel(rows, 5.0 * n, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) row(values + r * k, indices + r * k, a + r * n, n, k);
  });
}

EXPORT_sort
EXPORT_topk

}  // namespace flambeau::TARGET
