// Maths on one operand: the expressions. float goes through vectors where vmaths.h has the function, everything else through
// the C library; both loops are in loop.h.
#include "../vmaths.h"
#include "number.h"
#include "special.h"

namespace flambeau::TARGET {

#define UNARY(name, time, expression)                                              \
  template <class T>                                                               \
  void name(T* out, T* a, const Loop& loop) {                                      \
    map(loop, time, [](T x) -> T { return expression; }, out, a);                  \
  }
// The same with a vector form for float.
#define VECTOR_UNARY(name, vector, expression)                                                            \
  template <class T>                                                                                      \
  void name(T* out, T* a, const Loop& loop) {                                                             \
    if constexpr (__is_same(T, float)) map_lanes(loop, cost::division, [](Floats x) { return vector; }, out, a); \
    else map(loop, cost::scalar, [](T x) -> T { return expression; }, out, a);                            \
  }

UNARY(abs, cost::simple, (is_float<T> ? static_cast<T>(maths::fabs(static_cast<double>(x))) : x < 0 ? static_cast<T>(-x) : x))
UNARY(neg, cost::simple, static_cast<T>(-x))
UNARY(sign, cost::simple, static_cast<T>((x > 0) - (x < 0)))
UNARY(square, cost::simple, static_cast<T>(x* x))
UNARY(bitwise_not, cost::simple, static_cast<T>(~x))

VECTOR_UNARY(exp, vexp(x), maths::exp(x))
VECTOR_UNARY(expm1, vexpm1(x), maths::expm1(x))
VECTOR_UNARY(log, vlog(x), maths::log(x))
VECTOR_UNARY(log1p, vlog1p(x), maths::log1p(x))
VECTOR_UNARY(tanh, vtanh(x), maths::tanh(x))
VECTOR_UNARY(sigmoid, vsigmoid(x), 1 / (1 + maths::exp(-x)))
VECTOR_UNARY(sin, vsin(x), maths::sin(x))
VECTOR_UNARY(cos, vcos(x), maths::cos(x))
VECTOR_UNARY(erf, verf(x), maths::erf(x))
VECTOR_UNARY(log_sigmoid, -vsoftplus(-x), (x < 0 ? x - maths::log1p(maths::exp(x)) : -maths::log1p(maths::exp(-x))))

UNARY(exp2, cost::scalar, maths::exp2(x))
UNARY(log2, cost::scalar, maths::log2(x))
UNARY(log10, cost::scalar, maths::log10(x))
UNARY(sqrt, cost::division, maths::sqrt(x))
UNARY(rsqrt, cost::division, 1 / maths::sqrt(x))
UNARY(reciprocal, cost::division, 1 / x)
UNARY(tan, cost::scalar, maths::tan(x))
UNARY(asin, cost::scalar, maths::asin(x))
UNARY(acos, cost::scalar, maths::acos(x))
UNARY(atan, cost::scalar, maths::atan(x))
UNARY(sinh, cost::scalar, maths::sinh(x))
UNARY(cosh, cost::scalar, maths::cosh(x))
UNARY(asinh, cost::scalar, maths::asinh(x))
UNARY(acosh, cost::scalar, x < 1 ? static_cast<T>(__builtin_nan("")) : maths::acosh(x))  // some C libraries leave x < 1 open
UNARY(atanh, cost::scalar, maths::atanh(x))
UNARY(floor, cost::simple, maths::floor(x))
UNARY(ceil, cost::simple, maths::ceil(x))
UNARY(round, cost::simple, maths::round_even(x))
UNARY(trunc, cost::simple, maths::trunc(x))
UNARY(frac, cost::simple, x - maths::trunc(x))
UNARY(erfc, cost::scalar, maths::erfc(x))
UNARY(erfinv, cost::scalar, static_cast<T>(erfinv_of(x)))
UNARY(lgamma, cost::scalar, maths::lgamma(x))
UNARY(digamma, cost::scalar, static_cast<T>(digamma_of(x)))

EXPORT_abs
EXPORT_neg
EXPORT_sign
EXPORT_square
EXPORT_bitwise_not
EXPORT_exp
EXPORT_exp2
EXPORT_expm1
EXPORT_log
EXPORT_log2
EXPORT_log10
EXPORT_log1p
EXPORT_sqrt
EXPORT_rsqrt
EXPORT_reciprocal
EXPORT_sin
EXPORT_cos
EXPORT_tan
EXPORT_asin
EXPORT_acos
EXPORT_atan
EXPORT_sinh
EXPORT_cosh
EXPORT_tanh
EXPORT_asinh
EXPORT_acosh
EXPORT_atanh
EXPORT_floor
EXPORT_ceil
EXPORT_round
EXPORT_trunc
EXPORT_frac
EXPORT_sigmoid
EXPORT_log_sigmoid
EXPORT_erf
EXPORT_erfc
EXPORT_erfinv
EXPORT_lgamma
EXPORT_digamma

}  // namespace flambeau::TARGET
