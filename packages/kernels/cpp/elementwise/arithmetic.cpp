// Elementwise arithmetic on two and three operands: the expressions. The loops are in loop.h.
//
// Integers wrap round (the build passes -fwrapv). A product that is added contracts to a fused multiply-add, as in PyTorch's
// own vector code, so that results agree to the bit. NaN comes through maximum and minimum from either side.
#include "../vec.h"
#include "number.h"

namespace flambeau::TARGET {
namespace {

/// The quotient rounded to minus infinity, as Python has it: from the remainder, so that it is right where a / b rounds up.
template <class T>
T floor_quotient(T a, T b) {
  if constexpr (is_float<T>) {
    if (b == 0) return a / b;
    const T rest = maths::fmod(a, b);
    T quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
    if (quotient == 0) return static_cast<T>(__builtin_copysign(0.0, static_cast<double>(a / b)));
    T floored = maths::floor(quotient);
    if (quotient - floored > static_cast<T>(0.5)) floored += 1;
    return floored;
  } else {
    if (b == static_cast<T>(-1) && is_signed<T>) return static_cast<T>(-a);
    const T quotient = a / b;
    return quotient - static_cast<T>((a % b != 0) && ((a < 0) != (b < 0)));
  }
}

template <class T>
T trunc_quotient(T a, T b) {
  if constexpr (is_float<T>) return maths::trunc(a / b);
  else return b == static_cast<T>(-1) && is_signed<T> ? static_cast<T>(-a) : static_cast<T>(a / b);
}

template <class T>
T c_remainder(T a, T b) {
  if constexpr (is_float<T>) return maths::fmod(a, b);
  else return b == static_cast<T>(-1) && is_signed<T> ? static_cast<T>(0) : static_cast<T>(a % b);
}

template <class T>
T python_remainder(T a, T b) {
  const T rest = c_remainder(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? static_cast<T>(rest + b) : rest;
}

template <class T>
T power(T base, T exponent) {
  if constexpr (is_float<T>) {
    if (exponent == 2) return base * base;
    return maths::pow(base, exponent);
  } else {
    // A negative power of an integer is 0 but for the bases 1 and -1.
    if (exponent < 0) return base == 1 ? 1 : base == static_cast<T>(-1) ? (exponent % 2 == 0 ? 1 : static_cast<T>(-1)) : 0;
    T result = 1;
    for (; exponent > 0; exponent = static_cast<T>(exponent / 2), base = static_cast<T>(base * base)) {
      if (exponent % 2 == 1) result = static_cast<T>(result * base);
    }
    return result;
  }
}

/// Divisions by an integer 0 leave 0 and are reported.
template <class T, class Op>
void divide(T* out, T* a, T* b, const Loop& loop, Op op) {
  if constexpr (is_float<T>) {
    map(loop, cost::scalar, op, out, a, b);
  } else {
    int by_zero = 0;
    int* flag = &by_zero;
    map(loop, cost::scalar, [op, flag](T x, T y) -> T {
      if (y != 0) return op(x, y);
      __atomic_store_n(flag, 1, __ATOMIC_RELAXED);
      return 0;
    }, out, a, b);
    results()[0] = by_zero;
  }
}

}  // namespace

#define BINARY(name, time, expression)                                              \
  template <class T>                                                                \
  void name(T* out, T* a, T* b, const Loop& loop) {                                 \
    map(loop, time, [](T x, T y) -> T { return expression; }, out, a, b);           \
  }
BINARY(mul, cost::simple, x* y)
BINARY(div, cost::division, x / y)
BINARY(maximum, cost::simple, (x != x || x > y ? x : y))
BINARY(minimum, cost::simple, (x != x || x < y ? x : y))
BINARY(pow, cost::scalar, power(x, y))
BINARY(atan2, cost::scalar, maths::atan2(x, y))
BINARY(hypot, cost::scalar, maths::hypot(x, y))
BINARY(bitwise_and, cost::simple, x& y)
BINARY(bitwise_or, cost::simple, x | y)
BINARY(bitwise_xor, cost::simple, x ^ y)
BINARY(logical_and, cost::simple, x&& y)
BINARY(logical_or, cost::simple, x || y)
BINARY(logical_xor, cost::simple, x != y)

#define DIVISION(name, function)                                                    \
  template <class T>                                                                \
  void name(T* out, T* a, T* b, const Loop& loop) {                                 \
    divide(out, a, b, loop, [](T x, T y) -> T { return function(x, y); });          \
  }
DIVISION(floor_divide, floor_quotient)
DIVISION(trunc_divide, trunc_quotient)
DIVISION(remainder, python_remainder)
DIVISION(fmod, c_remainder)

template <class T>
void add(T* out, T* a, T* b, double alpha, const Loop& loop) {
  const T scale = number<T>(alpha);
  map(loop, cost::simple, [scale](T x, T y) -> T { return x + scale * y; }, out, a, b);
}
template <class T>
void sub(T* out, T* a, T* b, double alpha, const Loop& loop) {
  const T scale = number<T>(alpha);
  map(loop, cost::simple, [scale](T x, T y) -> T { return x - scale * y; }, out, a, b);
}
template <class T>
void addcmul(T* out, T* a, T* b, T* c, double value, const Loop& loop) {
  const T scale = number<T>(value);
  map(loop, cost::simple, [scale](T x, T y, T z) -> T { return x + scale * y * z; }, out, a, b, c);
}
template <class T>
void addcdiv(T* out, T* a, T* b, T* c, double value, const Loop& loop) {
  const T scale = number<T>(value);
  map(loop, cost::division, [scale](T x, T y, T z) -> T { return x + scale * (y / z); }, out, a, b, c);
}
template <class T>
void lerp(T* out, T* a, T* b, T* weight, const Loop& loop) {
  // From the nearer end, so that weight 1 gives b exactly.
  map(loop, cost::simple, [](T x, T y, T w) -> T { return w > static_cast<T>(-0.5) && w < static_cast<T>(0.5) ? x + w * (y - x) : y - (y - x) * (1 - w); }, out, a, b, weight);
}
/// By bits: as a choice of numbers it becomes a jump, and one that cannot be foretold takes longer than 50 such operations.
template <class T>
void where(T* out, bool* condition, T* a, T* b, const Loop& loop) {
  using Bits = typename UnsignedOf<sizeof(T)>::type;
  const auto choose = [](uint8_t c, Bits x, Bits y) -> Bits { return y ^ ((x ^ y) & static_cast<Bits>(-static_cast<Bits>(c != 0))); };
  const auto bits = [](T* at) { return reinterpret_cast<Bits*>(at); };
  map(loop, cost::simple, choose, bits(out), reinterpret_cast<uint8_t*>(condition), bits(a), bits(b));
}

EXPORT_add
EXPORT_sub
EXPORT_mul
EXPORT_div
EXPORT_maximum
EXPORT_minimum
EXPORT_pow
EXPORT_atan2
EXPORT_hypot
EXPORT_floor_divide
EXPORT_trunc_divide
EXPORT_remainder
EXPORT_fmod
EXPORT_logical_and
EXPORT_logical_or
EXPORT_logical_xor
EXPORT_bitwise_and
EXPORT_bitwise_or
EXPORT_bitwise_xor
EXPORT_addcmul
EXPORT_addcdiv
EXPORT_lerp
EXPORT_where

}  // namespace flambeau::TARGET
