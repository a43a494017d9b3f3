// Means, sums of squares and sums of products of channels: what batch and layer normalisation are made of.
//
// A block of numbers is passed over twice: its sum gives a shift near the mean, then the sums of d = x - shift and of d^2 are exact to rounding
// wherever the block lies, and what the shift was off by is corrected. Blocks fit the first-level cache, so the second pass is free;
// they are joined in double by Chan's formula, in order.
#pragma once
#include "kernel.h"
#include "vec.h"

namespace flambeau::TARGET {

inline Index ceil_div(Index a, Index b) { return (a + b - 1) / b; }

/// The number of values, their mean and the sum of the squared distances from it.
struct Moments {
  double count, mean, squares;

  void join(const Moments& other) {
    const double all = count + other.count;
    if (other.count == 0) return;
    const double apart = other.mean - mean;
    mean += apart * (other.count / all);
    squares += other.squares + apart * apart * (count * other.count / all);
    count = all;
  }
};

/// From a shift and the sums of d = x - shift and d^2.
inline Moments moments_from(double count, double shift, double sum, double squares) {
  const double rest = squares - sum * sum / count;
  return {count, shift + sum / count, rest > 0 || rest != rest ? rest : 0};
}

/// The moments of n contiguous numbers.
template <class T>
Moments run_moments(const T* x, Index n) {
  constexpr Index W = WIDTH<T>, block = 16384 / sizeof(T);
  Moments all = {0, 0, 0};
  for (Index first = 0; first < n; first += block) {
    const T* from = x + first;
    const Index count = n - first < block ? n - first : block;
    Lanes<T> sum[4] = {}, d1[4] = {}, d2[4] = {};
    Index i = 0;
    for (; i + 4 * W <= count; i += 4 * W) FLAMBEAU_UNROLL for (int u = 0; u < 4; u++) sum[u] += load(from + i + u * W);
    each_lanes<T>(count - i, [&](Index j, auto at) { sum[0] += at.load(from + i + j); });
    const T shift = sum_of((sum[0] + sum[1]) + (sum[2] + sum[3])) / static_cast<T>(count);
    for (i = 0; i + 4 * W <= count; i += 4 * W) {
      FLAMBEAU_UNROLL for (int u = 0; u < 4; u++) {
        const Lanes<T> d = load(from + i + u * W) - shift;
        d1[u] += d;
        d2[u] += d * d;
      }
    }
    each_lanes<T>(count - i, [&](Index j, auto at) {
      const Lanes<T> d = at.keep(at.load(from + i + j) - shift);
      d1[0] += d;
      d2[0] += d * d;
    });
    all.join(moments_from(count, shift, sum_of((d1[0] + d1[1]) + (d1[2] + d1[3])), sum_of((d2[0] + d2[1]) + (d2[2] + d2[3]))));
  }
  return all;
}

/// Runs of few numbers are taken some at a time, side by side, for a sum across lanes and a double costs as much as adding up a hundred numbers. More than
/// eight, which lie a power of two apart, would put one another out of the first-level cache.
inline Index runs_a_block(Index inner) { return inner < 128 ? 8 : 1; }

/// The moments of `count` short runs of n numbers, `step` apart.
template <class T>
Moments moments_of_runs(const T* x, Index n, Index count, Index step) {
  Lanes<T> sum = {}, d1 = {}, d2 = {};
  for (Index r = 0; r < count; r++) each_lanes<T>(n, [&](Index i, auto at) { sum += at.load(x + r * step + i); });
  const T shift = sum_of(sum) / static_cast<T>(count * n);
  for (Index r = 0; r < count; r++) {
    each_lanes<T>(n, [&](Index i, auto at) {
      const Lanes<T> d = at.keep(at.load(x + r * step + i) - shift);
      d1 += d;
      d2 += d * d;
    });
  }
  return moments_from(static_cast<double>(count * n), shift, sum_of(d1), sum_of(d2));
}

/// Rows of C numbers that make a block, no more than `most_rows`.
constexpr Index most_rows = 1024;
template <class T>
constexpr Index block_rows(Index c) {
  const Index fit = 24576 / static_cast<Index>(sizeof(T)) / c;
  return fit < 8 ? 8 : fit > most_rows ? most_rows : fit;
}

/// first[i] and second[i] += what term(row, column, lanes) hands back in two vectors, summed over rows; W columns at a time, two rows in flight.
template <class T, class Term>
FLAMBEAU_INLINE void sum_columns(Index rows, Index c, T* first, T* second, const Term& term) {
  each_lanes<T>(c, [&](Index k, auto at) {
    Lanes<T> a[2] = {}, b[2] = {};
    Index r = 0;
    for (; r + 2 <= rows; r += 2) {
      term(r, k, at, a[0], b[0]);
      term(r + 1, k, at, a[1], b[1]);
    }
    if (r < rows) term(r, k, at, a[0], b[0]);
    at.store(first + k, a[0] + a[1]);
    at.store(second + k, b[0] + b[1]);
  });
}

/// The moments of each channel of x (outer, C, inner), in scratch memory.
template <class T>
const Moments* channel_moments(const T* x, Index outer, Index c, Index inner) {
  Moments* all = scratch<Moments>(Scratch::gradient, c);
  if (inner != 1) {
    const Index runs = runs_a_block(inner);
    parallel(c, 0.1 * outer * inner + 10 * ceil_div(outer, runs), [=](Index begin, Index end) {
      for (Index k = begin; k < end; k++) all[k] = {0, 0, 0};
      for (Index o = 0; o < outer; o += runs) {
        const Index count = outer - o < runs ? outer - o : runs;
        for (Index k = begin; k < end; k++) {
          const T* from = x + (o * c + k) * inner;
          all[k].join(runs > 1 ? moments_of_runs(from, inner, count, c * inner) : run_moments(from, inner));
        }
      }
    });
    return all;
  }
  const Index size = block_rows<T>(c), blocks = ceil_div(outer, size);
  T* sums = scratch<T>(Scratch::partial, blocks * 3 * c);  // of each block: shift, sum, squares
  parallel(blocks, 0.1 * size * c, [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      T *shift = sums + b * 3 * c, *sum = shift + c, *squares = sum + c;
      const T* from = x + b * size * c;
      const Index rows = outer - b * size < size ? outer - b * size : size;
      const T share = T(1) / static_cast<T>(rows);
      sum_columns<T>(rows, c, shift, sum, [=](Index r, Index k, auto at, Lanes<T>& a, Lanes<T>&) { a += at.load(from + r * c + k); });
      each_lanes<T>(c, [=](Index k, auto at) { at.store(shift + k, at.load(shift + k) * share); });
      sum_columns<T>(rows, c, sum, squares, [=](Index r, Index k, auto at, Lanes<T>& a, Lanes<T>& q) {
        const Lanes<T> d = at.load(from + r * c + k) - at.load(shift + k);
        a += d;
        q += d * d;
      });
    }
  });
  for (Index k = 0; k < c; k++) {
    all[k] = {0, 0, 0};
    for (Index b = 0; b < blocks; b++) {
      const T* own = sums + b * 3 * c;
      const Index rows = outer - b * size < size ? outer - b * size : size;
      all[k].join(moments_from(rows, own[k], own[c + k], own[2 * c + k]));
    }
  }
  return all;
}

