// Losses of each pair of a prediction and a target, and their gradients by the prediction, in one pass each.
//
//   squared_error (x - y)^2, backward 2 g (x - y);  logit_entropy max(x, 0) - x y + log(1 + e^-|x|), backward g (sigmoid x - y)
#include "../vmaths.h"
#include "number.h"

namespace flambeau::TARGET {

template <class T>
void squared_error(T* out, T* x, T* y, const Loop& loop) {
  map(loop, cost::simple, [](T a, T b) -> T { return (a - b) * (a - b); }, out, x, y);
}
template <class T>
void squared_error_backward(T* out, T* grad, T* x, T* y, const Loop& loop) {
  map(loop, cost::simple, [](T g, T a, T b) -> T { return 2 * g * (a - b); }, out, grad, x, y);
}

template <class T>
void logit_entropy(T* out, T* x, T* y, const Loop& loop) {
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [](Floats a, Floats b) { return vsoftplus(a) - a * b; }, out, x, y);
  } else {
    map(loop, cost::scalar, [](T a, T b) -> T {
      return (a > 0 ? a : a != a ? a : T(0)) + maths::log1p(maths::exp(a < 0 ? a : -a)) - a * b;
    }, out, x, y);
  }
}
template <class T>
void logit_entropy_backward(T* out, T* grad, T* x, T* y, const Loop& loop) {
  if constexpr (__is_same(T, float)) {
    map_lanes(loop, cost::division, [](Floats g, Floats a, Floats b) { return g * (vsigmoid(a) - b); }, out, grad, x, y);
  } else {
    map(loop, cost::scalar, [](T g, T a, T b) -> T { return g * (1 / (1 + maths::exp(-a)) - b); }, out, grad, x, y);
  }
}

EXPORT_squared_error
EXPORT_squared_error_backward
EXPORT_logit_entropy
EXPORT_logit_entropy_backward

}  // namespace flambeau::TARGET
