// Copies with conversion, fills, counting up, and the change between channels-first and channels-last.
//
// Conversions are C's where C defines them; a float that no integer of the target type holds becomes what x86's conversion gives, the
// lowest integer, on every target. Anything that is not 0, NaN included, is true.
#include "elementwise/number.h"
#include "transpose.h"

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

/// Copies without conversion: rows forwards or backwards, and tiles in which input and output run along different dimensions.
template <class T>
void copy_piece(const Piece& p, const void*) {
  constexpr Index width = sizeof(T);
  const Index n = p.n, out_step = p.step[0], a_step = p.step[1];
  if (out_step == width && p.row_step[1] == width && a_step != width && p.rows > 1) {
    transpose(p.operand<T>(0, 0), p.row_step[0] / width, p.operand<const T>(1, 0), a_step / width, n, p.rows);
    return;
  }
  for (Index row = 0; row < p.rows; row++) {
    T* out = p.operand<T>(0, row);
    const T* a = p.operand<const T>(1, row);
    if (out_step == width && a_step == width) {
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = a[i];
    } else if (out_step == width && a_step == -width) {
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = a[-i];
    } else {
      for (Index i = 0; i < n; i++) *advance(out, i, out_step) = *advance(a, i, a_step);
    }
  }
}

// There are no vectors of booleans, which are bytes.
template <class T> struct Bytes { using type = T; };
template <> struct Bytes<bool> { using type = uint8_t; };

template <class To, class From>
void convert(To* out, From* a, const Loop& loop) {
  if constexpr (__is_same(To, From)) {
    using Plain = typename Bytes<To>::type;
    const Operand operands[] = {{out, sizeof(To)}, {a, sizeof(From)}};
    walk(loop, operands, 2, cost::simple, copy_piece<Plain>, nullptr, true);
  } else {
    map(loop, cost::simple, [](From x) -> To { return converted<To>(x); }, out, a);
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
  }, &x, true);
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
  // Bands of pixels, so that one picture too has work for several threads.
  constexpr Index band = 64;
  const Index bands = (p + band - 1) / band;
  parallel(n * bands, 0.4 * c * (p < band ? p : band), [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      const Index first = b % bands * band, left = p - first;
      T* to = out + b / bands * c * p + first * c;
      transpose(to, c, a + b / bands * c * p + first, p, c, left < band ? left : band);
    }
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
