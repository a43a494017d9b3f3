// exp and log of a vector of either type: vectorised for float, one lane after the other for double. exp_of is for what is summed: x is at most
// 88, and floats leave out results below 2^-126.
#pragma once
#include "maths.h"
#include "vmaths.h"

namespace flambeau::TARGET {

FLAMBEAU_INLINE Lanes<float> exp_of(Lanes<float> x) { return vexp_term(x); }
FLAMBEAU_INLINE Lanes<float> log_of(Lanes<float> x) { return vlog(x); }
inline Lanes<double> exp_of(Lanes<double> x) {
  for (int i = 0; i < WIDTH<double>; i++) x[i] = maths::exp(static_cast<double>(x[i]));
  return x;
}
inline Lanes<double> log_of(Lanes<double> x) {
  for (int i = 0; i < WIDTH<double>; i++) x[i] = maths::log(static_cast<double>(x[i]));
  return x;
}

}  // namespace flambeau::TARGET
