// Batch normalisation: x (outer, C, inner), statistics of a channel over outer and inner. Channels-last data has inner = 1: rows of C numbers, vectors
// along the channels. Plain data has runs of `inner` numbers of one channel, vectors along a run.
//
// The statistics are one kernel and the pass that normalises is another, because that pass can wait: what follows it, the addition of a
// residual and a relu, then happens in the same pass over memory. Backward undoes the relu in its own two passes, computing from x where it let
// through, and a maximum over windows behind it (pool2d.cpp), from the winners.
//
// Statistics (moments.h) stay exact where mean and spread differ by orders of magnitude: each block that fits the first-level cache is passed
// over twice, then blocks are joined in double, in order, with bounds by the shape alone: the bits do not depend on the threads.
// Outputs are computed from x - mean, never as x scale + shift, which would cancel there. All of it is bound by memory.
// Measured on one Zen 5 core, 64 x 28 x 28 x 32 floats (6.4 MB): forward 73 GB/s (x read twice, out written), backward 89 GB/s; on two
// cores 122 and 162.
// Ioffe & Szegedy, 2015; joining moments: Chan, Golub & LeVeque, 1979.
#include "channels.h"
#include "moments.h"

namespace flambeau::TARGET {

template <class T>
void batch_norm_statistics(T* mean, T* rstd, T* scale, T* shift, T* x, T* weight, T* bias, T* running_mean, T* running_var,
                           Index outer, Index c, Index inner, Index training, double momentum, double eps) {
  one_channel_as_run(outer, c, inner);
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
}

namespace {

/// out = tail((x - mean) scale + shift, index of the number, its lanes)
template <class T, class Tail>
void normalise(T* out, const T* x, const Normal<T> normal, Index outer, Index c, Index inner, const Tail& tail) {
  each_number<T>(outer, c, inner, [=](Index i, Index k, auto at, auto channel) {
    at.store(out + i, tail(normal(at.load(x + i), k, channel), i, at));
  });
}

}  // namespace

template <class T>
void batch_norm(T* out, T* x, T* mean, T* scale, T* shift, T* residual, Index outer, Index c, Index inner, Index relu) {
  one_channel_as_run(outer, c, inner);
  const Normal<T> normal = {mean, scale, shift};
  if (residual && relu) {
    normalise<T>(out, x, normal, outer, c, inner, [=](Lanes<T> y, Index i, auto at) { return rectified<T>(y + at.load(residual + i)); });
  } else if (residual) {
    normalise<T>(out, x, normal, outer, c, inner, [=](Lanes<T> y, Index i, auto at) { return y + at.load(residual + i); });
  } else if (relu) {
    normalise<T>(out, x, normal, outer, c, inner, [=](Lanes<T> y, Index, auto) { return rectified<T>(y); });
  } else {
    normalise<T>(out, x, normal, outer, c, inner, [=](Lanes<T> y, Index, auto) { return y; });
  }
}

namespace {

/// What the two passes of the gradient have in common.
template <class T>
struct Backward {
  T *dx, *dweight, *dbias;
  const T *x, *weight, *mean, *rstd;
  Index c, training;

  Gradient<T> terms(const Sums* sums, Index count) const {
    return gradient_terms(sums, dweight, dbias, weight, mean, rstd, static_cast<double>(count), c, training);
  }

  /// Runs of one channel. `through(grad, x, k, channel)` is the part of grad that reaches the normalised number.
  template <class Through>
  void runs(const T* grad, Index outer, Index inner, const Through& through) const {
    const Gradient<T> g = terms(channel_sums(grad, x, mean, outer, c, inner, through), outer * inner);
    if (!dx) return;
    each_number<T>(outer, c, inner, [=, *this](Index i, Index k, auto at, auto channel) {
      const Lanes<T> v = at.load(x + i);
      at.store(dx + i, g(through(at.load(grad + i), v, k, channel), v, k, channel));
    });
  }

  /// Rows of C numbers, whose gradient `slopes` gives.
  template <class Slopes, class Through>
  void rows(const Slopes& slopes, Index count, const Through& through) const {
    const Gradient<T> g = terms(row_sums(slopes, x, mean, count, c, through), count);
    if (!dx) return;
    parallel(count, 0.4 * c, [=, *this](Index begin, Index end) {
      for (Index first = begin; first < end; first += most_rows) {
        const Index own = end - first < most_rows ? end - first : most_rows;
        const auto slope = slopes.rows(first, own, c);
        for (Index r = 0; r < own; r++) {
          each_lanes<T>(c, [&](Index k, auto at) {
            const Index i = (first + r) * c + k;
            const Lanes<T> v = at.load(x + i);
            at.store(dx + i, g(through(slope(r, k, at), v, k, at), v, k, at));
          });
        }
      }
    });
  }

  template <class Through>
  void any(const T* grad, Index outer, Index inner, const Through& through) const {
    if (inner == 1) rows(Beside<T>{grad}, outer, through);
    else runs(grad, outer, inner, through);
  }
};

}  // namespace

template <class T>
void batch_norm_backward(T* dx, T* dweight, T* dbias, T* grad, T* x, T* weight, T* mean, T* rstd, T* scale, T* shift, Index outer,
                         Index c, Index inner, Index training) {
  one_channel_as_run(outer, c, inner);
  const Backward<T> backward = {dx, dweight, dbias, x, weight, mean, rstd, c, training};
  if (scale) backward.any(grad, outer, inner, ThroughRelu<T>{{mean, scale, shift}});
  else backward.any(grad, outer, inner, Unchanged<T>{});
}

template <class T>
void batch_norm_relu_max_pool2d_backward(T* dx, T* dweight, T* dbias, T* grad, int32_t* winners, T* x, T* weight, T* mean, T* rstd, T* scale,
                                         T* shift, Index n, Index h, Index w, Index c, Index oh, Index ow, Index stride_h, Index stride_w,
                                         Index pad_h, Index pad_w, Index training) {
  const BehindMaximum<T> slopes = {grad, winners, h, w, oh, ow, stride_h, stride_w, pad_h, pad_w};
  const Backward<T> backward = {dx, dweight, dbias, x, weight, mean, rstd, c, training};
  backward.rows(slopes, n * h * w, ThroughRelu<T>{{mean, scale, shift}});
}

EXPORT_batch_norm_statistics
EXPORT_batch_norm
EXPORT_batch_norm_backward
EXPORT_batch_norm_relu_max_pool2d_backward

}  // namespace flambeau::TARGET
