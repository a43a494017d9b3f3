// Copies with conversion, fills, counting up, and the change between channels-first and channels-last.
//
// Conversions are C's where C defines them; a float that no integer of the target type holds becomes what x86's conversion gives, the
// lowest integer, on every target. Anything that is not 0, NaN included, is true.
#include "elementwise/number.h"

namespace flambeau::TARGET {
namespace {

template <class To, class From>
To converted(From x) {
  if constexpr (__is_same(To, bool)) {
    return x != From(0);
  } else if constexpr (is_float<From> && !is_float<To>) {
    // By way of the widest integer, as a cast of a vector does: narrower ones keep its low bits.
    const bool held = x >= static_cast<From>(-9223372036854775808.0) && x < static_cast<From>(9223372036854775808.0);
    return static_cast<To>(held ? static_cast<int64_t>(x) : INT64_MIN);
  } else {
    return static_cast<To>(x);
  }
}

template <class To, class From>
void convert(To* out, From* a, const Loop& loop) {
  map(loop, cost::simple, [](From x) -> To { return converted<To>(x); }, out, a);
}

/// out (C,R) = a (R,C), in tiles that stay in the first-level cache.
template <class T>
void transpose_matrix(T* out, const T* a, Index rows, Index columns) {
  constexpr Index tile = 16;
  for (Index r0 = 0; r0 < rows; r0 += tile) {
    const Index r1 = r0 + tile < rows ? r0 + tile : rows;
    for (Index c0 = 0; c0 < columns; c0 += tile) {
      const Index c1 = c0 + tile < columns ? c0 + tile : columns;
      Index c = c0;
      for (; c + 4 <= c1; c += 4) {
        Index r = r0;
        for (; r + 4 <= r1; r += 4) transpose4(a + r * columns + c, columns, out + c * rows + r, rows);
        for (; r < r1; r++) {
          for (Index i = 0; i < 4; i++) out[(c + i) * rows + r] = a[r * columns + c + i];
        }
      }
      for (; c < c1; c++) {
        for (Index r = r0; r < r1; r++) out[c * rows + r] = a[r * columns + c];
      }
    }
  }
}

}  // namespace

template <class T> void to_f32(float* out, T* a, const Loop& loop) { convert(out, a, loop); }
template <class T> void to_f64(double* out, T* a, const Loop& loop) { convert(out, a, loop); }
template <class T> void to_i64(int64_t* out, T* a, const Loop& loop) { convert(out, a, loop); }
template <class T> void to_i32(int32_t* out, T* a, const Loop& loop) { convert(out, a, loop); }
template <class T> void to_u8(uint8_t* out, T* a, const Loop& loop) { convert(out, a, loop); }
template <class T> void to_b8(bool* out, T* a, const Loop& loop) { convert(out, a, loop); }

template <class T>
void fill(T* out, double value, const Loop& loop) {
  T x;
  if constexpr (__is_same(T, bool)) x = value != 0;
  else x = number<T>(value);
  // The operand is the value itself, which stands still.
  const Operand operands[] = {{out, sizeof(T)}};
  walk(loop, operands, 1, cost::simple, [](const Piece& p, const void* context) {
    const T value = *static_cast<const T*>(context);
    for (Index row = 0; row < p.rows; row++) {
      T* to = p.operand<T>(0, row);
      if (p.step[0] == sizeof(T)) {
        for (Index i = 0; i < p.n; i++) to[i] = value;
      } else {
        for (Index i = 0; i < p.n; i++) *advance(to, i, p.step[0]) = value;
      }
    }
  }, &x);
}

template <class T>
void arange(T* out, double start, double step, Index n) {
  for (Index i = 0; i < n; i++) out[i] = number<T>(start + static_cast<double>(i) * step);
}

template <class T>
void item(T* a) {
  results()[0] = static_cast<double>(*a);
}

template <class T>
void to_channels_last(T* out, T* a, Index n, Index c, Index p) {
  parallel(n, 1.0 * c * p, [=](Index begin, Index end) {
    for (Index i = begin; i < end; i++) transpose_matrix(out + i * c * p, a + i * c * p, c, p);
  });
}
template <class T>
void to_channels_first(T* out, T* a, Index n, Index c, Index p) {
  to_channels_last(out, a, n, p, c);
}

EXPORT_to_f32
EXPORT_to_f64
EXPORT_to_i64
EXPORT_to_i32
EXPORT_to_u8
EXPORT_to_b8
EXPORT_fill
EXPORT_arange
EXPORT_item
EXPORT_to_channels_last
EXPORT_to_channels_first

}  // namespace flambeau::TARGET
