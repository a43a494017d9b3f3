// Optimiser steps: every parameter of a group in one call.
//
// A row of the table is one tensor: its addresses and its number of elements. The arithmetic is PyTorch's, operation for operation, so that
// trainings stay together for many steps; each element is read and written once.
// Adam: Kingma & Ba, 2015; AdamW: Loshchilov & Hutter, 2019; AMSGrad: Reddi et al., 2018.
#include "kernel.h"

namespace flambeau::TARGET {
namespace {

template <class T>
T* pointer(double place) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(place));
}

template <class T>
struct Sgd {
  T lr, momentum, damped, decay;
  bool nesterov, maximize, first;
};

template <class T>
void sgd_run(T* param, const T* grad, T* buffer, Index n, const Sgd<T> s) {
  for (Index i = 0; i < n; i++) {
    T g = s.maximize ? -grad[i] : grad[i];
    if (s.decay != 0) g += s.decay * param[i];
    if (buffer != nullptr) {
      const T kept = s.first ? g : s.momentum * buffer[i] + s.damped * g;
      buffer[i] = kept;
      g = s.nesterov ? g + s.momentum * kept : kept;
    }
    param[i] -= s.lr * g;
  }
}

template <class T>
struct Adam {
  T shrink, decay, fresh1, beta2, fresh2, eps, step_size, root_bias2;  // fresh: 1 - beta, subtracted in double: 1 - 0.999f is 5e-5 off
  bool maximize;
};

template <class T>
void adam_run(T* __restrict param, const T* __restrict grad, T* __restrict average, T* __restrict square, T* __restrict peak, Index n, const Adam<T> s) {
  for (Index i = 0; i < n; i++) {
    T g = s.maximize ? -grad[i] : grad[i];
    T p = param[i] * s.shrink;
    g += s.decay * p;
    const T m = average[i] + s.fresh1 * (g - average[i]);
    const T v = s.beta2 * square[i] + s.fresh2 * (g * g);
    average[i] = m;
    square[i] = v;
    T scale = v;
    if (peak != nullptr) scale = peak[i] = peak[i] > v ? peak[i] : v;
    param[i] = p - s.step_size * (m / (maths::sqrt(scale) / s.root_bias2 + s.eps));
  }
}

}  // namespace

template <class T>
void sgd_step(Index rows, double lr, double momentum, double dampening, double weight_decay, Index nesterov, Index maximize, Index first, const double* table) {
  const Sgd<T> s = {static_cast<T>(lr), static_cast<T>(momentum), static_cast<T>(1 - dampening), static_cast<T>(weight_decay), nesterov != 0, maximize != 0, first != 0};
  for (Index r = 0; r < rows; r++, table += 4) {
    T *param = pointer<T>(table[0]), *grad = pointer<T>(table[1]), *buffer = pointer<T>(table[2]);
    parallel(static_cast<Index>(table[3]), 0.5, [=](Index begin, Index end) {
      sgd_run(param + begin, grad + begin, buffer == nullptr ? buffer : buffer + begin, end - begin, s);
    });
  }
}

template <class T>
void adam_step(Index rows, double lr, double beta1, double beta2, double eps, double weight_decay, Index decoupled, Index maximize, double bias1, double bias2, const double* table) {
  const Adam<T> s = {static_cast<T>(decoupled ? 1 - lr * weight_decay : 1), static_cast<T>(decoupled ? 0 : weight_decay), static_cast<T>(1 - beta1), static_cast<T>(beta2), static_cast<T>(1 - beta2), static_cast<T>(eps),
                     static_cast<T>(lr / bias1), static_cast<T>(__builtin_sqrt(bias2)), maximize != 0};
  for (Index r = 0; r < rows; r++, table += 6) {
    T *param = pointer<T>(table[0]), *grad = pointer<T>(table[1]), *average = pointer<T>(table[2]), *square = pointer<T>(table[3]), *peak = pointer<T>(table[4]);
    parallel(static_cast<Index>(table[5]), 1.0, [=](Index begin, Index end) {
      adam_run(param + begin, grad + begin, average + begin, square + begin, peak == nullptr ? peak : peak + begin, end - begin, s);
    });
  }
}

EXPORT_sgd_step
EXPORT_adam_step

}  // namespace flambeau::TARGET
