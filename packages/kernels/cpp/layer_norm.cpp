// Layer normalisation, forward and backward: x (R, N), statistics of each row.
//
// Statistics (moments.h) stay exact where mean and spread differ by orders of magnitude, and outputs are computed from x - mean, never as
// x scale + shift, which would cancel there. A row stays in the first-level cache between its passes. Sums over rows go through a fixed number of
// parts, so that the bits do not depend on the threads.
// Ba, Kiros & Hinton, 2016.
#include "moments.h"

namespace flambeau::TARGET {
namespace {

/// What one number costs in nanoseconds where memory is the bound.
constexpr double ns_a_number = 0.1;

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

EXPORT_layer_norm
EXPORT_layer_norm_backward

}  // namespace flambeau::TARGET
