// Scaled dot-product attention in blocks, forward and backward: no L x S matrix is kept.
//
//   out (L,EV) = softmax(scale q (L,E) k (S,E)^T + mask) v (S,EV), for each head of each example
//
// Queries are taken in blocks of a few register tiles, keys in blocks of 128: a block of scores (28 to 56 KB) stays in the first or second
// cache between the two products that make and use it. Of a row only its peak and its sum are kept; when a later block of keys raises the
// peak, what was added up before is scaled down. Backward computes the scores again from lse = peak + log sum, and needs beside them
// only D = sum(out grad) of each row. All products run on the micro-kernel of gemm/, keys and values packed once a head.
// A task is a head of keys with all its heads of queries, so that its gradients have one owner and the bits do not depend on the threads;
// forward, few heads are cut into runs of queries as well.
// Milakov & Gimelshein, 2018 (the running softmax); Rabe & Staats, 2021; Dao et al., 2022 (the blocks, and recomputing them).
#include "exp.h"
#include "gemm/pack.h"
#include "kernel.h"

namespace flambeau::TARGET {
namespace {

constexpr Index key_block = 128;
constexpr Index tiles_a_block = 4;
constexpr Index query_block = tiles_a_block * TALL_TILE.rows;
template <class T>
constexpr Index NR = TALL_TILE.vectors * WIDTH<T>;

/// Rows of numbers, `row` apart.
template <class T>
struct Rows {
  T* at;
  Index row;
  T* operator[](Index i) const { return at + i * row; }
};

/// A tensor (N, H, L, E) by its address and steps.
template <class T>
struct Heads {
  T* at;
  Index example, row, head;
  explicit Heads(const double* line)
      : at(place_of<T>(line[0])),
        example(static_cast<Index>(line[1])),
        row(static_cast<Index>(line[2])),
        head(static_cast<Index>(line[3])) {}
  Rows<T> of(Index i, Index h) const { return {at + i * example + h * head, row}; }
};

/// The right-hand side of a product: panels of NR columns, in each rows `row` apart.
template <class T>
struct Panels {
  const T* at;
  Index row, panel;
};

/// c (m,n) = op(a) (m,k) b (k,n), or added to c. Transposed, a is stored (k,m).
template <class T>
void product(const T* a, Index a_row, bool transposed, const Panels<T>& b, Index m, Index n, Index k, Rows<T> c, bool add) {
  const EvenSplit rows(m, TALL_TILE.rows);
  const RowsAt at = transposed ? RowsAt::adjacent : RowsAt::spaced;
  const Stretch all = {0, 0, k};
  TileCall<T> call = {};
  call.stretches = &all;
  call.count = 1;
  call.a_step = call.row_step = a_row;
  call.ldb = b.row;
  call.ldc = c.row;
  call.add = add;
  for (Index j = 0; j < n; j += NR<T>) {
    call.columns = static_cast<int>(least(NR<T>, n - j));
    call.b = b.at + j / NR<T> * b.panel;
    const int vectors = static_cast<int>(ceil_div(call.columns, WIDTH<T>));
    const TileKernel<T> low = tile_kernel<T>(at, rows.base, vectors);
    const TileKernel<T> tall = rows.taller ? tile_kernel<T>(at, rows.base + 1, vectors) : low;
    for (Index tile = 0; tile < rows.count; tile++) {
      const Index i = rows.begin(tile);
      call.a = transposed ? a + i : a + i * a_row;
      call.c = c[i] + j;
      (tile < rows.taller ? tall : low)(call);
    }
  }
}

/// The columns of x (n,e)^T in panels, written to `to`.
template <class T>
Panels<T> packed_transpose(const Rows<T>& x, Index n, Index e, T* to) {
  for (Index j = 0; j < n; j += NR<T>) pack_b(true, x[j], x.row, e, least(NR<T>, n - j), NR<T>, to + j * e);
  return {to, NR<T>, NR<T> * e};
}
template <class T>
Index transpose_size(Index n, Index e) { return ceil_div(n, NR<T>) * NR<T> * e; }

/// x (n,e) as it lies where its rows fill vectors, else a copy whose rows do.
template <class T>
Index padded(Index e) { return ceil_div(e, WIDTH<T>) * WIDTH<T>; }
template <class T>
Rows<T> whole_vectors(const Rows<T>& x, Index n, Index e, T* to) {
  if (e % WIDTH<T> == 0) return x;
  copy_rows<T>(x.at, x.row, e, padded<T>(e), n, to, padded<T>(e));
  return {to, padded<T>(e)};
}
template <class T>
Panels<T> panels_of(const Rows<T>& x, Index first) { return {x[first], x.row, NR<T>}; }

template <class T>
constexpr T lowest = -static_cast<T>(__builtin_inf());

/// What does not change from head to head.
template <class T>
struct Problem {
  Index n, h, kv_h, l, s, e, ev;
  const T* mask;
  Index mask_example, mask_head, mask_row;
  const bool* keep;
  bool causal;
  T scale, keep_scale;

