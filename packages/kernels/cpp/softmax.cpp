// Softmax, its logarithm and the negative log-likelihood.
//
// a, out (outer, N, inner), contiguous; every (outer, inner) is one distribution over N. Where inner is 1 a distribution is a row, read as vectors along
// it; otherwise neighbouring distributions stand side by side, one a lane, and are walked together. All are shifted by their largest
// element, so that exp cannot overflow. A row that is -inf throughout gives NaN, as in PyTorch. The reciprocals or logarithms of the sums
// of several rows are taken together, which is most of the time where rows are short (64 x 10).
// nll_loss: the negative score of each target, weighted by its class; sums of fixed blocks, joined in order.
#include "exp.h"
#include "kernel.h"
#include "vec.h"

namespace flambeau::TARGET {
namespace {

template <class T>
constexpr T lowest = -static_cast<T>(__builtin_inf());

constexpr Index rows_together = 16;

/// The largest of a row; what a NaN does here does not matter, for the sum of exponentials is NaN then.
template <class T>
T peak_of(const T* x, Index n) {
  const Lanes<T> none = splat<Lanes<T>>(lowest<T>);
  Lanes<T> peak = none;
  each_lanes<T>(n, [&](Index i, auto at) { peak = larger(at.keep(at.load(x + i), none), peak); });
  return largest_of(peak);
}

template <bool Log, class T>
void softmax_rows(T* out, const T* x, Index rows, Index n) {
  alignas(64) T peak[rows_together], sum[rows_together];
  for (Index r = 0; r < rows; r++) {
    const T *from = x + r * n, shift = peak[r] = peak_of(from, n);
    T* to = out + r * n;
    sum[r] = sum_lanes_of<T>(n, [=](Index i, auto at) {
      const Lanes<T> e = exp_of(at.load(from + i) - shift);
      if (!Log) at.store(to + i, e);
      return at.keep(e);
    });
  }
  each_lanes<T>(rows, [&](Index r, auto at) { at.store(sum + r, Log ? log_of(at.load(sum + r)) : T(1) / at.load(sum + r)); });
  for (Index r = 0; r < rows; r++) {
    const T *from = x + r * n, shift = peak[r], own = sum[r];
    T* to = out + r * n;
    each_lanes<T>(n, [=](Index i, auto at) {
      // In this order: shift + own would round away small differences between large scores.
      at.store(to + i, Log ? (at.load(from + i) - shift) - own : at.load(to + i) * own);
    });
  }
}

/// `lanes` neighbouring distributions, N steps of `step` elements.
template <bool Log, class T, class At>
void softmax_columns(T* out, const T* x, Index n, Index step, At at) {
  Lanes<T> peak = splat<Lanes<T>>(lowest<T>), sum = {};
  for (Index i = 0; i < n; i++) peak = larger(at.load(x + i * step), peak);
  for (Index i = 0; i < n; i++) {
    const Lanes<T> e = exp_of(at.load(x + i * step) - peak);
    if (!Log) at.store(out + i * step, e);
    sum += e;
  }
  const Lanes<T> own = Log ? log_of(sum) : T(1) / sum;
  for (Index i = 0; i < n; i++) {
    at.store(out + i * step, Log ? (at.load(x + i * step) - peak) - own : at.load(out + i * step) * own);
  }
}

/// out = (grad - sum(grad y)) y, or for the logarithm grad - exp(y) sum(grad).
template <bool Log, class V>
FLAMBEAU_INLINE V term(V grad, V y) {
  return Log ? grad : grad * y;
}
template <bool Log, class V>
FLAMBEAU_INLINE V gradient(V grad, V y, V total) {
  if constexpr (Log) return grad - exp_of(y) * total;
  else return (grad - total) * y;
}

template <bool Log, class T>
void backward_rows(T* out, const T* grad, const T* y, Index rows, Index n) {
  for (Index r = 0; r < rows; r++, out += n, grad += n, y += n) {
    const Lanes<T> total = splat<Lanes<T>>(sum_lanes_of<T>(n, [=](Index i, auto at) { return term<Log>(at.load(grad + i), at.load(y + i)); }));
    each_lanes<T>(n, [=](Index i, auto at) { at.store(out + i, gradient<Log>(at.load(grad + i), at.load(y + i), total)); });
  }
}

template <bool Log, class T, class At>
void backward_columns(T* out, const T* grad, const T* y, Index n, Index step, At at) {
  Lanes<T> total = {};
  for (Index i = 0; i < n; i++) total += term<Log>(at.load(grad + i * step), at.load(y + i * step));
  for (Index i = 0; i < n; i++) at.store(out + i * step, gradient<Log>(at.load(grad + i * step), at.load(y + i * step), total));
}

/// Nanoseconds for one number, about.
constexpr double ns_a_number = 0.8;

/// rows(first row, how many), at most rows_together at a time.
template <class Rows>
void each_block(Index outer, Index n, const Rows& rows) {
  parallel((outer + rows_together - 1) / rows_together, ns_a_number * n * rows_together, [&](Index begin, Index end) {
    for (Index block = begin; block < end; block++) {
      const Index first = block * rows_together, left = outer - first;
      rows(first, left < rows_together ? left : rows_together);
    }
  });
}

/// columns(offset, lanes) for every group of neighbouring distributions.
template <class T, class Columns>
void each_group(Index outer, Index n, Index inner, const Columns& columns) {
  parallel(outer, ns_a_number * n * inner, [&](Index begin, Index end) {
    for (Index o = begin; o < end; o++) {
      each_lanes<T>(inner, [&](Index i, auto at) { columns(o * n * inner + i, at); });
    }
  });
}

template <bool Log, class T>
void softmax_forward(T* out, const T* a, Index outer, Index n, Index inner) {
  if (inner == 1) {
    each_block(outer, n, [=](Index r, Index rows) { softmax_rows<Log>(out + r * n, a + r * n, rows, n); });
  } else {
    each_group<T>(outer, n, inner, [=](Index i, auto at) { softmax_columns<Log>(out + i, a + i, n, inner, at); });
  }
}

template <bool Log, class T>
void softmax_gradient(T* out, const T* grad, const T* y, Index outer, Index n, Index inner) {
  if (inner == 1) {
    each_block(outer, n, [=](Index r, Index rows) { backward_rows<Log>(out + r * n, grad + r * n, y + r * n, rows, n); });
  } else {
    each_group<T>(outer, n, inner, [=](Index i, auto at) { backward_columns<Log>(out + i, grad + i, y + i, n, inner, at); });
  }
}

}  // namespace

template <class T>
void softmax(T* out, T* a, Index outer, Index n, Index inner) {
  softmax_forward<false, T>(out, a, outer, n, inner);
}
template <class T>
void log_softmax(T* out, T* a, Index outer, Index n, Index inner) {
  softmax_forward<true, T>(out, a, outer, n, inner);
}
template <class T>
void softmax_backward(T* out, T* grad, T* y, Index outer, Index n, Index inner) {
  softmax_gradient<false, T>(out, grad, y, outer, n, inner);
}
template <class T>
void log_softmax_backward(T* out, T* grad, T* y, Index outer, Index n, Index inner) {
  softmax_gradient<true, T>(out, grad, y, outer, n, inner);
}

namespace {

constexpr Index targets_together = 4096;

/// What a block of targets adds up to, and its first bad target if there is one.
struct Losses {
  double loss, weights;
  Index bad;
};

}  // namespace

template <class T>
void nll_loss(T* out, T* total, T* logp, int64_t* target, T* weight, Index n, Index c, Index inner, Index reduction, Index ignore) {
  const Index count = n * inner, blocks = (count + targets_together - 1) / targets_together;
  Losses* losses = scratch<Losses>(Scratch::partial, blocks);
  parallel(blocks, 2.0 * targets_together, [=](Index begin, Index end) {
    for (Index block = begin; block < end; block++) {
      Losses own = {0, 0, -1};
      const Index last = count < (block + 1) * targets_together ? count : (block + 1) * targets_together;
      for (Index at = block * targets_together; at < last; at++) {
        const int64_t t = target[at];
        const bool counts = t != ignore;
        if (counts && (t < 0 || t >= c)) {
          own.bad = at;
          break;
        }
        const T w = !counts ? 0 : weight ? weight[t] : 1;
        const T each = counts ? -logp[(at / inner * c + t) * inner + at % inner] * w : 0;
        if (reduction == 0) out[at] = each;
        own.loss += each;
        own.weights += w;
      }
      losses[block] = own;
    }
  });
  double loss = 0, weights = 0;
  results()[0] = 0;
  for (Index block = 0; block < blocks; block++) {
    if (losses[block].bad >= 0) {
      results()[0] = 1;
      results()[1] = static_cast<double>(target[losses[block].bad]);
      return;
    }
    loss += losses[block].loss;
    weights += losses[block].weights;
  }
  *total = static_cast<T>(weights);
  if (reduction == 1) *out = static_cast<T>(loss / weights);  // the mean of nothing is NaN
  if (reduction == 2) *out = static_cast<T>(loss);
}

template <class T>
void nll_loss_backward(T* dlogp, T* grad, T* total, int64_t* target, T* weight, Index n, Index c, Index inner, Index reduction,
                       Index ignore) {
  parallel(n, 0.1 * c * inner + 2.0 * inner, [=](Index begin, Index end) {
    __builtin_memset(dlogp + begin * c * inner, 0, static_cast<size_t>((end - begin) * c * inner) * sizeof(T));
    for (Index at = begin * inner; at < end * inner; at++) {
      const int64_t t = target[at];
      if (t == ignore || t < 0 || t >= c) continue;
      const T w = weight ? weight[t] : 1;
      const T g = reduction == 0 ? grad[at] : reduction == 1 ? *grad / *total : *grad;
      dlogp[(at / inner * c + t) * inner + at % inner] = -w * g;
    }
  });
}

EXPORT_softmax
EXPORT_log_softmax
EXPORT_softmax_backward
EXPORT_log_softmax_backward
EXPORT_nll_loss
EXPORT_nll_loss_backward

}  // namespace flambeau::TARGET
