// Batch and layer normalisation, forward and backward.
//
// batch_norm: x (outer, C, inner), statistics of a channel over outer and inner. Channels-last data has inner = 1: rows of C numbers, vectors
// along the channels. Plain data has runs of `inner` numbers of one channel, vectors along a run. layer_norm: x (R, N), statistics of each row.
//
// Statistics (moments.h) stay exact where mean and spread differ by orders of magnitude: each block that fits the first-level cache is passed
// over twice, then blocks are joined in double, in order, with bounds by the shape alone: the bits do not depend on the threads.
// Outputs are computed from x - mean, never as x scale + shift, which would cancel there. All of it is bound by memory: x is read twice.
// Measured on one Zen 5 core, 64 x 28 x 28 x 32 floats (6.4 MB): forward 73 GB/s (x read twice, out written), backward 89 GB/s; on two
// cores 122 and 162.
// Ioffe & Szegedy, 2015; Ba, Kiros & Hinton, 2016; joining moments: Chan, Golub & LeVeque, 1979.
#include "moments.h"

namespace flambeau::TARGET {
namespace {

/// What one number costs in nanoseconds where memory is the bound.
constexpr double ns_a_number = 0.1;

/// Channels-last data of one channel is one run.
void one_channel_as_run(Index& outer, Index c, Index& inner) {
  if (c != 1) return;
  inner *= outer;
  outer = 1;
}

/// body(channel or 0, first index, how many): rows of C numbers, or the runs of a channel.
template <class Body>
void each_run(Index outer, Index c, Index inner, const Body& body) {
  const Index runs = inner == 1 ? outer : outer * c, length = inner == 1 ? c : inner;
  parallel(runs, 4 * ns_a_number * length, [&](Index begin, Index end) {
    for (Index r = begin; r < end; r++) body(r % c, r * length, length);
  });
}

/// out = (x - mean) scale + shift, the three by channel.
template <class T>
void normalise(T* out, const T* x, const T* mean, const T* scale, const T* shift, Index outer, Index c, Index inner) {
  if (inner == 1) {
    each_run(outer, c, inner, [=](Index, Index first, Index n) {
      each_lanes<T>(n, [=](Index i, auto at) {
        at.store(out + first + i, fmadd(at.load(x + first + i) - at.load(mean + i), at.load(scale + i), at.load(shift + i)));
      });
    });
    return;
  }
  each_run(outer, c, inner, [=](Index k, Index first, Index n) {
    const Lanes<T> m = splat<Lanes<T>>(mean[k]), a = splat<Lanes<T>>(scale[k]), b = splat<Lanes<T>>(shift[k]);
    each_lanes<T>(n, [=](Index i, auto at) { at.store(out + first + i, fmadd(at.load(x + first + i) - m, a, b)); });
  });
}

/// dx = scale (grad - offset - (x - mean) slope), all four by channel.
template <class T>
struct Gradient {
  const T *mean, *scale, *offset, *slope;
};
template <class T>
void distribute(T* dx, const T* grad, const T* x, const Gradient<T> g, Index outer, Index c, Index inner) {
  if (inner == 1) {
    each_run(outer, c, inner, [=](Index, Index first, Index n) {
      each_lanes<T>(n, [=](Index i, auto at) {
        const Lanes<T> d = at.load(x + first + i) - at.load(g.mean + i);
        at.store(dx + first + i, at.load(g.scale + i) * (at.load(grad + first + i) - at.load(g.offset + i) - d * at.load(g.slope + i)));
      });
    });
    return;
  }
  each_run(outer, c, inner, [=](Index k, Index first, Index n) {
    const Lanes<T> m = splat<Lanes<T>>(g.mean[k]), a = splat<Lanes<T>>(g.scale[k]);
    const Lanes<T> o = splat<Lanes<T>>(g.offset[k]), s = splat<Lanes<T>>(g.slope[k]);
    each_lanes<T>(n, [=](Index i, auto at) {
      at.store(dx + first + i, a * (at.load(grad + first + i) - o - (at.load(x + first + i) - m) * s));
    });
  });
}

}  // namespace

template <class T>
void batch_norm(T* out, T* mean, T* rstd, T* x, T* weight, T* bias, T* running_mean, T* running_var, Index outer, Index c,
                Index inner, Index training, double momentum, double eps) {
  one_channel_as_run(outer, c, inner);
  T* scale = scratch<T>(Scratch::columns, 2 * c);
  T* shift = scale + c;
  const double count = static_cast<double>(outer) * inner;
  const Moments* moments = training ? channel_moments(x, outer, c, inner) : nullptr;
  for (Index k = 0; k < c; k++) {
    const double m = training ? moments[k].mean : running_mean[k];
    const double variance = training ? moments[k].squares / count : running_var[k];
    if (training && running_mean) running_mean[k] = static_cast<T>((1 - momentum) * running_mean[k] + momentum * m);
    if (training && running_var) {
      running_var[k] = static_cast<T>((1 - momentum) * running_var[k] + momentum * (moments[k].squares / (count - 1)));
    }
    mean[k] = static_cast<T>(m);
    rstd[k] = static_cast<T>(1 / __builtin_sqrt(variance + eps));
    scale[k] = weight ? weight[k] * rstd[k] : rstd[k];
    // What rounding the mean to T lost counts where the spread is small beside it.
    shift[k] = static_cast<T>((bias ? bias[k] : 0) - (m - mean[k]) * scale[k]);
  }
  normalise<T>(out, x, mean, scale, shift, outer, c, inner);
}

template <class T>
void batch_norm_backward(T* dx, T* dweight, T* dbias, T* grad, T* x, T* weight, T* mean, T* rstd, Index outer, Index c,
                         Index inner, Index training) {
  one_channel_as_run(outer, c, inner);
  const double count = static_cast<double>(outer) * inner;
  const Sums* sums = channel_sums(grad, x, mean, outer, c, inner);
  T* terms = scratch<T>(Scratch::columns, 3 * c);
  T *scale = terms, *offset = terms + c, *slope = terms + 2 * c;
  for (Index k = 0; k < c; k++) {
    const double r = rstd[k];
    if (dbias) dbias[k] = static_cast<T>(sums[k].grad);
    if (dweight) dweight[k] = static_cast<T>(sums[k].product * r);
    scale[k] = static_cast<T>(weight ? weight[k] * r : r);
    offset[k] = training ? static_cast<T>(sums[k].grad / count) : 0;
    slope[k] = training ? static_cast<T>(sums[k].product * r * r / count) : 0;
  }
  if (dx) distribute<T>(dx, grad, x, {mean, scale, offset, slope}, outer, c, inner);
}

namespace {

template <class T>
void layer_norm_row(T* out, T* mean, T* rstd, const T* x, const T* weight, const T* bias, Index n, double eps) {
  const Moments m = run_moments(x, n);
  *mean = static_cast<T>(m.mean);
  *rstd = static_cast<T>(1 / __builtin_sqrt(m.squares / n + eps));
  const Lanes<T> centre = splat<Lanes<T>>(*mean), scale = splat<Lanes<T>>(*rstd);
  const Lanes<T> rest = splat<Lanes<T>>(static_cast<T>(m.mean - *mean));  // what rounding the mean lost
  each_lanes<T>(n, [=](Index i, auto at) {
    Lanes<T> y = (at.load(x + i) - centre - rest) * scale;
    if (weight) y *= at.load(weight + i);
    if (bias) y += at.load(bias + i);
    at.store(out + i, y);
  });
}

/// dx of a row; adds grad x^ and grad to the sums of the columns where they are wanted.
template <class T>
void layer_norm_row_backward(T* dx, T* dweight, T* dbias, const T* grad, const T* x, const T* weight, T mean, T rstd, Index n) {
  const Lanes<T> centre = splat<Lanes<T>>(mean), scale = splat<Lanes<T>>(rstd);
  Lanes<T> sums[2] = {}, products[2] = {};  // two in flight, for one would wait for itself
  const auto step = [&](Index i, auto at, int u) {
    const Lanes<T> g = at.load(grad + i), y = (at.load(x + i) - centre) * scale;
    if (dweight) at.store(dweight + i, at.load(dweight + i) + g * y);
    if (dbias) at.store(dbias + i, at.load(dbias + i) + g);
    const Lanes<T> w = weight ? g * at.load(weight + i) : g;
    sums[u] += w;
    products[u] += w * y;
  };
  constexpr Index W = WIDTH<T>;
  Index first = 0;
  for (; first + 2 * W <= n; first += 2 * W) {
    step(first, Whole{}, 0);
    step(first + W, Whole{}, 1);
  }
  each_lanes<T>(n - first, [&](Index i, auto at) { step(first + i, at, 0); });
  if (!dx) return;
  const Lanes<T> offset = splat<Lanes<T>>(sum_of(sums[0] + sums[1]) / n);
  const Lanes<T> slope = splat<Lanes<T>>(sum_of(products[0] + products[1]) / n);
  each_lanes<T>(n, [=](Index i, auto at) {
    const Lanes<T> g = at.load(grad + i), y = (at.load(x + i) - centre) * scale;
    at.store(dx + i, scale * ((weight ? g * at.load(weight + i) : g) - offset - y * slope));
  });
}

/// Rows are cut into at most so many parts, each with sums of its own of the columns.
constexpr Index row_parts = 32;
/// Rows whose sums stay in T before they go over into double.
constexpr Index row_block = 64;

}  // namespace

template <class T>
void layer_norm(T* out, T* mean, T* rstd, T* x, T* weight, T* bias, Index rows, Index n, double eps) {
  parallel(rows, 4 * ns_a_number * n + 10, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) layer_norm_row<T>(out + r * n, mean + r, rstd + r, x + r * n, weight, bias, n, eps);
  });
}

