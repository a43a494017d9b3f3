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
    const Span span = span_of<K>(n, [=](Index i) { return keys[i]; });
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

/// A key that at least k of the row come before: of each lane's least keys, as if the row were a matrix of so many columns, number k.
template <class T>
Key<T> bound_of(const T* a, Index n, Index k, Key<T> flip) {
  using K = Key<T>;
  K least[lanes], spare[lanes];
  for (Index j = 0; j < lanes; j++) least[j] = ~K(0);
  for (Index i = 0; i + lanes <= n; i += lanes) {
    for (Index j = 0; j < lanes; j++) {
      const K key = key_of(a[i + j]) ^ flip;
      least[j] = key < least[j] ? key : least[j];
    }
  }
  const K last = find_rank(least, spare, lanes, k - 1).key;
  return last == ~K(0) ? last : last + 1;
}

template <class T>
Candidates<Key<T>> candidates_of(const T* a, Index n, Index k, Key<T> flip) {
  using K = Key<T>;
  const Index most = 2 * k + 1024 < n ? 2 * k + 1024 : n, room = most + lanes + 1;
  Candidates<K> found = {scratch<K>(Scratch::partial, room), scratch<Index>(Scratch::other, room), scratch<K>(Scratch::columns, room)};
  K limit = ~K(0);
  Index i = 0;
  if (k <= lanes / 2 && n > short_row) limit = bound_of(a, n, k, flip);
  if (limit == ~K(0)) {
    for (; i < most; i++) found.add(key_of(a[i]) ^ flip, i, true);
    if (i < n) limit = found.keep(k);
  }
  for (; i < n; i += lanes) {
    const Index length = n - i < lanes ? n - i : lanes;
    K better = 0;
    if (length == lanes) {
      for (Index j = 0; j < lanes; j++) better |= (key_of(a[i + j]) ^ flip) < limit;
      if (!better) continue;
    }
    for (Index j = 0; j < length; j++) {
      const K key = key_of(a[i + j]) ^ flip;
      found.add(key, i + j, key < limit);
    }
    if (found.count > most) limit = found.keep(k);
  }
  if (found.count > k) found.keep(k);
  return found;
}

template <class T>
void many_of_row(T* values, int64_t* indices, const T* a, Index n, Index k, Key<T> flip) {
  const auto found = candidates_of(a, n, k, flip);
  const Key<T>* keys = found.keys;
  const Index* places = found.places;
  sort_places<Key<T>>(k, 0, [=](Index i) { return keys[i]; }, [=](Index i, Index nth) {
    values[i] = a[places[nth]];
    indices[i] = places[nth];
  });
}

template <class T>
void few_of_row(T* values, int64_t* indices, const T* a, Index n, Index k, Key<T> flip) {
  Key<T> best[short_list];
  Index found = 0;
  for (Index i = 0; i < n; i++) {
    const Key<T> key = key_of(a[i]) ^ flip;
    if (found == k && !(key < best[k - 1])) continue;
    Index at = found < k ? found++ : k - 1;
    for (; at > 0 && key < best[at - 1]; at--) {
      best[at] = best[at - 1];
      indices[at] = indices[at - 1];
    }
    best[at] = key;
    indices[at] = i;
  }
  for (Index i = 0; i < k; i++) values[i] = a[indices[i]];
}

template <class T>
Index place_of_rank(const T* a, Index n, Index k, bool nan_wins) {
  using K = Key<T>;
  K* keys = scratch<K>(Scratch::partial, n);
  Index nans = 0;
  for (Index i = 0; i < n; i++) {
    const K key = key_of(a[i]);
    keys[i] = key;
    if (has_nan<T>) nans += key == ~K(0);
  }
  const bool none = nans == 0 || !nan_wins;
  const Rank<K> rank = none ? find_rank(keys, scratch<K>(Scratch::columns, n), n, k) : Rank<K>{~K(0), n - nans};
  Index ties = none ? k - rank.before : 0, i = 0;
  while (keys[i] != rank.key || ties-- > 0) i++;
  return i;
}

}  // namespace

template <class T>
void topk(T* values, int64_t* indices, T* a, Index rows, Index n, Index k, Index largest, Index) {
  if (k == 0) return;
  const Key<T> flip = largest ? ~Key<T>(0) : 0;
  const auto row = k <= short_list && n <= short_row ? few_of_row<T> : many_of_row<T>;
  parallel(rows, 1.0 * n + 20.0 * k, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) row(values + r * k, indices + r * k, a + r * n, n, k, flip);
  });
}

template <class T>
void kth(T* values, int64_t* indices, T* a, Index rows, Index n, Index k, Index nan_wins) {
  parallel(rows, 3.0 * n, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) {
      const Index place = place_of_rank(a + r * n, n, k, nan_wins != 0);
      values[r] = a[r * n + place];
      indices[r] = place;
    }
  });
}

EXPORT_topk
EXPORT_kth

}  // namespace flambeau::TARGET