  const T* mask_at(Index i, Index head, Index row) const {
    return mask ? mask + i * mask_example + head * mask_head + row * mask_row : nullptr;
  }
  const bool* keep_at(Index i, Index head, Index row) const {
    return keep ? keep + ((i * h + head) * l + row) * s : nullptr;
  }
  /// Of `width` keys from `first` on, how many query `row` sees.
  Index seen(Index row, Index first, Index width) const {
    return causal ? most(0, least(width, row + 1 - first)) : width;
  }
  double head_nanoseconds(double products) const {
    return static_cast<double>(l) * s * (products * (e + ev) / FLOPS_PER_NS<T> + 1.5) * (causal ? 0.6 : 1);
  }
};

/// Scores become scale x + mask; answers their largest.
template <class T>
T shift_scores(T* x, const T* mask, T scale, Index n) {
  const Lanes<T> none = splat<Lanes<T>>(lowest<T>);
  Lanes<T> peak = none;
  each_lanes<T>(n, [&](Index j, auto at) {
    Lanes<T> t = at.load(x + j) * scale;
    if (mask) t += at.load(mask + j);
    at.store(x + j, t);
    peak = larger(at.keep(t, none), peak);
  });
  return largest_of(peak);
}

template <class T>
void drop(T* p, const bool* keep, T scale, Index n) {
  for (Index j = 0; j < n; j++) p[j] = keep[j] ? p[j] * scale : 0;
}

/// The running softmax of the rows of a block: the scores become exponentials, and `shrink` what the sums before are multiplied by.
template <class T>
struct Running {
  alignas(64) T peak[query_block], sum[query_block], shrink[query_block];

  void add(Index r, T* x, const T* mask, T scale, Index n) {
    const T largest = shift_scores(x, mask, scale, n), higher = largest > peak[r] ? largest : peak[r];
    const T shift = higher == lowest<T> ? 0 : higher;  // nothing is seen yet: every exponential is 0, and a NaN stays one
    const T own = sum_lanes_of<T>(n, [=](Index j, auto at) {
      const Lanes<T> y = exp_of(at.load(x + j) - shift);
      at.store(x + j, y);
      return at.keep(y);
    });
    shrink[r] = exp_of(splat<Lanes<T>>(peak[r] - shift))[0];
    sum[r] = sum[r] * shrink[r] + own;
    peak[r] = higher;
  }
  /// A row that sees no key at all gives zeros.
  bool blind(Index r) const { return peak[r] == lowest<T> && sum[r] == sum[r]; }
};

/// Queries first..last of one head.
template <class T>
void forward_rows(const Problem<T>& p, Index i, Index head, Index first, Index last, const Rows<T>& q, const Panels<T>& keys,
                  const Rows<T>& values, const Rows<T>& out, T* lse) {
  T* scores = scratch<T>(Scratch::rows, query_block * key_block);
  Running<T> rows;
  for (Index r0 = first; r0 < last; r0 += query_block) {
    const Index m = least(query_block, last - r0), limit = p.causal ? least(p.s, r0 + m) : p.s;
    for (Index r = 0; r < m; r++) rows.peak[r] = lowest<T>, rows.sum[r] = 0;
    for (Index c0 = 0; c0 < limit; c0 += key_block) {
      const Index w = least(key_block, limit - c0);
      const Panels<T> block = {keys.at + c0 / NR<T> * keys.panel, keys.row, keys.panel};
      product<T>(q[r0], q.row, false, block, m, w, p.e, {scores, key_block}, false);
      for (Index r = 0; r < m; r++) {
        T* x = scores + r * key_block;
        const Index seen = p.seen(r0 + r, c0, w);
        const T* mask = p.mask_at(i, head, r0 + r);
        rows.add(r, x, mask ? mask + c0 : nullptr, p.scale, seen);
        if (p.keep) drop(x, p.keep_at(i, head, r0 + r) + c0, p.keep_scale, seen);
        for (Index j = seen; j < w; j++) x[j] = 0;
        T* to = out[r0 + r];
        const T shrink = rows.shrink[r];
        if (c0 > 0 && shrink != 1) each_lanes<T>(p.ev, [=](Index j, auto at) { at.store(to + j, at.load(to + j) * shrink); });
      }
      product<T>(scores, key_block, false, panels_of(values, c0), m, p.ev, w, {out[r0], out.row}, c0 > 0);
    }
    each_lanes<T>(m, [&](Index r, auto at) { at.store(rows.shrink + r, log_of(at.load(rows.sum + r))); });
    for (Index r = 0; r < m; r++) {
      T* to = out[r0 + r];
      lse[r0 + r] = rows.blind(r) ? -lowest<T> : rows.peak[r] + rows.shrink[r];
      const T share = rows.blind(r) ? 0 : 1 / rows.sum[r];
      each_lanes<T>(p.ev, [=](Index j, auto at) { at.store(to + j, limit > 0 ? at.load(to + j) * share : Lanes<T>{}); });
    }
  }
}

/// The gradients of one head of keys, from all its heads of queries.
template <class T>
class Backward {
 public:
  Backward(const Problem<T>& p, const double* table, const T* lse)
      : p_(p), q_(table), k_(table + 4), v_(table + 8), out_(table + 12), grad_(table + 16), dq_(table + 20), dk_(table + 24),
        dv_(table + 28), lse_(lse) {}