/// The sums of grad and of grad (x - mean) of a channel.
struct Sums {
  double grad, product;
};

/// A gradient as it is: what channel_sums takes for `through` where nothing stands in front.
template <class T>
struct Unchanged {
  template <class Channel>
  FLAMBEAU_INLINE Lanes<T> operator()(Lanes<T> grad, Lanes<T>, Index, Channel) const {
    return grad;
  }
};

/// A gradient that lies beside its numbers, rows of C.
template <class T>
struct Beside {
  const T* grad;
  struct Rows {
    const T* from;
    Index c;
    template <class At>
    FLAMBEAU_INLINE Lanes<T> operator()(Index r, Index k, At at) const {
      return at.load(from + r * c + k);
    }
  };
  Rows rows(Index first, Index, Index c) const { return {grad + first * c, c}; }
};

/// The sums of each channel over rows of C numbers, in scratch memory. `slopes` gives the gradient by blocks of rows, of at most `most_rows`; of
/// each counts through(gradient, x, k, lanes of channel k).
template <class T, class Slopes, class Through>
const Sums* row_sums(const Slopes& slopes, const T* x, const T* mean, Index rows, Index c, const Through& through) {
  Sums* all = scratch<Sums>(Scratch::gradient, c);
  const Index size = block_rows<T>(2 * c), blocks = ceil_div(rows, size);
  T* sums = scratch<T>(Scratch::partial, blocks * 2 * c);
  parallel(blocks, 0.2 * size * c, [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      const T* v = x + b * size * c;
      const Index count = rows - b * size < size ? rows - b * size : size;
      const auto slope = slopes.rows(b * size, count, c);
      sum_columns<T>(count, c, sums + b * 2 * c, sums + b * 2 * c + c, [=, &slope](Index r, Index k, auto at, Lanes<T>& a, Lanes<T>& p) {
        const Lanes<T> value = at.load(v + r * c + k), own = through(slope(r, k, at), value, k, at);
        a += own;
        p += own * (value - at.load(mean + k));
      });
    }
  });
  for (Index k = 0; k < c; k++) {
    all[k] = {0, 0};
    for (Index b = 0; b < blocks; b++) {
      all[k].grad += sums[b * 2 * c + k];
      all[k].product += sums[b * 2 * c + c + k];
    }
  }
  return all;
}

