// Variances over any set of dimensions.
//
// out (kept) = sum of (a - mean)^2 / max(0, n - correction) over the rest of a; mean may be written beside it. One pass: of what is folded the first
// element is a shift, and the sums of d = a - shift and of d^2 are taken in double, where what the shift was off by is corrected. The shift being
// one of the numbers, that costs at most a factor n of double's rounding, wherever the numbers lie. Parts of a fixed length are joined in order
// by Chan's formula. Rows and columns as in reduce.cpp.
#include "fold.h"
#include "moments.h"
#include "nest.h"
#include "parts.h"

namespace flambeau::TARGET {
namespace {

/// Elements, and rows of columns, that one task folds; columns side by side.
constexpr Index part = 65536;
constexpr Index part_rows = 1024;
constexpr Index columns = 128;
constexpr int rows_at_once = 4;
constexpr double nanoseconds = 0.15;

using Doubles = Lanes<double>;

/// The moments of n > 0 numbers that adjoin.
template <class T>
FLAMBEAU_INLINE Moments dense_moments(const T* x, Index n) {
  constexpr Index W = WIDTH<double>;
  const double shift = x[0];
  const Doubles from = splat<Doubles>(shift);
  Doubles sum0 = {}, sum1 = {}, squares0 = {}, squares1 = {};
  Index i = 0;
  for (; i + 2 * W <= n; i += 2 * W) {
    const Doubles d0 = load_converted<double>(x + i) - from, d1 = load_converted<double>(x + i + W) - from;
    sum0 += d0;
    sum1 += d1;
    squares0 += d0 * d0;
    squares1 += d1 * d1;
  }
  double sum = 0, squares = 0;
  for (; i < n; i++) {
    const double d = x[i] - shift;
    sum += d;
    squares += d * d;
  }
  return moments_from(n, shift, sum + total_of<Sum<double>, double>(sum0 + sum1), squares + total_of<Sum<double>, double>(squares0 + squares1));
}

/// The moments of n > 0 numbers, `step` apart.
template <class T>
Moments run_moments(const T* x, Index n, Index step) {
  constexpr Index block = 512;
  if (step == 1) return dense_moments(x, n);
  T packed[block];
  Moments all = {0, 0, 0};
  for (Index first = 0; first < n; first += block) {
    const Index count = at_most(n - first, block);
    for (Index i = 0; i < count; i++) packed[i] = x[(first + i) * step];
    all.join(dense_moments(packed, count));
  }
  return all;
}

/// Sums of d and d^2 with R rows taken up.
template <int R, class T>
FLAMBEAU_INLINE void take_rows(double* sum, double* squares, const double* shift, const T* a, Index step, Index n) {
  Index c = 0;
  for (; c + WIDTH<double> <= n; c += WIDTH<double>) {
    const Doubles from = load(shift + c);
    Doubles s = load(sum + c), q = load(squares + c);
    FLAMBEAU_UNROLL for (int r = 0; r < R; r++) {
      const Doubles d = load_converted<double>(a + r * step + c) - from;
      s += d;
      q += d * d;
    }
    store(sum + c, s);
    store(squares + c, q);
  }
  for (; c < n; c++) {
    for (int r = 0; r < R; r++) {
      const double d = a[r * step + c] - shift[c];
      sum[c] += d;
      squares[c] += d * d;
    }
  }
}

/// The moments of rows begin..end-1 of the nest in each of n <= columns columns.
template <class T>
void column_moments(Moments* moments, const T* a, const Nest& rows, Index begin, Index end, Index n) {
  double shift[columns], sum[columns], squares[columns];
  const Index step = rows.inner_step();
  Index at, ignored;
  rows.place(begin, at, ignored);
  for (Index c = 0; c < n; c++) {
    shift[c] = a[at + c];
    sum[c] = squares[c] = 0;
  }
  rows.runs(begin, end, [&](Index offset, Index count) {
    Index r = 0;
    for (; r + rows_at_once <= count; r += rows_at_once) take_rows<rows_at_once>(sum, squares, shift, a + offset + r * step, step, n);
    for (; r < count; r++) take_rows<1>(sum, squares, shift, a + offset + r * step, step, n);
  });
  for (Index c = 0; c < n; c++) moments[c] = moments_from(end - begin, shift[c], sum[c], squares[c]);
}

void join_moments(Moments& to, const Moments& from) { to.join(from); }

}  // namespace

template <class T>
void variance(T* out, T* mean, T* a, double correction, const Loop& loop) {
  const Reduction nest(loop, 2);
  const Nest &kept = nest.kept, &folded = nest.folded;
  const Index n = folded.count(), m = kept.count(), step = folded.inner_step();
  const double freedom = n - correction > 0 ? n - correction : 0;
  const auto write = [=](Index at, const Moments& moments) {
    out[at] = static_cast<T>(moments.squares / freedom);
    if (mean != nullptr) mean[at] = static_cast<T>(n > 0 ? moments.mean : __builtin_nan(""));
  };
  if (m == 0) return;
  if (n > 0 && kept.dims > 0 && folded.dims > 0 && kept.inner_step() == 1 && step != 1) {
    const Index length = kept.inner_size(), strips = ceil_div(length, columns), parts = ceil_div(n, part_rows), width = at_most(length, columns);
    in_parts<Moments, columns>(m / length * strips, parts, width, nanoseconds * width * (n / parts + 1) + 50,
      [&](Index group, Index p, Moments* moments) {
        Index at, ignored;
        const Index first = group % strips * columns;
        kept.place(group / strips * length, at, ignored);
        column_moments<T>(moments, a + at + first, folded, p * part_rows, at_most((p + 1) * part_rows, n), at_most(length - first, columns));
      },
      join_moments,
      [&](Index group, const Moments* moments) {
        Index ignored, at;
        const Index first = group % strips * columns, count = at_most(length - first, columns);
        kept.place(group / strips * length, ignored, at);
        for (Index c = 0; c < count; c++) write(at + (first + c) * kept.inner_out_step(), moments[c]);
      });
    return;
  }
  const Index parts = n <= part ? 1 : ceil_div(n, part);
  in_parts<Moments, columns>(m, parts, 1, (step == 1 ? nanoseconds : 1) * (n / parts) + 30,
    [&](Index group, Index p, Moments* moments) {
      Index at, ignored;
      kept.place(group, at, ignored);
      *moments = {0, 0, 0};
      folded.runs(p * part, at_most((p + 1) * part, n), [&](Index offset, Index count) { moments->join(run_moments(a + at + offset, count, step)); });
    },
    join_moments,
    [&](Index group, const Moments* moments) {
      Index ignored, at;
      kept.place(group, ignored, at);
      write(at, *moments);
    });
}

EXPORT_variance

}  // namespace flambeau::TARGET