  void run(Index i, Index kv) const {
    const Index group = p_.h / p_.kv_h, l = p_.l, s = p_.s, e = p_.e, ev = p_.ev;
    T* sums = scratch<T>(Scratch::partial, group * l);
    T* copies = scratch<T>(Scratch::columns, l * (padded<T>(e) + padded<T>(ev)));
    const Panels<T> keys = packed_transpose(k_.of(i, kv), s, e, scratch<T>(Scratch::pack_a, transpose_size<T>(s, e)));
    const Panels<T> values = packed_transpose(v_.of(i, kv), s, ev, scratch<T>(Scratch::pack_b, transpose_size<T>(s, ev)));
    const Rows<T> key_rows = whole_vectors(k_.of(i, kv), s, e, scratch<T>(Scratch::pack_weight, s * padded<T>(e)));
    for (Index head = kv * group; head < (kv + 1) * group; head++) {
      const Rows<T> q = whole_vectors(q_.of(i, head), l, e, copies);
      const Rows<T> grad = whole_vectors(grad_.of(i, head), l, ev, copies + l * padded<T>(e));
      T* own = sums + (head - kv * group) * l;
      dot_rows(own, out_.of(i, head), grad);
      head_gradient(i, kv, head, head == kv * group, q, grad, own, keys, values, key_rows);
    }
  }

 private:
  /// D: what the softmax takes off each row of the scores' gradient.
  void dot_rows(T* sums, const Rows<T>& out, const Rows<T>& grad) const {
    for (Index r = 0; r < p_.l; r++) {
      const T *a = out[r], *b = grad[r];
      sums[r] = sum_lanes_of<T>(p_.ev, [=](Index j, auto at) { return at.load(a + j) * at.load(b + j); });
    }
  }

  void head_gradient(Index i, Index kv, Index head, bool first, const Rows<T>& q, const Rows<T>& grad, const T* sums,
                     const Panels<T>& keys, const Panels<T>& values, const Rows<T>& key_rows) const {
    T* scores = scratch<T>(Scratch::rows, 2 * query_block * key_block);
    T* slopes = scores + query_block * key_block;
    const Rows<T> dq = dq_.of(i, head), dk = dk_.of(i, kv), dv = dv_.of(i, kv);
    if (p_.s == 0) clear(dq, p_.l, p_.e);
    for (Index c0 = 0; c0 < p_.s; c0 += key_block) {
      const Index w = least(key_block, p_.s - c0);
      const Index from = p_.causal ? c0 / query_block * query_block : 0;  // queries before see none of these keys
      const Panels<T> some_keys = {keys.at + c0 / NR<T> * keys.panel, keys.row, keys.panel};
      const Panels<T> some_values = {values.at + c0 / NR<T> * values.panel, values.row, values.panel};
      for (Index r0 = from; r0 < p_.l; r0 += query_block) {
        const Index m = least(query_block, p_.l - r0);
        const bool add = !first || r0 > from;
        product<T>(q[r0], q.row, false, some_keys, m, w, p_.e, {scores, key_block}, false);
        product<T>(grad[r0], grad.row, false, some_values, m, w, p_.ev, {slopes, key_block}, false);
        for (Index r = 0; r < m; r++) row_gradient(i, head, r0 + r, c0, w, scores + r * key_block, slopes + r * key_block, sums[r0 + r]);
        product<T>(scores, key_block, true, panels_of(grad, r0), w, p_.ev, m, {dv[c0], dv.row}, add);
        product<T>(slopes, key_block, true, panels_of(q, r0), w, p_.e, m, {dk[c0], dk.row}, add);
        product<T>(slopes, key_block, false, panels_of(key_rows, c0), m, p_.e, w, {dq[r0], dq.row}, c0 > 0);
      }
      if (from < p_.l || !first) continue;
      clear({dk[c0], dk.row}, w, p_.e);
      clear({dv[c0], dv.row}, w, p_.ev);
    }
  }

