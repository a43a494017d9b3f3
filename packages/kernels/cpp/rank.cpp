// Choosing from rows without sorting them: the k first, and the one of rank k.
//
// a (R,N); values, indices (R,K), and (R) for kth. The key of a rank is found by its digits, most significant first: counts tell the digit, and
// only keys that have it stay. topk keeps the keys that beat the worst of the k best so far (for few, a bound that is found first), and
// when there are 2 k + some of them drops all but the best k again: most elements cost a share of a vector comparison. Equal ones count in
// the order of their places.
#include "radix.h"

namespace flambeau::TARGET {
namespace {

/// Up to so many of rows up to that length are kept in a sorted list.
constexpr Index short_list = 16;
constexpr Index short_row = 512;
/// Elements that are compared at once. Up to half as many of longer rows have a bound.
constexpr Index lanes = 64;

template <class K>
struct Rank {
  K key;
  Index before;  // how many keys are less
};

/// The key of rank k (from 0) among n; `spare` has room for n.
template <class K>
Rank<K> find_rank(const K* keys, K* spare, Index n, Index k) {
  constexpr Index few = 32;
  const int width = n < 4096 ? 8 : 11;
  Index* counts = scratch<Index>(Scratch::indices, Index(1) << width);
  Index before = 0;
  while (n > few) {
    const Span span = span_of(keys, n);
    if (span.bits == 0) return {keys[0], before};
    const int shift = span.bits > width ? span.bits - width : 0;
    const auto digit = [=](K key) { return static_cast<Index>(span.part(key) >> shift); };
    for (Index d = 0; d < Index(1) << width; d++) counts[d] = 0;
    for (Index i = 0; i < n; i++) counts[digit(keys[i])]++;
    Index chosen = 0, passed = 0;
    while (passed + counts[chosen] <= k) passed += counts[chosen++];
    Index left = 0;
    for (Index i = 0; i < n; i++) {
      const K key = keys[i];
      spare[left] = key;
      left += digit(key) == chosen;
    }
    keys = spare;
    n = left;
    k -= passed;
    before += passed;
  }
  K sorted[few];
  for (Index i = 0; i < n; i++) {
    Index j = i;
    for (; j > 0 && keys[i] < sorted[j - 1]; j--) sorted[j] = sorted[j - 1];
    sorted[j] = keys[i];
  }
  Index less = 0;
  while (sorted[less] < sorted[k]) less++;
  return {sorted[k], before + less};
}

/// The keys that may be among the k least of a row, with their places, both in the order of the row.
template <class K>
struct Candidates {
  K* keys;
  Index* places;
  K* spare;
  Index count = 0;

  FLAMBEAU_INLINE void add(K key, Index place, bool wanted) {
    keys[count] = key;
    places[count] = place;
    count += wanted;
  }
  /// Drops all but the k least; answers the largest of them.
  K keep(Index k) {
    const Rank<K> last = find_rank(keys, spare, count, k - 1);
    Index ties = k - last.before;
    const Index many = count;
    count = 0;
    for (Index i = 0; i < many; i++) {
      const bool tie = keys[i] == last.key && ties > 0;
      ties -= tie;
      add(keys[i], places[i], keys[i] < last.key || tie);
    }
    return last.key;
  }
};

/// A row whose keys are made in stretches that stay in the first-level cache.
template <class K>
struct Row {
  const void* a;
  Index n;
  K flip;
  void (*make)(const void* a, Index begin, Index n, K flip, K* keys);

