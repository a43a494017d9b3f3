// Softmax, its logarithm and the negative log-likelihood.
//
// a, out (outer, N, inner), contiguous; every (outer, inner) is one distribution over N. Rows (inner = 1) are read as vectors; otherwise
// the distributions of one `outer` stand side by side and are walked together. All are shifted by their largest element, so that
// exp cannot overflow. Targets are class numbers; the loss is the negative score of the target, weighted by its class.
#include "kernel.h"
#include "vec.h"
#include "vmaths.h"

namespace flambeau::TARGET {
namespace {

/// out[i] = exp(x[i] - shift), and their sum; out may be x or absent.
double exp_sum(float* out, const float* x, Index n, float shift) {
  constexpr Index width = WIDTH<float>;
  const Floats by = splat<Floats>(shift);
  Floats total = {};
  Index i = 0;
  for (; i + width <= n; i += width) {
    const Floats e = vexp(load(x + i) - by);
    total += e;
    if (out != nullptr) store(out + i, e);
  }
  double sum = sum_of(total);
  if (i < n) {
    const int rest = static_cast<int>(n - i);
    const Floats e = vexp(load_part(x + i, rest) - by);
    for (int j = 0; j < rest; j++) sum += e[j];
    if (out != nullptr) store_part(out + i, e, rest);
  }
  return sum;
}

double exp_sum(double* out, const double* x, Index n, double shift) {
  double sum = 0;
  for (Index i = 0; i < n; i++) {
    const double e = maths::exp(x[i] - shift);
    sum += e;
    if (out != nullptr) out[i] = e;
  }
  return sum;
}

/// The largest of n elements, a NaN wins.
template <class T>
T largest(const T* x, Index n) {
  T best = x[0];
  for (Index i = 1; i < n; i++) best = best != best || best > x[i] ? best : x[i];
  return best;
}

template <bool Log, class T>
void softmax_row(T* out, const T* x, Index n) {
  const T peak = largest(x, n);
  if constexpr (Log) {
    const double sum = exp_sum(static_cast<T*>(nullptr), x, n, peak);
    const T log_sum = static_cast<T>(maths::log(sum));
    // In this order: peak + log_sum would round away small differences between large scores.
    for (Index i = 0; i < n; i++) out[i] = (x[i] - peak) - log_sum;
  } else {
    const T scale = static_cast<T>(1 / exp_sum(out, x, n, peak));
    for (Index i = 0; i < n; i++) out[i] *= scale;
  }
}

template <class T>
void softmax_row_backward(T* out, const T* grad, const T* y, Index n) {
  double dot = 0;
  for (Index i = 0; i < n; i++) dot += static_cast<double>(grad[i]) * y[i];
  for (Index i = 0; i < n; i++) out[i] = (grad[i] - static_cast<T>(dot)) * y[i];
}

template <class T>
void log_softmax_row_backward(T* out, const T* grad, const T* y, Index n) {
  double sum = 0;
  for (Index i = 0; i < n; i++) sum += grad[i];
  const T total = static_cast<T>(sum);
  exp_sum(out, y, n, 0);
  for (Index i = 0; i < n; i++) out[i] = grad[i] - out[i] * total;
}

/// Calls row(out, in...) for each distribution; those that do not lie in a row are copied into one and back.
template <class T, class Row, class... In>
void each_row(T* out, Index outer, Index n, Index inner, const Row& row, const In*... in) {
  if (n == 0) return;
  parallel(outer * inner, 3.0 * n, [&](Index begin, Index end) {
    for (Index at = begin; at < end; at++) {
      const Index start = at / inner * n * inner + at % inner;
      if (inner == 1) {
        row(out + start, in + start..., n);
        continue;
      }
      constexpr int rows = 1 + sizeof...(In);
      T* buffer = scratch<T>(Scratch::rows, rows * n);
      int next = 1;
      const auto column = [&](const T* from) {
        T* to = buffer + next++ * n;
        for (Index i = 0; i < n; i++) to[i] = from[start + i * inner];
        return static_cast<const T*>(to);
      };
      const T* copies[] = {column(in)...};
      if constexpr (sizeof...(In) == 1) row(buffer, copies[0], n);
      else row(buffer, copies[0], copies[1], n);
      for (Index i = 0; i < n; i++) out[start + i * inner] = buffer[i];
    }
  });
}

}  // namespace

template <class T>
void softmax(T* out, T* a, Index outer, Index n, Index inner) {
  each_row(out, outer, n, inner, softmax_row<false, T>, static_cast<const T*>(a));
}
template <class T>
void log_softmax(T* out, T* a, Index outer, Index n, Index inner) {
  each_row(out, outer, n, inner, softmax_row<true, T>, static_cast<const T*>(a));
}
template <class T>
void softmax_backward(T* out, T* grad, T* y, Index outer, Index n, Index inner) {
  each_row(out, outer, n, inner, softmax_row_backward<T>, static_cast<const T*>(grad), static_cast<const T*>(y));
}
template <class T>
void log_softmax_backward(T* out, T* grad, T* y, Index outer, Index n, Index inner) {
  each_row(out, outer, n, inner, log_softmax_row_backward<T>, static_cast<const T*>(grad), static_cast<const T*>(y));
}

template <class T>
void nll_loss(T* out, T* total, T* logp, int64_t* target, T* weight, Index n, Index c, Index inner, Index reduction, Index ignore) {
  double loss = 0, weights = 0;
  results()[0] = 0;
  for (Index at = 0; at < n * inner; at++) {
    const int64_t t = target[at];
    const bool counts = t != ignore;
    if (counts && (t < 0 || t >= c)) {
      results()[0] = 1;
      results()[1] = static_cast<double>(t);
      return;
    }
    const T w = !counts ? 0 : weight == nullptr ? 1 : weight[t];
    const T each = counts ? -logp[(at / inner * c + t) * inner + at % inner] * w : 0;
    if (reduction == 0) out[at] = each;
    loss += each;
    weights += w;
  }
  *total = static_cast<T>(weights);
  if (reduction == 1) *out = static_cast<T>(loss / weights);
  if (reduction == 2) *out = static_cast<T>(loss);
}

template <class T>
void nll_loss_backward(T* dlogp, T* grad, T* total, int64_t* target, T* weight, Index n, Index c, Index inner, Index reduction, Index ignore) {
  for (Index i = 0; i < n * c * inner; i++) dlogp[i] = 0;
  for (Index at = 0; at < n * inner; at++) {
    const int64_t t = target[at];
    if (t == ignore) continue;
    const T w = weight == nullptr ? 1 : weight[t];
    const T g = reduction == 0 ? grad[at] : reduction == 1 ? *grad / *total : *grad;
    dlogp[(at / inner * c + t) * inner + at % inner] = -w * g;
  }
}

EXPORT_softmax
EXPORT_log_softmax
EXPORT_softmax_backward
EXPORT_log_softmax_backward
EXPORT_nll_loss
EXPORT_nll_loss_backward

}  // namespace flambeau::TARGET
