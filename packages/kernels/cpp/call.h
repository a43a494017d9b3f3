// How a kernel is called through the block: one template decodes the parameters by the types of the kernel's own, so no kernel has
// binding code.
#pragma once
#include "float_mode.h"
#include "kernel.h"
#include "loop.h"

namespace flambeau::TARGET {
namespace {

/// How a parameter of type P is read from the block, at `next`; a loop nest and a table have their place behind all others.
template <class P>
struct Parameter;

template <>
struct Parameter<Index> {
  static Index read(double*& next) { return static_cast<Index>(*next++); }
};
template <>
struct Parameter<double> {
  static double read(double*& next) { return *next++; }
};
template <class T>
struct Parameter<T*> {
  static T* read(double*& next) { return place_of<T>(*next++); }
};
template <>
struct Parameter<const Loop&> {
  static Loop read(double*&) { return Loop(current_block + block_loop); }
};
template <>
struct Parameter<const double*> {
  static const double* read(double*&) { return current_block + block_loop; }
};

/// A call whose arguments are evaluated from left to right, which braces promise and parentheses do not.
template <class... P>
struct Call {
  Call(void (*kernel)(P...), P... p) { kernel(p...); }
};

/// Float kernels flush denormals to zero; JavaScript and double kernels keep theirs.
template <class T>
constexpr bool flushes = false;
template <>
constexpr bool flushes<float> = true;

template <class T, class... P>
inline void call(void (*kernel)(P...), double* block) {
  current_block = block;
  double* next = block;
  if constexpr (flushes<T>) {
    const FloatMode before = float_mode();
    set_float_mode(before | flush_denormals);
    Call<P...>{kernel, Parameter<P>::read(next)...};
    set_float_mode(before);
  } else {
    Call<P...>{kernel, Parameter<P>::read(next)...};
  }
}

}  // namespace
}  // namespace flambeau::TARGET
