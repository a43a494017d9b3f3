// Packing: a block of an operand copied into the order in which the micro-kernel reads it.
//
//   B (K,N) -> panels of `width` columns, [k][width], zeros where a panel is wider than what is left
//   A (M,K) -> panels of `rows` rows, [k][rows]
// Transposed operands go through 4 x 4 blocks, several at once.
#pragma once
#include "../transpose.h"
#include "micro.h"

namespace flambeau::TARGET {

/// 4 L contiguous vectors of length n, `from_step` apart, become as many columns of to[n][step].
template <int L, class T>
inline void interleave_block(const T* from, Index from_step, Index n, T* to, Index step) {
  constexpr int fit = sizeof(T) == 4 ? VECTOR_BYTES / 16 : 1, lanes = L < fit ? L : fit;
  Index k = 0;
  for (; k + 4 <= n; k += 4) {
    FLAMBEAU_UNROLL for (int q = 0; q < 4 * L; q += 4 * lanes) {
      const T* s = from + q * from_step + k;
      T* d = to + k * step + q;
      if constexpr (lanes == 1) transpose4(s, from_step, d, step);
      else transpose4_lanes<lanes>(d, step, s, from_step);
    }
  }
  for (; k < n; k++) {
    for (int q = 0; q < 4 * L; q++) to[k * step + q] = from[q * from_step + k];
  }
}

/// The same of any number, `strands`. A last block that is not whole begins with some that have been written already.
template <class T>
inline void interleave(const T* from, Index from_step, Index strands, Index n, T* to, Index step) {
  if (strands < 4) {
    for (Index i = 0; i < strands; i++) {
      for (Index k = 0; k < n; k++) to[k * step + i] = from[i * from_step + k];
    }
    return;
  }
  for (Index done = 0; done < strands;) {
    const Index left = strands - done, block = left >= 16 ? 16 : left > 4 && strands >= 8 ? 8 : 4, i = least(done, strands - block);
    const auto some = block == 16 ? interleave_block<4, T> : block == 8 ? interleave_block<2, T> : interleave_block<1, T>;
    some(from + i * from_step, from_step, n, to + i, step);
    done = i + block;
  }
}

/// n rows of w numbers, `from_step` apart, become to[n][step], zeros from w to width.
template <class T>
inline void copy_rows(const T* from, Index from_step, Index w, Index width, Index n, T* to, Index step) {
  constexpr Index W = WIDTH<T>;
  for (Index k = 0; k < n; k++, from += from_step, to += step) {
    Index j = 0;
    for (; j + W <= w; j += W) store(to + j, load(from + j));
    if (j < w && j + W <= width) {
      store(to + j, load_part(from + j, static_cast<int>(w - j)));
      j += W;
    } else {
      for (; j < w; j++) to[j] = from[j];
    }
    for (; j < width; j++) to[j] = 0;
  }
}

/// w <= width columns of op(B) from column 0, kc rows.
template <class T>
inline void pack_b(bool trans, const T* b, Index ldb, Index kc, Index w, Index width, T* to) {
  if (!trans) return copy_rows(b, ldb, w, width, kc, to, width);
  interleave(b, ldb, w, kc, to, width);
  for (Index k = 0; k < kc && w < width; k++) {
    for (Index j = w; j < width; j++) to[k * width + j] = 0;
  }
}

/// `rows` rows of op(A), kc columns.
template <class T>
inline void pack_a(bool trans, const T* a, Index lda, Index kc, int rows, T* to) {
  if (!trans) return interleave(a, lda, rows, kc, to, rows);
  for (Index k = 0; k < kc; k++, a += lda, to += rows) {
    for (int i = 0; i < rows; i++) to[i] = a[i];
  }
}

}  // namespace flambeau::TARGET
