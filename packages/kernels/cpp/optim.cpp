// Optimiser steps: every parameter of a group in one call.
//
// A row of the table is one tensor: its addresses and its number of elements. The arithmetic is PyTorch's, operation for operation, so that
// trainings stay together for many steps; each element is read and written once.
// Adam: Kingma & Ba, 2015; AdamW: Loshchilov & Hutter, 2019; AMSGrad: Reddi et al., 2018.
#include "kernel.h"

namespace flambeau::TARGET {
namespace {

/// The numbers of a step, each rounded to T once, as PyTorch's scalars are: 1 - 0.999 in float would be off by 1e-5.
template <class T>
struct Sgd {
  T lr, momentum, damped, decay;  // damped: 1 - dampening
  bool nesterov, maximize, first;
};

template <class T>
void sgd_run(T* __restrict param, const T* __restrict grad, T* __restrict buffer, Index n, const Sgd<T> s) {
  const T sign = s.maximize ? -1 : 1;
  for (Index i = 0; i < n; i++) {
    T g = sign * grad[i];
    if (s.decay != 0) g += s.decay * param[i];
    if (buffer) {
      const T kept = s.first ? g : buffer[i] * s.momentum + s.damped * g;
      buffer[i] = kept;
      g = s.nesterov ? g + s.momentum * kept : kept;
    }
    param[i] -= s.lr * g;
  }
}

template <class T>
struct Adam {
  T shrink, decay, weight1, beta2, weight2, eps, step_size, root_bias2;  // weight: 1 - beta
  bool maximize;
};

/// Elements that a run takes through the first-level cache.
constexpr Index run_length = 1024;

template <class T>
void adam_run(T* __restrict param, const T* __restrict grad, T* __restrict average, T* __restrict square, T* __restrict peak,
              Index n, const Adam<T> s) {
  // A loop of its own, for PyTorch rounds here, and always to the same side: a fused multiply-add would drift away from it.
  for (Index i = 0; s.shrink != 1 && i < n; i++) param[i] *= s.shrink;
  const T sign = s.maximize ? -1 : 1;
  for (Index i = 0; i < n; i++) {
    const T p = param[i];
    T g = sign * grad[i];
    if (s.decay != 0) g += s.decay * p;
    const T m = average[i] + s.weight1 * (g - average[i]);
    const T v = square[i] * s.beta2 + s.weight2 * g * g;
    average[i] = m;
    square[i] = v;
    T scale = v;
    if (peak) scale = peak[i] = peak[i] > v ? peak[i] : v;
    param[i] = p - s.step_size * m / (maths::sqrt(scale) / s.root_bias2 + s.eps);
  }
}

}  // namespace

template <class T>
void sgd_step(Index rows, double lr, double momentum, double dampening, double weight_decay, Index nesterov, Index maximize,
              Index first, const double* table) {
  const auto t = [](double x) { return static_cast<T>(x); };
  const Sgd<T> s = {t(lr), t(momentum), t(1 - dampening), t(weight_decay), nesterov != 0, maximize != 0, first != 0};
  for (Index r = 0; r < rows; r++, table += 4) {
    T *param = place_of<T>(table[0]), *grad = place_of<T>(table[1]), *buffer = place_of<T>(table[2]);
    parallel(static_cast<Index>(table[3]), 0.15, [=](Index begin, Index end) {
      sgd_run<T>(param + begin, grad + begin, buffer ? buffer + begin : nullptr, end - begin, s);
    });
  }
}

template <class T>
void adam_step(Index rows, double lr, double beta1, double beta2, double eps, double weight_decay, Index decoupled,
               Index maximize, double bias1, double bias2, const double* table) {
  const auto t = [](double x) { return static_cast<T>(x); };
  const Adam<T> s = {t(decoupled ? 1 - lr * weight_decay : 1), t(decoupled ? 0 : weight_decay), t(1 - beta1), t(beta2), t(1 - beta2), t(eps),
                     t(lr / bias1), t(__builtin_sqrt(bias2)), maximize != 0};
  for (Index r = 0; r < rows; r++, table += 6) {
    T *param = place_of<T>(table[0]), *grad = place_of<T>(table[1]), *average = place_of<T>(table[2]), *square = place_of<T>(table[3]), *peak = place_of<T>(table[4]);
    parallel(static_cast<Index>(table[5]), 0.3, [=](Index begin, Index end) {
      for (Index i = begin; i < end; i += run_length) {
        const Index n = end - i < run_length ? end - i : run_length;
        adam_run<T>(param + i, grad + i, average + i, square + i, peak ? peak + i : nullptr, n, s);
      }
    });
  }
}

EXPORT_sgd_step
EXPORT_adam_step

}  // namespace flambeau::TARGET