/// Those of each channel of grad and x (outer, C, inner), in scratch memory. Of each gradient counts through(grad, x, k, lanes of channel k).
template <class T, class Through = Unchanged<T>>
const Sums* channel_sums(const T* grad, const T* x, const T* mean, Index outer, Index c, Index inner, const Through& through = {}) {
  if (inner == 1) return row_sums(Beside<T>{grad}, x, mean, outer, c, through);
  Sums* all = scratch<Sums>(Scratch::gradient, c);
  constexpr Index W = WIDTH<T>, block = 1024 * W;
  const Index runs = runs_a_block(inner);
  parallel(c, 0.2 * outer * inner + 10 * ceil_div(outer, runs), [=](Index begin, Index end) {
    for (Index k = begin; k < end; k++) all[k] = {0, 0};
    for (Index o = 0; o < outer; o += runs) {
      const Index last = outer - o < runs ? outer : o + runs;
      for (Index k = begin; k < end; k++) {
        for (Index i = 0; i < inner; i += block) {
          const Index n = inner - i < block ? inner - i : block;
          Lanes<T> a[4] = {}, b[4] = {};
          for (Index r = o; r < last; r++) {
            const T *g = grad + (r * c + k) * inner + i, *v = x + (r * c + k) * inner + i;
            const auto add = [&](Lanes<T> slope, Lanes<T> value, int u) {
              const Lanes<T> own = through(slope, value, k, Repeated{});
              a[u] += own;
              b[u] += own * (value - mean[k]);
            };
            Index j = 0;
            for (; j + 4 * W <= n; j += 4 * W) FLAMBEAU_UNROLL for (int u = 0; u < 4; u++) add(load(g + j + u * W), load(v + j + u * W), u);
            each_lanes<T>(n - j, [&](Index rest, auto at) { add(at.load(g + j + rest), at.load(v + j + rest), 0); });
          }
          all[k].grad += sum_of((a[0] + a[1]) + (a[2] + a[3]));
          all[k].product += sum_of((b[0] + b[1]) + (b[2] + b[3]));
        }
      }
    }
  });
  return all;
}

}  // namespace flambeau::TARGET
