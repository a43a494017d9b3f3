// Reductions over any set of dimensions: sums, products, extremes, truth.
//
// out (kept) = fold over the rest of a. Two ways, chosen by which half of the nest is dense in a: along rows (the folded elements of one output lie
// together: many accumulators over one run) or down columns (outputs lie side by side: one accumulator each). Long folds are cut into
// parts of a fixed length, whose totals are combined in order: so the threads share even a single sum, the bits do not depend on
// their number, and float sums, in double from part to part, stay exact far beyond 2^24.
#include "nest.h"

namespace flambeau::TARGET {
namespace {

/// Elements that one accumulator's lanes take up before they are added to the total, and that one task folds.
constexpr Index block = 4096;
constexpr Index part = 65536;
/// Columns folded side by side, and rows of them in a block and in a task.
constexpr Index columns = 256;
constexpr Index block_rows = 64;
constexpr Index part_rows = 2048;
constexpr int lanes = 32;

// A fold: what it starts from, how an element enters a lane, how totals join. Lanes may be narrower than totals.
template <class T>
struct Sum {
  using Lane = T;
  using Total = T;
  static constexpr T start = 0;
  static Lane step(Lane sum, T x) { return sum + x; }
  static Total join(Total a, Total b) { return a + b; }
};
template <>
struct Sum<float> {
  using Lane = float;
  using Total = double;
  static constexpr float start = 0;
  static Lane step(Lane sum, float x) { return sum + x; }
  static Total join(Total a, Total b) { return a + b; }
};
template <class T>
struct Product {
  using Lane = T;
  using Total = T;
  static constexpr T start = 1;
  static Lane step(Lane product, T x) { return product * x; }
  static Total join(Total a, Total b) { return a * b; }
};
template <class T>
struct Largest {
  using Lane = T;
  using Total = T;
  static constexpr T start = static_cast<T>(-1) < 0 ? (static_cast<T>(0.5) != 0 ? static_cast<T>(-__builtin_inf()) : static_cast<T>(sizeof(T) == 8 ? INT64_MIN : INT32_MIN)) : 0;
  static Lane step(Lane best, T x) { return best != best || best > x ? best : x; }
  static Total join(Total a, Total b) { return step(a, b); }
};
template <class T>
struct Smallest {
  using Lane = T;
  using Total = T;
  static constexpr T start = static_cast<T>(-1) < 0 ? (static_cast<T>(0.5) != 0 ? static_cast<T>(__builtin_inf()) : static_cast<T>(sizeof(T) == 8 ? INT64_MAX : INT32_MAX)) : static_cast<T>(255);
  static Lane step(Lane best, T x) { return best != best || best < x ? best : x; }
  static Total join(Total a, Total b) { return step(a, b); }
};
struct Any {
  using Lane = uint8_t;
  using Total = uint8_t;
  static constexpr uint8_t start = 0;
  static Lane step(Lane some, bool x) { return some | x; }
  static Total join(Total a, Total b) { return a | b; }
};
struct All {
  using Lane = uint8_t;
  using Total = uint8_t;
  static constexpr uint8_t start = 1;
  static Lane step(Lane every, bool x) { return every & x; }
  static Total join(Total a, Total b) { return a & b; }
};

/// The fold of n elements, `step` apart.
template <class F, class T>
typename F::Total fold_run(const T* a, Index n, Index step) {
  typename F::Total total = F::start;
  for (Index begin = 0; begin < n; begin += block) {
    const Index count = n - begin < block ? n - begin : block;
    const T* at = a + begin * step;
    typename F::Lane lane[lanes];
    for (int j = 0; j < lanes; j++) lane[j] = F::start;
    Index i = 0;
    if (step == 1) {
      for (; i + lanes <= count; i += lanes) {
        for (int j = 0; j < lanes; j++) lane[j] = F::step(lane[j], at[i + j]);
      }
    }
    for (; i < count; i++) lane[i % 4] = F::step(lane[i % 4], at[i * step]);
    for (int j = 0; j < lanes; j++) total = F::join(total, lane[j]);
  }
  return total;
}

/// totals[c] = the fold of rows begin..end-1 of the nest in column c; n columns lie side by side.
template <class F, class T>
void fold_columns(typename F::Total* totals, const T* a, const Nest& rows, Index begin, Index end, Index n) {
  typename F::Lane lane[columns];
  for (Index c = 0; c < n; c++) totals[c] = F::start;
  for (Index first = begin; first < end; first += block_rows) {
    const Index last = first + block_rows < end ? first + block_rows : end;
    for (Index c = 0; c < n; c++) lane[c] = F::start;
    rows.runs(first, last, [&](Index at, Index count) {
      const Index step = rows.inner_step();
      for (Index r = 0; r < count; r++) {
        const T* row = a + at + r * step;
        for (Index c = 0; c < n; c++) lane[c] = F::step(lane[c], row[c]);
      }
    });
    for (Index c = 0; c < n; c++) totals[c] = F::join(totals[c], lane[c]);
  }
}

/// `outputs` folds of `parts` tasks each, `width` outputs in a task; then the parts of each joined in order and finished.
template <class F, class T, class Task, class Finish>
void in_parts(Index groups, Index parts, Index width, double nanoseconds, const Task& task, const Finish& finish) {
  using Total = typename F::Total;
  Total* totals = scratch<Total>(Scratch::partial, groups * parts * width);
  parallel(groups * parts, nanoseconds, [&](Index begin, Index end) {
    for (Index t = begin; t < end; t++) task(t / parts, t % parts, totals + t * width);
  });
  for (Index g = 0; g < groups; g++) {
    for (Index w = 0; w < width; w++) {
      Total total = totals[g * parts * width + w];
      for (Index p = 1; p < parts; p++) total = F::join(total, totals[(g * parts + p) * width + w]);
      finish(g, w, total);
    }
  }
}

template <class F, class T, class Out, class Finish>
void reduce(Out* out, const T* a, const Loop& loop, const Finish& finish) {
  const Reduction nest(loop);
  const Nest &kept = nest.kept, &folded = nest.folded;
  const Index n = folded.count(), m = kept.count();
  if (m == 0) return;
  if (kept.dims > 0 && folded.dims > 0 && kept.inner_step() == 1 && folded.inner_step() != 1) {
    const Index length = kept.inner_size(), strips = (length + columns - 1) / columns, parts = n <= part_rows ? 1 : (n + part_rows - 1) / part_rows;
    const Index width = length < columns ? length : columns, step = kept.out[kept.dims - 1];
    in_parts<F, T>(m / length * strips, parts, width, 0.3 * width * (n / parts + 1),
      [&](Index group, Index p, typename F::Total* totals) {
        Index at, ignored;
        const Index first = group % strips * columns, count = length - first < columns ? length - first : columns;
        kept.place(group / strips * length, at, ignored);
        fold_columns<F>(totals, a + at + first, folded, p * part_rows, parts == 1 || n - p * part_rows < part_rows ? n : (p + 1) * part_rows, count);
      },
      [&](Index group, Index w, typename F::Total total) {
        Index ignored, at;
        const Index column = group % strips * columns + w;
        if (column >= length) return;
        kept.place(group / strips * length, ignored, at);
        out[at + column * step] = finish(total);
      });
    return;
  }
  const Index parts = n <= part ? 1 : (n + part - 1) / part;
  in_parts<F, T>(m, parts, 1, 0.3 * (n / parts) + 5,
    [&](Index group, Index p, typename F::Total* total) {
      Index at, ignored;
      kept.place(group, at, ignored);
      *total = F::start;
      folded.runs(p * part, parts == 1 || n - p * part < part ? n : (p + 1) * part, [&](Index offset, Index count) {
        *total = F::join(*total, fold_run<F>(a + at + offset, count, folded.inner_step()));
      });
    },
    [&](Index group, Index, typename F::Total total) {
      Index ignored, at;
      kept.place(group, ignored, at);
      out[at] = finish(total);
    });
}

}  // namespace

template <class T>
void sum(T* out, T* a, double scale, const Loop& loop) {
  if constexpr (__is_same(T, int64_t)) reduce<Sum<T>, T>(out, a, loop, [](int64_t total) { return total; });
  else reduce<Sum<T>, T>(out, a, loop, [scale](double total) { return static_cast<T>(total * scale); });
}
template <class T>
void prod(T* out, T* a, const Loop& loop) {
  reduce<Product<T>, T>(out, a, loop, [](T total) { return total; });
}
template <class T>
void amax(T* out, T* a, const Loop& loop) {
  reduce<Largest<T>, T>(out, a, loop, [](T total) { return total; });
}
template <class T>
void amin(T* out, T* a, const Loop& loop) {
  reduce<Smallest<T>, T>(out, a, loop, [](T total) { return total; });
}
template <class T>
void any(T* out, T* a, const Loop& loop) {
  reduce<Any, T>(out, a, loop, [](uint8_t total) { return total != 0; });
}
template <class T>
void all(T* out, T* a, const Loop& loop) {
  reduce<All, T>(out, a, loop, [](uint8_t total) { return total != 0; });
}

// Two passes in double: the mean, then the squares around it, so that numbers near 1e4 lose nothing.
template <class T>
void variance(T* out, T* mean, T* a, double correction, const Loop& loop) {
  const Reduction nest(loop, 2);
  const Index n = nest.folded.count(), m = nest.kept.count(), step = nest.folded.inner_step();
  const double freedom = n - correction > 0 ? n - correction : 0;
  parallel(m, 2.0 * n, [&](Index begin, Index end) {
    for (Index g = begin; g < end; g++) {
      Index at, to;
      nest.kept.place(g, at, to);
      double total = 0, squares = 0;
      nest.folded.runs(0, n, [&](Index offset, Index count) { total += fold_run<Sum<T>>(a + at + offset, count, step); });
      const double centre = total / n;
      nest.folded.runs(0, n, [&](Index offset, Index count) {
        const T* run = a + at + offset;
        double lane[8] = {};
        for (Index i = 0; i < count; i++) {
          const double d = run[i * step] - centre;
          lane[i % 8] += d * d;
        }
        for (int j = 0; j < 8; j++) squares += lane[j];
      });
      out[to] = static_cast<T>(squares / freedom);
      if (mean != nullptr) mean[to] = static_cast<T>(centre);
    }
  });
}

EXPORT_sum
EXPORT_prod
EXPORT_amax
EXPORT_amin
EXPORT_any
EXPORT_all
EXPORT_variance

}  // namespace flambeau::TARGET
