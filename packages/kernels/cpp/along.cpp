// What runs along one dimension: extremes with their positions, running sums and products, equality.
//
// a (outer, N, inner), contiguous. Where inner is 1 the dimension is a row, otherwise neighbouring columns are walked together, row after row. A running
// sum of floats is kept in double, as PyTorch keeps it. Of equal extremes the first wins, and of NaN the first over everything.
#include "fold.h"
#include "transpose.h"

namespace flambeau::TARGET {
namespace {

/// Columns that are walked together, and rows that are taken up at a time.
constexpr Index columns = 512;
constexpr int rows_at_once = 8;

/// strip(offset of the first row, of the first result, how many columns) for all columns of all `outer`.
template <class Strip>
void each_strip(Index outer, Index n, Index inner, double nanoseconds, const Strip& strip) {
  const Index strips = (inner + columns - 1) / columns;
  parallel(outer * strips, nanoseconds * n * (inner < columns ? inner : columns), [&](Index begin, Index end) {
    for (Index s = begin; s < end; s++) {
      const Index o = s / strips, first = s % strips * columns, left = inner - first;
      strip(o * n * inner + first, o * inner + first, left < columns ? left : columns);
    }
  });
}

template <bool Most, class T> struct Extreme { using Fold = Largest<T>; };
template <class T> struct Extreme<false, T> { using Fold = Smallest<T>; };

/// The position of the first of n elements that is `best`, or NaN when that is.
template <class T>
Index first_of(const T* x, T best) {
  Index i = 0;
  if (best != best) {
    while (x[i] == x[i]) i++;
  } else {
    while (x[i] != best) i++;
  }
  return i;
}

/// Whether x takes the place of `best`; for vectors a mask.
template <bool Most, class V>
FLAMBEAU_INLINE auto exceeds(V x, V best) {
  return Most ? ~(x <= best) & (best == best) : ~(x >= best) & (best == best);
}
template <bool Most, class T>
bool number_exceeds(T x, T best) {
  return !(Most ? x <= best : x >= best) && best == best;
}

// The extreme of each block first, then the place in the block that has the extreme of the row.
template <bool Most, class T>
void extreme_of_rows(T* values, int64_t* indices, const T* a, Index outer, Index n) {
  using F = typename Extreme<Most, T>::Fold;
  const Index blocks = (n + fold_block - 1) / fold_block;
  T* tops = blocks == 1 ? nullptr : scratch<T>(Scratch::partial, outer * blocks);
  const auto block_of = [=](Index block) { return n - block * fold_block < fold_block ? n - block * fold_block : fold_block; };
  const auto finish = [=](Index row, Index block, T best) {
    const Index at = block * fold_block + first_of(a + row * n + block * fold_block, best);
    if (values != nullptr) values[row] = a[row * n + at];
    indices[row] = at;
  };
  parallel(outer * blocks, 0.05 * block_of(0) + 20, [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      const Index block = blocks == 1 ? 0 : b % blocks, row = blocks == 1 ? b : b / blocks;
      const T top = fold_dense<F>(a + row * n + block * fold_block, block_of(block));
      if (blocks == 1) finish(row, 0, top);
      else tops[b] = top;
    }
  });
  for (Index row = 0; blocks > 1 && row < outer; row++) {
    const T* top = tops + row * blocks;
    Index block = 0;
    for (Index b = 1; b < blocks; b++) block = number_exceeds<Most>(top[b], top[block]) ? b : block;
    finish(row, block, top[block]);
  }
}

/// best[c] and where[c] with R rows taken up, of which the first is number `row`.
template <bool Most, int R, class T>
FLAMBEAU_INLINE void take_rows(T* best, Integer<T>* where, const T* a, Index row, Index step, Index n) {
  Index c = 0;
  for (; c + WIDTH<T> <= n; c += WIDTH<T>) {
    Lanes<T> top = load(best + c);
    Mask<T> at = load(where + c);
    FLAMBEAU_UNROLL for (int r = 0; r < R; r++) {
      const Lanes<T> x = load(a + r * step + c);
      const Mask<T> better = exceeds<Most>(x, top);
      top = better ? x : top;
      at = better ? splat<Mask<T>>(static_cast<Integer<T>>(row + r)) : at;
    }
    store(best + c, top);
    store(where + c, at);
  }
  for (; c < n; c++) {
    for (int r = 0; r < R; r++) {
      if (!number_exceeds<Most>(a[r * step + c], best[c])) continue;
      best[c] = a[r * step + c];
      where[c] = static_cast<Integer<T>>(row + r);
    }
  }
}

template <bool Most, class T>
void extreme_of_columns(T* values, int64_t* indices, const T* a, Index outer, Index n, Index inner) {
  each_strip(outer, n, inner, 0.08, [=](Index from, Index to, Index count) {
    T best[columns];
    Integer<T> where[columns];
    for (Index c = 0; c < count; c++) {
      best[c] = a[from + c];
      where[c] = 0;
    }
    Index row = 1;
    for (; row + rows_at_once <= n; row += rows_at_once) take_rows<Most, rows_at_once>(best, where, a + from + row * inner, row, inner, count);
    for (; row < n; row++) take_rows<Most, 1>(best, where, a + from + row * inner, row, inner, count);
    for (Index c = 0; c < count; c++) {
      if (values != nullptr) values[to + c] = best[c];
      indices[to + c] = where[c];
    }
  });
}

template <bool Most, class T>
void extreme_along(T* values, int64_t* indices, const T* a, Index outer, Index n, Index inner) {
  if (inner == 1) return extreme_of_rows<Most>(values, indices, a, outer, n);
  // Positions are counted in integers as wide as the elements.
  if constexpr (sizeof(T) >= 4) {
    if (sizeof(T) == 8 || n <= INT32_MAX) return extreme_of_columns<Most>(values, indices, a, outer, n, inner);
  }
  parallel(outer * inner, 1.0 * n, [=](Index begin, Index end) {
    for (Index at = begin; at < end; at++) {
      const T* row = a + at / inner * n * inner + at % inner;
      Index where = 0;
      for (Index i = 1; i < n; i++) where = number_exceeds<Most>(row[i * inner], row[where * inner]) ? i : where;
      if (values != nullptr) values[at] = row[where * inner];
      indices[at] = where;
    }
  });
}

template <class T> struct Wide { using type = T; };
template <> struct Wide<float> { using type = double; };

/// What there is so far, joined with x: numbers or vectors.
template <bool Times, class W>
FLAMBEAU_INLINE W run_on(W total, W x) {
  return Times ? total * x : total + x;
}

/// Every lane joined with those before it: each step doubles how many are.
template <bool Times, int Joined, class V, int... I>
FLAMBEAU_INLINE V running_lanes(V x, Indices<I...> lanes) {
  if constexpr (Joined == sizeof...(I)) {
    return x;
  } else {
    const V start = splat<V>(Times ? 1 : 0);
    const V before = __builtin_shufflevector(start, x, (I < Joined ? I : int(sizeof...(I)) + I - Joined)...);
    return running_lanes<Times, 2 * Joined>(run_on<Times>(before, x), lanes);
  }
}

/// Rows side by side: one alone would wait for every vector's total before the next.
template <bool Times, int Rows, class T>
void running_rows(T* out, const T* a, Index n) {
  using W = typename Wide<T>::type;
  using V = Lanes<W>;
  constexpr int width = WIDTH<W>;
  V total[Rows];
  for (V& row : total) row = splat<V>(Times ? 1 : 0);
  Index i = 0;
  for (; i + width <= n; i += width) {
    // Where rows are short nothing else would fetch the next ones in time.
    constexpr Index line = 64 / static_cast<Index>(sizeof(T));
    for (Index ahead = i * Rows; ahead < (i + width) * Rows; ahead += line) {
      __builtin_prefetch(a + n * Rows + ahead);
      __builtin_prefetch(out + n * Rows + ahead, 1);
    }
    FLAMBEAU_UNROLL for (int r = 0; r < Rows; r++) {
      const V own = running_lanes<Times, 1>(load_converted<W>(a + r * n + i), typename CountTo<width>::type{});
      const V x = run_on<Times>(total[r], own);
      store<T, width>(out + r * n + i, __builtin_convertvector(x, Vector<T, width>));
      total[r] = splat<V>(x[width - 1]);
    }
  }
  for (int r = 0; r < Rows; r++) {
    W sum = total[r][0];
    for (Index k = i; k < n; k++) out[r * n + k] = static_cast<T>(sum = run_on<Times>(sum, static_cast<W>(a[r * n + k])));
  }
}

template <bool Times, class T>
void running(T* out, const T* a, Index outer, Index n, Index inner) {
  if (inner == 1) {
    parallel(outer, 0.3 * n, [=](Index begin, Index end) {
      Index row = begin;
      for (; row + rows_at_once <= end; row += rows_at_once) running_rows<Times, rows_at_once>(out + row * n, a + row * n, n);
      for (; row < end; row++) running_rows<Times, 1>(out + row * n, a + row * n, n);
    });
    return;
  }
  each_strip(outer, n, inner, 0.15, [=](Index from, Index, Index count) {
    using W = typename Wide<T>::type;
    W total[columns];
    for (Index c = 0; c < count; c++) total[c] = Times ? 1 : 0;
    for (Index i = 0; i < n; i++) {
      const T* row = a + from + i * inner;
      T* to = out + from + i * inner;
      FLAMBEAU_INDEPENDENT for (Index c = 0; c < count; c++) to[c] = static_cast<T>(total[c] = run_on<Times>(total[c], static_cast<W>(row[c])));
    }
  });
}

template <class T>
void compare_piece(const Piece& p, const void* context) {
  int* differs = *static_cast<int* const*>(context);
  for (Index row = 0; row < p.rows; row++) {
    const T* a = p.operand<T>(0, row);
    const T* b = p.operand<T>(1, row);
    bool other = false;
    for (Index i = 0; i < p.n; i++) other |= !(*advance(a, i, p.step[0]) == *advance(b, i, p.step[1]));
    if (other) __atomic_store_n(differs, 1, __ATOMIC_RELAXED);
  }
}

}  // namespace

template <class T>
void max_along(T* values, int64_t* indices, T* a, Index outer, Index n, Index inner) {
  extreme_along<true>(values, indices, a, outer, n, inner);
}
template <class T>
void min_along(T* values, int64_t* indices, T* a, Index outer, Index n, Index inner) {
  extreme_along<false>(values, indices, a, outer, n, inner);
}
template <class T>
void cumsum(T* out, T* a, Index outer, Index n, Index inner) {
  running<false>(out, a, outer, n, inner);
}
template <class T>
void cumprod(T* out, T* a, Index outer, Index n, Index inner) {
  running<true>(out, a, outer, n, inner);
}
template <class T>
void equal(T* a, T* b, const Loop& loop) {
  int differs = 0;
  int* flag = &differs;
  const Operand operands[] = {{a, sizeof(T)}, {b, sizeof(T)}};
  walk(loop, operands, 2, cost::simple, compare_piece<T>, &flag);
  results()[0] = differs == 0 ? 1 : 0;
}

EXPORT_max_along
EXPORT_min_along
EXPORT_cumsum
EXPORT_cumprod
EXPORT_equal

}  // namespace flambeau::TARGET
