// The scalar maths functions under one name, overloaded for float and double: libm natively, cpp/wasm/maths.cpp on WebAssembly.
//
// They live in a namespace of their own because kernels bear the same names: `maths::exp(x)` is the function, `exp` the kernel.
#pragma once
#include <cmath>

namespace flambeau::TARGET::maths {

#define FLAMBEAU_UNARY(name)                                    \
  inline float name(float x) { return ::name##f(x); } \
  inline double name(double x) { return ::name(x); }
FLAMBEAU_UNARY(exp) FLAMBEAU_UNARY(exp2) FLAMBEAU_UNARY(expm1)
FLAMBEAU_UNARY(log) FLAMBEAU_UNARY(log2) FLAMBEAU_UNARY(log10) FLAMBEAU_UNARY(log1p)
FLAMBEAU_UNARY(sin) FLAMBEAU_UNARY(cos) FLAMBEAU_UNARY(tan)
FLAMBEAU_UNARY(asin) FLAMBEAU_UNARY(acos) FLAMBEAU_UNARY(atan)
FLAMBEAU_UNARY(sinh) FLAMBEAU_UNARY(cosh) FLAMBEAU_UNARY(tanh)
FLAMBEAU_UNARY(asinh) FLAMBEAU_UNARY(acosh) FLAMBEAU_UNARY(atanh)
FLAMBEAU_UNARY(erf) FLAMBEAU_UNARY(erfc)
#undef FLAMBEAU_UNARY

#define FLAMBEAU_BINARY(name)                                             \
  inline float name(float x, float y) { return ::name##f(x, y); } \
  inline double name(double x, double y) { return ::name(x, y); }
FLAMBEAU_BINARY(pow) FLAMBEAU_BINARY(atan2) FLAMBEAU_BINARY(hypot) FLAMBEAU_BINARY(fmod)
#undef FLAMBEAU_BINARY

// One instruction each on every target but plain SSE2.
#define FLAMBEAU_BUILTIN(name)                                              \
  inline float name(float x) { return __builtin_##name##f(x); } \
  inline double name(double x) { return __builtin_##name(x); }
FLAMBEAU_BUILTIN(sqrt) FLAMBEAU_BUILTIN(fabs) FLAMBEAU_BUILTIN(floor) FLAMBEAU_BUILTIN(ceil) FLAMBEAU_BUILTIN(trunc)
#undef FLAMBEAU_BUILTIN

/// Rounds halves to the even neighbour, as PyTorch does.
inline float round_even(float x) { return __builtin_nearbyintf(x); }
inline double round_even(double x) { return __builtin_nearbyint(x); }

/// The logarithm of |gamma(x)|; `lgamma_r` because the plain one writes a global sign.
inline float lgamma(float x) { int sign; return static_cast<float>(::lgamma_r(static_cast<double>(x), &sign)); }
inline double lgamma(double x) { int sign; return ::lgamma_r(x, &sign); }

inline bool isnan(double x) { return x != x; }
inline bool isinf(double x) { return fabs(x) == __builtin_inf(); }
inline bool isfinite(double x) { return fabs(x) < __builtin_inf(); }
inline bool signbit(float x) { return __builtin_signbit(x); }
inline bool signbit(double x) { return __builtin_signbit(x); }

}  // namespace flambeau::TARGET::maths
