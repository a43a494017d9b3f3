// What the elementwise files share: kinds of numbers, and parameters of the block as numbers of a kernel's type.
#pragma once
#include "../loop.h"

namespace flambeau::TARGET {

template <class T> constexpr bool is_float = __is_same(T, float) || __is_same(T, double);
template <class T> constexpr bool is_signed = static_cast<T>(-1) < static_cast<T>(0);

/// The smallest and largest integer of a type.
template <class T> constexpr T lowest_of = is_signed<T> ? static_cast<T>(static_cast<uint64_t>(1) << (8 * sizeof(T) - 1)) : static_cast<T>(0);
template <class T> constexpr T highest_of = is_signed<T> ? static_cast<T>(~lowest_of<T>) : static_cast<T>(~static_cast<T>(0));

/// A double as T; integers stop at their ends rather than being undefined behind them.
template <class T>
T number(double x) {
  if constexpr (is_float<T>) {
    return static_cast<T>(x);
  } else {
    if (!(x > static_cast<double>(lowest_of<T>))) return lowest_of<T>;
    if (x >= static_cast<double>(highest_of<T>)) return highest_of<T>;
    return static_cast<T>(x);
  }
}

}  // namespace flambeau::TARGET