template <class T>
void layer_norm_backward(T* dx, T* dweight, T* dbias, T* grad, T* x, T* weight, T* mean, T* rstd, Index rows, Index n) {
  const bool sums = dweight || dbias;
  const Index parts = ceil_div(rows, row_block) < row_parts ? ceil_div(rows, row_block) : row_parts;
  double* totals = scratch<double>(Scratch::partial, parts * 2 * n);
  parallel(parts, 6 * ns_a_number * n * rows / (parts ? parts : 1), [=](Index begin, Index end) {
    T* some = scratch<T>(Scratch::rows, 2 * n);
    for (Index part = begin; part < end; part++) {
      double* own = totals + part * 2 * n;
      for (Index i = 0; sums && i < 2 * n; i++) own[i] = 0;
      const Index last = rows * (part + 1) / parts;
      for (Index r0 = rows * part / parts; r0 < last; r0 += row_block) {
        for (Index i = 0; sums && i < 2 * n; i++) some[i] = 0;
        const Index r1 = r0 + row_block < last ? r0 + row_block : last;
        for (Index r = r0; r < r1; r++) {
          layer_norm_row_backward<T>(dx ? dx + r * n : nullptr, dweight ? some : nullptr, dbias ? some + n : nullptr, grad + r * n,
                                     x + r * n, weight, mean[r], rstd[r], n);
        }
        for (Index i = 0; sums && i < 2 * n; i++) own[i] += some[i];
      }
    }
  });
  for (Index i = 0; sums && i < n; i++) {
    double w = 0, b = 0;
    for (Index part = 0; part < parts; part++) w += totals[part * 2 * n + i], b += totals[part * 2 * n + n + i];
    if (dweight) dweight[i] = static_cast<T>(w);
    if (dbias) dbias[i] = static_cast<T>(b);
  }
}

EXPORT_batch_norm
EXPORT_batch_norm_backward
EXPORT_layer_norm
EXPORT_layer_norm_backward

}  // namespace flambeau::TARGET
