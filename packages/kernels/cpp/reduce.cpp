// Reductions over any set of dimensions: sums, norms, products, extremes, truth.
//
// out (kept) = fold over the rest of a. Two ways, chosen by which half of the nest is dense in a: along rows (the folded elements of one output lie
// together: several vectors of accumulators over one run) or down columns (outputs lie side by side: one accumulator each). Long folds are cut into
// parts of a fixed length, whose totals are combined in order: so the threads share even a single sum, the bits do not depend on
// their number, and float sums, in double from block to block, stay exact far beyond 2^24.
#include "fold.h"
#include "nest.h"
#include "parts.h"

namespace flambeau::TARGET {
namespace {

/// Elements that one task folds.
constexpr Index part = 65536;
/// Columns folded side by side, rows of them in a block, taken up at a time, and in a task.
constexpr Index columns = 256;
constexpr Index block_rows = 64;
constexpr int rows_at_once = 8;
constexpr Index part_rows = 2048;

/// Nanoseconds for an element: of contiguous ones, and of others.
constexpr double ns_dense = 0.05, ns_sparse = 0.5;

/// lane[c] = the fold of lane[c] and R rows in column c.
template <class F, int R, class T>
FLAMBEAU_INLINE void take_rows(typename F::Lane* lane, const T* a, Index step, Index n) {
  Index c = 0;
  for (; c + WIDTH<T> <= n; c += WIDTH<T>) {
    Lanes<T> x = load(lane + c);
    FLAMBEAU_UNROLL for (int r = 0; r < R; r++) x = F::step(x, load(a + r * step + c));
    store(lane + c, x);
  }
  for (; c < n; c++) {
    for (int r = 0; r < R; r++) lane[c] = F::step(lane[c], a[r * step + c]);
  }
}

/// totals[c] = the fold of rows begin..end-1 of the nest in column c; n columns lie side by side.
template <class F, class T>
void fold_columns(typename F::Total* totals, const T* a, const Nest& rows, Index begin, Index end, Index n) {
  typename F::Lane lane[columns];
  const Index step = rows.inner_step();
  for (Index c = 0; c < n; c++) totals[c] = F::start;
  for (Index first = begin; first < end; first += block_rows) {
    for (Index c = 0; c < n; c++) lane[c] = F::start;
    rows.runs(first, at_most(first + block_rows, end), [&](Index at, Index count) {
      Index r = 0;
      for (; r + rows_at_once <= count; r += rows_at_once) take_rows<F, rows_at_once>(lane, a + at + r * step, step, n);
      for (; r < count; r++) take_rows<F, 1>(lane, a + at + r * step, step, n);
    });
    for (Index c = 0; c < n; c++) totals[c] = F::join(totals[c], lane[c]);
  }
}

template <class F>
void join_totals(typename F::Total& to, typename F::Total from) {
  to = F::join(to, from);
}

template <class F, class T, class Out, class Finish>
void reduce_columns(Out* out, const T* a, const Nest& kept, const Nest& folded, const Finish& finish) {
  const Index n = folded.count(), length = kept.inner_size(), strips = (length + columns - 1) / columns;
  const Index parts = n <= part_rows ? 1 : (n + part_rows - 1) / part_rows, width = at_most(length, columns);
  const Index step = kept.inner_out_step();
  in_parts<typename F::Total, columns>(kept.count() / length * strips, parts, width, ns_dense * width * (n / parts + 1) + 20,
    [&](Index group, Index p, typename F::Total* totals) {
      Index at, ignored;
      const Index first = group % strips * columns;
      kept.place(group / strips * length, at, ignored);
      fold_columns<F>(totals, a + at + first, folded, p * part_rows, at_most((p + 1) * part_rows, n), at_most(length - first, columns));
    },
    join_totals<F>,
    [&](Index group, const typename F::Total* totals) {
      Index ignored, at;
      const Index first = group % strips * columns, count = at_most(length - first, columns);
      kept.place(group / strips * length, ignored, at);
      for (Index c = 0; c < count; c++) out[at + (first + c) * step] = finish(totals[c]);
    });
}

template <class F, class T, class Out, class Finish>
void reduce_rows(Out* out, const T* a, const Nest& kept, const Nest& folded, const Finish& finish) {
  const Index n = folded.count(), m = kept.count(), step = folded.inner_step();
  const double nanoseconds = step == 1 ? ns_dense : ns_sparse;
  if (folded.dims <= 1 && n <= fold_block) {
    parallel(m, nanoseconds * n + 3, [&](Index begin, Index end) {
      kept.stretches(begin, end, [&](Index at, Index to, Index count) {
        const Index row = kept.inner_step(), next = kept.inner_out_step();
        if (step == 1) {
          for (Index r = 0; r < count; r++) out[to + r * next] = finish(fold_dense<F>(a + at + r * row, n));
        } else {
          for (Index r = 0; r < count; r++) out[to + r * next] = finish(fold_run<F>(a + at + r * row, n, step));
        }
      });
    });
    return;
  }
  const Index parts = n <= part ? 1 : (n + part - 1) / part;
  in_parts<typename F::Total, columns>(m, parts, 1, nanoseconds * (n / parts) + 20,
    [&](Index group, Index p, typename F::Total* total) {
      Index at, ignored;
      kept.place(group, at, ignored);
      *total = F::start;
      folded.runs(p * part, at_most((p + 1) * part, n), [&](Index offset, Index count) {
        *total = F::join(*total, fold_run<F>(a + at + offset, count, step));
      });
    },
    join_totals<F>,
    [&](Index group, const typename F::Total* total) {
      Index ignored, at;
      kept.place(group, ignored, at);
      out[at] = finish(*total);
    });
}

template <class F, class T, class Out, class Finish>
void reduce(Out* out, const T* a, const Loop& loop, const Finish& finish) {
  const Reduction nest(loop);
  const Nest &kept = nest.kept, &folded = nest.folded;
  if (kept.count() == 0) return;
  if (kept.dims > 0 && folded.dims > 0 && kept.inner_step() == 1 && folded.inner_step() != 1) reduce_columns<F>(out, a, kept, folded, finish);
  else reduce_rows<F>(out, a, kept, folded, finish);
}

}  // namespace

template <class T>
void sum(T* out, T* a, double scale, const Loop& loop) {
  if constexpr (__is_same(T, int64_t)) reduce<Sum<T>>(out, a, loop, [](int64_t total) { return total; });
  else reduce<Sum<T>>(out, a, loop, [scale](double total) { return static_cast<T>(total * scale); });
}
template <class T>
void prod(T* out, T* a, const Loop& loop) {
  reduce<Product<T>>(out, a, loop, [](T total) { return total; });
}
template <class T>
void norm(T* out, T* a, const Loop& loop) {
  reduce<Squares<T>>(out, a, loop, [](double total) { return static_cast<T>(maths::sqrt(total)); });
}
template <class T>
void amax(T* out, T* a, const Loop& loop) {
  reduce<Largest<T>>(out, a, loop, [](T total) { return total; });
}
template <class T>
void amin(T* out, T* a, const Loop& loop) {
  reduce<Smallest<T>>(out, a, loop, [](T total) { return total; });
}
template <class T>
void any(T* out, T* a, const Loop& loop) {
  reduce<Any>(out, reinterpret_cast<const uint8_t*>(a), loop, [](uint8_t total) { return total != 0; });
}
template <class T>
void all(T* out, T* a, const Loop& loop) {
  reduce<All>(out, reinterpret_cast<const uint8_t*>(a), loop, [](uint8_t total) { return total != 0; });
}

EXPORT_sum
EXPORT_prod
EXPORT_norm
EXPORT_amax
EXPORT_amin
EXPORT_any
EXPORT_all

}  // namespace flambeau::TARGET
