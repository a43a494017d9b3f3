// Special functions that the C library lacks, in double: the inverse of erf, and digamma.
#pragma once
#include "../kernel.h"

namespace flambeau::TARGET {

/// A rational start (Giles, "Approximating the erfinv function", 2010), then two steps of Newton's method to full precision.
inline double erfinv_of(double y) {
  if (!(y >= -1 && y <= 1)) return __builtin_nan("");
  if (y == 1 || y == -1) return y * __builtin_inf();
  double w = -maths::log((1 - y) * (1 + y)), x;
  if (w < 5) {
    w -= 2.5;
    x = 2.81022636e-08;
    constexpr double terms[] = {3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941};
    for (const double c : terms) x = c + x * w;
  } else {
    w = maths::sqrt(w) - 3;
    x = -0.000200214257;
    constexpr double terms[] = {0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682};
    for (const double c : terms) x = c + x * w;
  }
  x *= y;
  for (int i = 0; i < 2; i++) {
    // Near the ends erf is all but 1: the complement has the digits.
    const double error = y > 0 ? (1 - y) - maths::erfc(x) : maths::erfc(-x) - (1 + y);  // erf(x) - y
    x -= error / (1.1283791670955126 * maths::exp(-x * x));
  }
  return x;
}

/// Reflected to positive arguments, carried up to 10, then the asymptotic series (Abramowitz & Stegun 6.3.18).
inline double digamma_of(double x) {
  if (x == 0) return __builtin_copysign(__builtin_inf(), -x);
  if (x < 0) {
    const double whole = maths::trunc(x);
    if (whole == x) return __builtin_nan("");
    constexpr double pi = 3.141592653589793;
    return digamma_of(1 - x) - pi / maths::tan(pi * (x - whole));
  }
  double shift = 0;
  for (; x < 10; x += 1) shift -= 1 / x;
  if (x == 10) return shift + 2.25175258906672110764;
  const double z = 1 / (x * x);
  const double series = z * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12))))));
  return shift + maths::log(x) - 0.5 / x - series;
}

}  // namespace flambeau::TARGET
