// Matrices transposed in registers: blocks of as many rows as a vector has lanes.
//
// A cache line of the input is read once and one of the output written once, whatever power of two the rows are apart: tiles that are passed over element
// by element would need all their lines in the first-level cache at the same time. A block is first transposed within the 128-bit parts of its
// vectors, then the parts are. Numbers of 4 and of 8 bytes.
#pragma once
#include "vec.h"

namespace flambeau::TARGET {

template <int... I> struct Indices {};
template <int N, int... I> struct CountTo : CountTo<N - 1, N - 1, I...> {};
template <int... I> struct CountTo<0, I...> { using type = Indices<I...>; };

/// Numbers in a part of 128 bits, and parts in a vector.
template <class T> constexpr int IN_PART = 16 / int(sizeof(T));
template <class T> constexpr int PARTS = VECTOR_BYTES / 16;

/// In each part, the numbers of its half `Half` of a and b in turns, `Run` at a time: a0 b0 a1 b1.
template <int Half, int Run, class V, int... I>
FLAMBEAU_INLINE V in_turns(V a, V b, Indices<I...>) {
  constexpr int N = sizeof...(I), P = 16 * N / int(sizeof(V));
  return __builtin_shufflevector(a, b, (I / P * P + Half * P / 2 + I % P / (2 * Run) * Run + I % Run + (I % P / Run % 2) * N)...);
}
/// Every second part of a, from part `First` on, then those of b.
template <class T, int First, int... I>
FLAMBEAU_INLINE Lanes<T> every_second_part(Lanes<T> a, Lanes<T> b, Indices<I...>) {
  constexpr int P = IN_PART<T>, L = PARTS<T>;
  return __builtin_shufflevector(a, b, (I / P < L / 2 ? (2 * (I / P) + First) * P + I % P : WIDTH<T> + (2 * (I / P - L / 2) + First) * P + I % P)...);
}

/// out (W,W) = a (W,W) transposed; rows are `a_step` and `out_step` elements apart.
template <class T>
FLAMBEAU_INLINE void transpose_block(T* out, ptrdiff_t out_step, const T* a, ptrdiff_t a_step) {
  constexpr int P = IN_PART<T>, L = PARTS<T>;
  using V = Lanes<T>;
  using All = typename CountTo<WIDTH<T>>::type;
  V t[L][P];  // part k of t[g][j] is column k P + j of rows g P ...
  FLAMBEAU_UNROLL for (int g = 0; g < L; g++) {
    const T* row = a + g * P * a_step;
    if constexpr (P == 2) {
      const V x = load(row), y = load(row + a_step);
      t[g][0] = in_turns<0, 1>(x, y, All{});
      t[g][1] = in_turns<1, 1>(x, y, All{});
    } else {
      const V x = load(row), y = load(row + a_step), z = load(row + 2 * a_step), w = load(row + 3 * a_step);
      const V xy0 = in_turns<0, 1>(x, y, All{}), xy1 = in_turns<1, 1>(x, y, All{});
      const V zw0 = in_turns<0, 1>(z, w, All{}), zw1 = in_turns<1, 1>(z, w, All{});
      t[g][0] = in_turns<0, 2>(xy0, zw0, All{});
      t[g][1] = in_turns<1, 2>(xy0, zw0, All{});
      t[g][2] = in_turns<0, 2>(xy1, zw1, All{});
      t[g][3] = in_turns<1, 2>(xy1, zw1, All{});
    }
  }
  FLAMBEAU_UNROLL for (int j = 0; j < P; j++) {
    T* to = out + j * out_step;
    if constexpr (L == 1) {
      store(to, t[0][j]);
    } else if constexpr (L == 2) {
      store(to, every_second_part<T, 0>(t[0][j], t[1][j], All{}));
      store(to + P * out_step, every_second_part<T, 1>(t[0][j], t[1][j], All{}));
    } else {
      const V even0 = every_second_part<T, 0>(t[0][j], t[1][j], All{}), even1 = every_second_part<T, 0>(t[2][j], t[3][j], All{});
      const V odd0 = every_second_part<T, 1>(t[0][j], t[1][j], All{}), odd1 = every_second_part<T, 1>(t[2][j], t[3][j], All{});
      store(to, every_second_part<T, 0>(even0, even1, All{}));
      store(to + P * out_step, every_second_part<T, 0>(odd0, odd1, All{}));
      store(to + 2 * P * out_step, every_second_part<T, 1>(even0, even1, All{}));
      store(to + 3 * P * out_step, every_second_part<T, 1>(odd0, odd1, All{}));
    }
  }
}

/// The numbers of a, then those of b.
template <class V, int... I>
FLAMBEAU_INLINE auto side_by_side(V a, V b, Indices<I...>) {
  return __builtin_shufflevector(a, b, I...);
}

/// 4 L rows of 4 floats become 4 rows of 4 L: the shuffles that transpose a block of 4 x 4 do L of them, rows q and q + 4 beside each other in a vector.
template <int L>
FLAMBEAU_INLINE void transpose4_lanes(float* out, ptrdiff_t out_step, const float* a, ptrdiff_t a_step) {
  static_assert(L == 2 || L == 4);
  using All = typename CountTo<4 * L>::type;
  const auto two = [&](int q) {
    return side_by_side(load<float, 4>(a + q * a_step), load<float, 4>(a + (q + 4) * a_step), typename CountTo<8>::type{});
  };
  const auto rows = [&](int q) {
    if constexpr (L == 2) return two(q);
    else return side_by_side(two(q), two(q + 8), All{});
  };
  const auto x = rows(0), y = rows(1), z = rows(2), w = rows(3);
  const auto xy0 = in_turns<0, 1>(x, y, All{}), xy1 = in_turns<1, 1>(x, y, All{});
  const auto zw0 = in_turns<0, 1>(z, w, All{}), zw1 = in_turns<1, 1>(z, w, All{});
  store<float, 4 * L>(out, in_turns<0, 2>(xy0, zw0, All{}));
  store<float, 4 * L>(out + out_step, in_turns<1, 2>(xy0, zw0, All{}));
  store<float, 4 * L>(out + 2 * out_step, in_turns<0, 2>(xy1, zw1, All{}));
  store<float, 4 * L>(out + 3 * out_step, in_turns<1, 2>(xy1, zw1, All{}));
}

/// What is left beside the blocks.
template <class T>
inline void transpose_rest(T* out, ptrdiff_t out_step, const T* a, ptrdiff_t a_step, ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t c = 0;
  for (; c + 4 <= columns; c += 4) {
    ptrdiff_t r = 0;
    for (; r + 4 <= rows; r += 4) transpose4(a + r * a_step + c, a_step, out + c * out_step + r, out_step);
    for (; r < rows; r++) {
      for (ptrdiff_t i = 0; i < 4; i++) out[(c + i) * out_step + r] = a[r * a_step + c + i];
    }
  }
  for (; c < columns; c++) {
    for (ptrdiff_t r = 0; r < rows; r++) out[c * out_step + r] = a[r * a_step + c];
  }
}

/// out (C,R) = a (R,C) transposed.
template <class T>
inline void transpose(T* out, ptrdiff_t out_step, const T* a, ptrdiff_t a_step, ptrdiff_t rows, ptrdiff_t columns) {
  if constexpr (sizeof(T) >= 4) {
    constexpr ptrdiff_t W = WIDTH<T>;
    const ptrdiff_t r1 = rows / W * W, c1 = columns / W * W;
    for (ptrdiff_t c = 0; c < c1; c += W) {
      for (ptrdiff_t r = 0; r < r1; r += W) transpose_block(out + c * out_step + r, out_step, a + r * a_step + c, a_step);
    }
    if (r1 < rows) transpose_rest(out + r1, out_step, a + r1 * a_step, a_step, rows - r1, c1);
    if (c1 < columns) transpose_rest(out + c1 * out_step, out_step, a + c1, a_step, rows, columns - c1);
  } else {
    transpose_rest(out, out_step, a, a_step, rows, columns);
  }
}

}  // namespace flambeau::TARGET