  /// body(keys, begin, n) for each stretch.
  template <class Body>
  FLAMBEAU_INLINE void stretches(const Body& body) const {
    constexpr Index stretch = 1024;
    K keys[stretch];
    for (Index begin = 0; begin < n; begin += stretch) {
      const Index length = n - begin < stretch ? n - begin : stretch;
      make(a, begin, length, flip, keys);
      body(keys, begin, length);
    }
  }
};

template <class T>
Row<Key<T>> row_of(const T* a, Index n, Key<T> flip) {
  return {a, n, flip, [](const void* from, Index begin, Index length, Key<T> by, Key<T>* keys) {
            keys_of(static_cast<const T*>(from) + begin, length, by, keys);
          }};
}

/// A key that at least k of the row come before: of each lane's least keys, as if the row were a matrix of so many columns, number k.
template <class K>
K bound_of(const Row<K>& row, Index k) {
  K least[lanes], spare[lanes];
  for (Index j = 0; j < lanes; j++) least[j] = ~K(0);
  row.stretches([&](const K* keys, Index, Index n) {
    for (Index i = 0; i + lanes <= n; i += lanes) {
      for (Index j = 0; j < lanes; j++) least[j] = keys[i + j] < least[j] ? keys[i + j] : least[j];
    }
  });
  const K last = find_rank(least, spare, lanes, k - 1).key;
  return last == ~K(0) ? last : last + 1;
}

/// The places of the k first of a row, in order. (As many that are the largest possible key have no bound: all the row counts.)
template <class K>
void many_of_row(const Row<K>& row, Index k, int64_t* indices) {
  const Index most = 2 * k + 1024 < row.n ? 2 * k + 1024 : row.n, room = most + lanes + 1;
  Candidates<K> found = {scratch<K>(Scratch::partial, room), scratch<Index>(Scratch::other, room), scratch<K>(Scratch::columns, room)};
  K limit = k <= lanes / 2 && row.n > short_row ? bound_of(row, k) : ~K(0);
  bool bound = limit != ~K(0);
  row.stretches([&](const K* keys, Index begin, Index n) {
    for (Index i = 0; i < n; i += lanes) {
      const Index length = n - i < lanes ? n - i : lanes;
      K better = bound ? 0 : 1;
      for (Index j = 0; j < length; j++) better |= keys[i + j] < limit;
      if (!better) continue;
      for (Index j = 0; j < length; j++) found.add(keys[i + j], begin + i + j, !bound || keys[i + j] < limit);
      if (found.count <= most) continue;
      limit = found.keep(k);
      bound = true;
    }
  });
  if (found.count > k) found.keep(k);
  sort_places(found.keys, k, 0, indices);
  for (Index i = 0; i < k; i++) indices[i] = found.places[indices[i]];
}

template <class K>
void few_of_row(const Row<K>& row, Index k, int64_t* indices) {
  K best[short_list];
  Index found = 0;
  row.stretches([&](const K* keys, Index begin, Index n) {
    for (Index i = 0; i < n; i++) {
      const K key = keys[i];
      if (found == k && !(key < best[k - 1])) continue;
      Index at = found < k ? found++ : k - 1;
      for (; at > 0 && key < best[at - 1]; at--) {
        best[at] = best[at - 1];
        indices[at] = indices[at - 1];
      }
      best[at] = key;
      indices[at] = begin + i;
    }
  });
}

/// The place of the key of rank k, or, with nan_wins, of the first NaN.
template <class K>
Index place_of_rank(const K* keys, Index n, Index k, bool nan_wins) {
  Index nans = 0;
  for (Index i = 0; nan_wins && i < n; i++) nans += keys[i] == ~K(0);
  const Rank<K> rank = nans > 0 ? Rank<K>{~K(0), k} : find_rank(keys, scratch<K>(Scratch::columns, n), n, k);
  Index ties = k - rank.before, i = 0;
  while (keys[i] != rank.key || ties-- > 0) i++;
  return i;
}

}  // namespace

template <class T>
void topk(T* values, int64_t* indices, T* a, Index rows, Index n, Index k, Index largest, Index) {
  if (k == 0) return;
  const Key<T> flip = largest ? ~Key<T>(0) : 0;
  const auto choose = k <= short_list && n <= short_row ? few_of_row<Key<T>> : many_of_row<Key<T>>;
  parallel(rows, 1.0 * n + 20.0 * k, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) {
      choose(row_of(a + r * n, n, flip), k, indices + r * k);
      for (Index i = 0; i < k; i++) values[r * k + i] = a[r * n + indices[r * k + i]];
    }
  });
}

template <class T>
void kth(T* values, int64_t* indices, T* a, Index rows, Index n, Index k, Index nan_wins) {
  parallel(rows, 3.0 * n, [=](Index begin, Index end) {
    Key<T>* keys = scratch<Key<T>>(Scratch::partial, n);
    for (Index r = begin; r < end; r++) {
      keys_of(a + r * n, n, Key<T>(0), keys);
      const Index place = place_of_rank(keys, n, k, has_nan<T> && nan_wins != 0);
      values[r] = a[r * n + place];
      indices[r] = place;
    }
  });
}

EXPORT_topk
EXPORT_kth

}  // namespace flambeau::TARGET