  /// From scores and the gradients of the probabilities: the probabilities (after dropout) and the gradients of the scores.
  void row_gradient(Index i, Index head, Index row, Index c0, Index w, T* x, T* slope, T sum) const {
    const Index seen = p_.seen(row, c0, w);
    const T* mask = p_.mask_at(i, head, row);
    const bool* keep = p_.keep_at(i, head, row);
    if (mask) mask += c0;
    if (keep) drop(slope, keep + c0, p_.keep_scale, seen);
    const T lse = lse_[(i * p_.h + head) * p_.l + row], scale = p_.scale;
    each_lanes<T>(seen, [=](Index j, auto at) {
      Lanes<T> t = at.load(x + j) * scale;
      if (mask) t += at.load(mask + j);
      const Lanes<T> y = exp_of(t - lse);
      at.store(x + j, y);
      at.store(slope + j, y * (at.load(slope + j) - sum) * scale);
    });
    if (keep) drop(x, keep + c0, p_.keep_scale, seen);
    for (Index j = seen; j < w; j++) x[j] = slope[j] = 0;
  }

  static void clear(const Rows<T>& x, Index n, Index e) {
    for (Index r = 0; r < n; r++) __builtin_memset(x[r], 0, static_cast<size_t>(e) * sizeof(T));
  }

  const Problem<T>& p_;
  Heads<T> q_, k_, v_, out_, grad_, dq_, dk_, dv_;
  const T* lse_;
};

/// Runs of queries that one head is cut into: few heads alone would leave threads without work.
constexpr Index enough_heads = 16, least_run = 4 * query_block;

}  // namespace

template <class T>
void attention(T* lse, T* mask, bool* keep, Index n, Index h, Index kv_h, Index l, Index s, Index e, Index ev, Index mask_n,
               Index mask_h, Index mask_l, Index causal, double scale, double keep_scale, const double* table) {
  const Problem<T> p = {n, h, kv_h, l, s, e, ev, mask, mask_n, mask_h, mask_l, keep, causal != 0, static_cast<T>(scale), static_cast<T>(keep_scale)};
  const Heads<T> q(table), k(table + 4), v(table + 8), out(table + 12);
  const Index runs = n * kv_h >= enough_heads ? 1 : most(1, ceil_div(l, least_run)), group = kv_h ? h / kv_h : 0;
  parallel(n * kv_h * runs, p.head_nanoseconds(2) * group / runs, [=, &p](Index begin, Index end) {
    for (Index task = begin; task < end; task++) {
      const Index run = task % runs, kv = task / runs % kv_h, i = task / runs / kv_h;
      const Panels<T> keys = packed_transpose(k.of(i, kv), s, e, scratch<T>(Scratch::pack_a, transpose_size<T>(s, e)));
      const Rows<T> values = whole_vectors(v.of(i, kv), s, ev, scratch<T>(Scratch::pack_b, s * padded<T>(ev)));
      const Index first = l * run / runs, last = l * (run + 1) / runs;
      for (Index head = kv * group; head < (kv + 1) * group; head++) {
        forward_rows(p, i, head, first, last, q.of(i, head), keys, values, out.of(i, head), lse + (i * h + head) * l);
      }
    }
  });
}

template <class T>
void attention_backward(T* lse, T* mask, bool* keep, Index n, Index h, Index kv_h, Index l, Index s, Index e, Index ev,
                        Index mask_n, Index mask_h, Index mask_l, Index causal, double scale, double keep_scale, const double* table) {
  const Problem<T> p = {n, h, kv_h, l, s, e, ev, mask, mask_n, mask_h, mask_l, keep, causal != 0, static_cast<T>(scale), static_cast<T>(keep_scale)};
  const Backward<T> backward(p, table, lse);
  parallel(n * kv_h, p.head_nanoseconds(5) * (kv_h ? h / kv_h : 0), [&](Index begin, Index end) {
    for (Index task = begin; task < end; task++) backward.run(task / kv_h, task % kv_h);
  });
}

EXPORT_attention
EXPORT_attention_backward

}  // namespace flambeau::TARGET
