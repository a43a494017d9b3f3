// Activations with parameters, and the gradients of activations that would take several passes as ops.
#include "../vmaths.h"
#include "number.h"

namespace flambeau::TARGET {
namespace {

constexpr double root_half = 0.70710678118654752440;
constexpr double root_two_over_pi = 0.79788456080286535588;

template <class V>
FLAMBEAU_INLINE V gelu_tanh_argument(V x) {
  return x * static_cast<Lane<V>>(root_two_over_pi) * (1 + static_cast<Lane<V>>(0.044715) * x * x);
}

/// The normal distribution function and its density, both from one exponential: Abramowitz & Stegun 7.1.26, within 8e-8.
struct Normal {
  Floats below, density;
};
FLAMBEAU_INLINE Normal normal_of(Floats x) {
  const Floats bell = vexp_term(x * x * -0.5f);
  const Floats t = 1.f / (1.f + 0.3275911f * static_cast<float>(root_half) * vabs(x));
  const Floats tail = 0.5f * bell * t * polynomial(t, 0.254829592f, -0.284496736f, 1.421413741f, -1.453152027f, 1.061405429f);
  return {x < 0.f ? tail : 1.f - tail, bell * 0.398942280401f};
}

}  // namespace

template <class T>
void relu(T* out, T* a, const Loop& loop) {
  map(loop, cost::simple, [](T x) -> T { return x < 0 ? 0 : x; }, out, a);
}
template <class T>
void clamp(T* out, T* a, double low, double high, const Loop& loop) {
  const T least = number<T>(low), most = number<T>(high);
  // In this order, so that a NaN passes and the upper bound wins over a lower one above it.
  map(loop, cost::simple, [least, most](T x) -> T { const T y = x < least ? least : x; return y > most ? most : y; }, out, a);
}
template <class T>
void silu(T* out, T* a, const Loop& loop) {
  if constexpr (__is_same(T, float)) map_lanes(loop, cost::division, [](Floats x) { return x / vlogistic(x); }, out, a);
  else map(loop, cost::scalar, [](T x) -> T { return x / (1 + maths::exp(-x)); }, out, a);
}
template <class T>
void gelu(T* out, T* a, const Loop& loop) {
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [](Floats x) { return x * normal_of(x).below; }, out, a);
  } else {
    map(loop, cost::scalar, [](T x) -> T { return static_cast<T>(0.5) * x * (1 + maths::erf(x * static_cast<T>(root_half))); }, out, a);
  }
}
template <class T>
void gelu_tanh(T* out, T* a, const Loop& loop) {
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [](Floats x) { return 0.5f * x * (1.f + vtanh(gelu_tanh_argument(x))); }, out, a);
  } else {
    map(loop, cost::scalar, [](T x) -> T { return static_cast<T>(0.5) * x * (1 + maths::tanh(gelu_tanh_argument(x))); }, out, a);
  }
}
template <class T>
void softplus(T* out, T* a, double beta, double threshold, const Loop& loop) {
  const T b = static_cast<T>(beta), limit = static_cast<T>(threshold);
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [b, limit](Floats x) { return x * b > limit ? x : vsoftplus(x * b) / b; }, out, a);
  } else {
    map(loop, cost::scalar, [b, limit](T x) -> T { return x * b > limit ? x : maths::log1p(maths::exp(x * b)) / b; }, out, a);
  }
}
template <class T>
void leaky_relu(T* out, T* a, double slope, const Loop& loop) {
  const T s = static_cast<T>(slope);
  map(loop, cost::simple, [s](T x) -> T { return x > 0 ? x : x * s; }, out, a);
}
template <class T>
void elu(T* out, T* a, double alpha, const Loop& loop) {
  const T s = static_cast<T>(alpha);
  if constexpr (__is_same(T, float)) map_lanes(loop, cost::division, [s](Floats x) { return x > 0.f ? x : vexpm1(x) * s; }, out, a);
  else map(loop, cost::scalar, [s](T x) -> T { return x > 0 ? x : maths::expm1(x) * s; }, out, a);
}

template <class T>
void relu_backward(T* out, T* grad, T* y, const Loop& loop) {
  map(loop, cost::simple, [](T g, T v) -> T { return v <= 0 ? 0 : g; }, out, grad, y);
}
template <class T>
void sigmoid_backward(T* out, T* grad, T* y, const Loop& loop) {
  map(loop, cost::simple, [](T g, T v) -> T { return g * (1 - v) * v; }, out, grad, y);
}
template <class T>
void tanh_backward(T* out, T* grad, T* y, const Loop& loop) {
  map(loop, cost::simple, [](T g, T v) -> T { return g * (1 - v * v); }, out, grad, y);
}
template <class T>
void leaky_relu_backward(T* out, T* grad, T* x, double slope, const Loop& loop) {
  const T s = static_cast<T>(slope);
  map(loop, cost::simple, [s](T g, T v) -> T { return v > 0 ? g : g * s; }, out, grad, x);
}

template <class T>
void silu_backward(T* out, T* grad, T* x, const Loop& loop) {
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [](Floats g, Floats v) {
      const Floats gate = vsigmoid(v);
      return g * gate * (1.f + v * (1.f - gate));
    }, out, grad, x);
  } else {
    map(loop, cost::scalar, [](T g, T v) -> T {
      const T gate = 1 / (1 + maths::exp(-v));
      return g * gate * (1 + v * (1 - gate));
    }, out, grad, x);
  }
}
/// With the normal distribution function Phi and its density: Phi(x) + x phi(x).
template <class T>
void gelu_backward(T* out, T* grad, T* x, const Loop& loop) {
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [](Floats g, Floats v) {
      const Normal normal = normal_of(v);
      return g * (normal.below + v * normal.density);
    }, out, grad, x);
  } else {
    map(loop, cost::scalar, [](T g, T v) -> T {
      const T phi = maths::exp(v * v * static_cast<T>(-0.5)) * static_cast<T>(0.39894228040143267794);
      return g * (static_cast<T>(0.5) * (1 + maths::erf(v * static_cast<T>(root_half))) + v * phi);
    }, out, grad, x);
  }
}
template <class T>
void gelu_tanh_backward(T* out, T* grad, T* x, const Loop& loop) {
  const auto slope = [](auto g, auto v, auto t) {
    using N = Lane<decltype(v)>;
    const auto inner = static_cast<N>(root_two_over_pi) * (1 + static_cast<N>(3 * 0.044715) * v * v);
    return g * (static_cast<N>(0.5) * (1 + t) + static_cast<N>(0.5) * v * (1 - t * t) * inner);
  };
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [slope](Floats g, Floats v) { return slope(g, v, vtanh(gelu_tanh_argument(v))); }, out, grad, x);
  } else {
    map(loop, cost::scalar, [slope](T g, T v) -> T { return slope(g, v, maths::tanh(gelu_tanh_argument(v))); }, out, grad, x);
  }
}

EXPORT_relu
EXPORT_clamp
EXPORT_silu
EXPORT_gelu
EXPORT_gelu_tanh
EXPORT_softplus
EXPORT_leaky_relu
EXPORT_elu
EXPORT_relu_backward
EXPORT_sigmoid_backward
EXPORT_tanh_backward
EXPORT_leaky_relu_backward
EXPORT_silu_backward
EXPORT_gelu_backward
EXPORT_gelu_tanh_backward

}  // namespace flambeau::TARGET
