// Batch and layer normalisation, forward and backward.
//
// batch_norm: x (outer, C, inner), statistics over outer and inner. Channels-last data has inner = 1: rows of C numbers, read as vectors along
// the channels. Plain data has runs of `inner` numbers of one channel. layer_norm: x (R, N), statistics of each row.
// Statistics are sums of (x - x0), x0 the channel's first number, so that one pass loses nothing where mean and spread differ by
// orders of magnitude; blocks of fixed size are summed in float and joined in double, in order: the bits do not depend on the threads.
// Ioffe & Szegedy, 2015; Ba, Kiros & Hinton, 2016.
#include "kernel.h"

namespace flambeau::TARGET {
namespace {

/// Pixels that one task sums, and that its float sums take up before they go over into double.
constexpr Index pixels = 1024;
constexpr Index short_run = 64;
/// Channels that are summed side by side.
constexpr Index strip = 64;

/// totals (2, C): for every channel the sums of what term(x index, channel, first, second) gives.
/// `term` reads the element at its index and hands back two numbers.
template <class T, class Term>
void channel_sums(double* totals, Index outer, Index c, Index inner, const Term& term) {
  if (inner == 1) {
    const Index blocks = (outer + pixels - 1) / pixels;
    double* partial = scratch<double>(Scratch::partial, blocks * 2 * c);
    parallel(blocks, 0.5 * pixels * c, [&](Index begin, Index end) {
      for (Index b = begin; b < end; b++) {
        double* sums = partial + b * 2 * c;
        const Index last = (b + 1) * pixels < outer ? (b + 1) * pixels : outer;
        for (Index c0 = 0; c0 < c; c0 += strip) {
          const Index n = c - c0 < strip ? c - c0 : strip;
          for (Index k = 0; k < n; k++) sums[c0 + k] = sums[c + c0 + k] = 0;
          for (Index p0 = b * pixels; p0 < last; p0 += short_run) {
            T first[strip] = {}, second[strip] = {};
            const Index p1 = p0 + short_run < last ? p0 + short_run : last;
            for (Index p = p0; p < p1; p++) {
              for (Index k = 0; k < n; k++) term(p * c + c0 + k, c0 + k, first[k], second[k]);
            }
            for (Index k = 0; k < n; k++) {
              sums[c0 + k] += first[k];
              sums[c + c0 + k] += second[k];
            }
          }
        }
      }
    });
    for (Index k = 0; k < 2 * c; k++) {
      totals[k] = 0;
      for (Index b = 0; b < blocks; b++) totals[k] += partial[b * 2 * c + k];
    }
    return;
  }
  parallel(c, 0.5 * outer * inner, [&](Index begin, Index end) {
    for (Index k = begin; k < end; k++) {
      double one = 0, two = 0;
      for (Index o = 0; o < outer; o++) {
        const Index run = (o * c + k) * inner;
        for (Index i0 = 0; i0 < inner; i0 += 16 * short_run) {
          const Index i1 = i0 + 16 * short_run < inner ? i0 + 16 * short_run : inner;
          T first[16] = {}, second[16] = {};
          Index i = i0;
          for (; i + 16 <= i1; i += 16) {
            for (int j = 0; j < 16; j++) term(run + i + j, k, first[j], second[j]);
          }
          for (; i < i1; i++) term(run + i, k, first[0], second[0]);
          for (int j = 0; j < 16; j++) {
            one += first[j];
            two += second[j];
          }
        }
      }
      totals[k] = one;
      totals[c + k] = two;
    }
  });
}

/// Calls at(index, channel) for every element, along the dense dimension.
template <class At>
void each_element(Index outer, Index c, Index inner, const At& at) {
  parallel(outer, 0.5 * c * inner, [&](Index begin, Index end) {
    for (Index o = begin; o < end; o++) {
      if (inner == 1) {
        for (Index k = 0; k < c; k++) at(o * c + k, k);
        continue;
      }
      for (Index k = 0; k < c; k++) {
        const Index run = (o * c + k) * inner;
        for (Index i = 0; i < inner; i++) at(run + i, k);
      }
    }
  });
}

/// The mean and 1 / sqrt(variance + eps) of each channel; running statistics follow.
template <class T>
void batch_statistics(T* mean, T* rstd, const T* x, T* running_mean, T* running_var, Index outer, Index c, Index inner, double momentum, double eps) {
  const double count = static_cast<double>(outer) * inner;
  double* totals = scratch<double>(Scratch::columns, 2 * c);
  // By channel, in a dense array: indexing x itself would keep the loops from being vectors.
  T* origin = scratch<T>(Scratch::other, c);
  for (Index k = 0; k < c; k++) origin[k] = outer * inner > 0 ? x[k * inner] : T(0);
  channel_sums<T>(totals, outer, c, inner, [x, origin](Index i, Index k, T& sum, T& squares) {
    const T d = x[i] - origin[k];
    sum += d;
    squares += d * d;
  });
  for (Index k = 0; k < c; k++) {
    const double shift = totals[k] / count;
    double variance = totals[c + k] / count - shift * shift;
    if (variance < 0) variance = 0;
    mean[k] = static_cast<T>(origin[k] + shift);
    rstd[k] = static_cast<T>(1 / __builtin_sqrt(variance + eps));
    if (running_mean != nullptr) running_mean[k] = static_cast<T>((1 - momentum) * running_mean[k] + momentum * (origin[k] + shift));
    if (running_var != nullptr) running_var[k] = static_cast<T>((1 - momentum) * running_var[k] + momentum * variance * (count / (count - 1)));
  }
}

}  // namespace

template <class T>
void batch_norm(T* out, T* mean, T* rstd, T* x, T* weight, T* bias, T* running_mean, T* running_var, Index outer, Index c, Index inner, Index training, double momentum, double eps) {
  if (training != 0) {
    batch_statistics(mean, rstd, x, running_mean, running_var, outer, c, inner, momentum, eps);
  } else {
    for (Index k = 0; k < c; k++) {
      mean[k] = running_mean[k];
      rstd[k] = static_cast<T>(1 / __builtin_sqrt(static_cast<double>(running_var[k]) + eps));
    }
  }
  T* scale = scratch<T>(Scratch::columns, 2 * c);
  T* shift = scale + c;
  for (Index k = 0; k < c; k++) {
    scale[k] = weight == nullptr ? rstd[k] : weight[k] * rstd[k];
    shift[k] = bias == nullptr ? 0 : bias[k];
  }
  each_element(outer, c, inner, [out, x, mean, scale, shift](Index i, Index k) { out[i] = (x[i] - mean[k]) * scale[k] + shift[k]; });
}

template <class T>
void batch_norm_backward(T* dx, T* dweight, T* dbias, T* grad, T* x, T* weight, T* mean, T* rstd, Index outer, Index c, Index inner, Index training) {
  const double count = static_cast<double>(outer) * inner;
  double* totals = scratch<double>(Scratch::columns, 2 * c);
  channel_sums<T>(totals, outer, c, inner, [grad, x, mean](Index i, Index k, T& sum, T& product) {
    sum += grad[i];
    product += grad[i] * (x[i] - mean[k]);
  });
  // dx = scale (grad - sum / count - (x - mean) slope)
  T* terms = scratch<T>(Scratch::other, 3 * c);
  T *scale = terms, *offset = terms + c, *slope = terms + 2 * c;
  for (Index k = 0; k < c; k++) {
    const double r = rstd[k];
    if (dbias != nullptr) dbias[k] = static_cast<T>(totals[k]);
    if (dweight != nullptr) dweight[k] = static_cast<T>(totals[c + k] * r);
    scale[k] = static_cast<T>(weight == nullptr ? r : weight[k] * r);
    offset[k] = training != 0 ? static_cast<T>(totals[k] / count) : 0;
    slope[k] = training != 0 ? static_cast<T>(totals[c + k] * r * r / count) : 0;
  }
  if (dx == nullptr) return;
  each_element(outer, c, inner, [dx, grad, x, mean, scale, offset, slope](Index i, Index k) {
    dx[i] = scale[k] * (grad[i] - offset[k] - (x[i] - mean[k]) * slope[k]);
  });
}

template <class T>
void layer_norm(T* out, T* mean, T* rstd, T* x, T* weight, T* bias, Index rows, Index n, double eps) {
  parallel(rows, 1.5 * n, [=](Index begin, Index end) {
    for (Index r = begin; r < end; r++) {
      const T* row = x + r * n;
      double sum = 0, squares = 0;
      for (Index i = 0; i < n; i++) {
        const double d = static_cast<double>(row[i]) - row[0];
        sum += d;
        squares += d * d;
      }
      const double shift = sum / n, variance = squares / n - shift * shift;
      const T centre = static_cast<T>(row[0] + shift), scale = static_cast<T>(1 / __builtin_sqrt((variance < 0 ? 0 : variance) + eps));
      mean[r] = centre;
      rstd[r] = scale;
      T* to = out + r * n;
      for (Index i = 0; i < n; i++) {
        const T y = (row[i] - centre) * scale;
        to[i] = (weight == nullptr ? y : y * weight[i]) + (bias == nullptr ? 0 : bias[i]);
      }
    }
  });
}

template <class T>
void layer_norm_backward(T* dx, T* dweight, T* dbias, T* grad, T* x, T* weight, T* mean, T* rstd, Index rows, Index n) {
  if (dx != nullptr) {
    parallel(rows, 3.0 * n, [=](Index begin, Index end) {
      for (Index r = begin; r < end; r++) {
        const T *g = grad + r * n, *row = x + r * n;
        double sum = 0, product = 0;
        for (Index i = 0; i < n; i++) {
          const double each = static_cast<double>(g[i]) * (weight == nullptr ? 1 : weight[i]);
          sum += each;
          product += each * (row[i] - mean[r]);
        }
        const T offset = static_cast<T>(sum / n), slope = static_cast<T>(product * rstd[r] * rstd[r] / n);
        T* to = dx + r * n;
        for (Index i = 0; i < n; i++) {
          to[i] = rstd[r] * (g[i] * (weight == nullptr ? 1 : weight[i]) - offset - (row[i] - mean[r]) * slope);
        }
      }
    });
  }
  if (dweight == nullptr && dbias == nullptr) return;
  // Down the rows, each thread some columns: every column is summed in one order.
  parallel(n, 1.0 * rows, [=](Index begin, Index end) {
    double* sums = scratch<double>(Scratch::columns, 2 * (end - begin));
    double *weights = sums, *biases = sums + (end - begin);
    for (Index i = 0; i < 2 * (end - begin); i++) sums[i] = 0;
    for (Index r = 0; r < rows; r++) {
      for (Index i = begin; i < end; i++) {
        const double g = grad[r * n + i];
        weights[i - begin] += g * (x[r * n + i] - mean[r]) * rstd[r];
        biases[i - begin] += g;
      }
    }
    for (Index i = begin; i < end; i++) {
      if (dweight != nullptr) dweight[i] = static_cast<T>(weights[i - begin]);
      if (dbias != nullptr) dbias[i] = static_cast<T>(biases[i - begin]);
    }
  });
}

EXPORT_batch_norm
EXPORT_batch_norm_backward
EXPORT_layer_norm
EXPORT_layer_norm_backward

}  // namespace flambeau::TARGET
