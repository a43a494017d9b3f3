// The micro-kernel: one tile of C (R rows x V vectors) stays in registers while the whole sum over k runs past it.
//
//   c[i][j] = sum over stretches, over k in the stretch: a[i][k] b[k][j]
//
// One template serves matrix products and convolutions, which differ only in where the tile's rows of A lie:
//   adjacent   row i at a + i: packed panels, transposed A in place, channels of a pixel (weight gradients)
//   spaced     row i at a + i row_step, steps of one element: A in place, pixels of one image row
//   scattered  row i at a + rows[i]: any pixels, any taps
// and in how many stretches the sum has (a convolution has one for each run of taps that is contiguous in the image). Each step of k
// broadcasts R numbers of A and loads V vectors of B for R V multiply-adds. Spaced rows share a pointer in threes (p, p + step, p + 2 step
// are addressing modes), so that 14 of them need 5 registers; scattered ones need a register each, hence fewer rows (CONV_TILE).
// The order of every element's sum is that of k alone, whatever the tile: all variants give the same bits.
#pragma once
#include "../kernel.h"
#include "../vec.h"

namespace flambeau::TARGET {

/// A part of the sum: `k` steps from offset `a` of every row on, against the rows of B from `b` on.
struct Stretch {
  Index a, b, k;
};

enum class RowsAt { adjacent, spaced, scattered };

template <class T>
struct TileCall {
  const Stretch* stretches;
  Index count;
  const T* a;
  Index a_step;       // adjacent and scattered: elements from k to k + 1
  Index row_step;     // spaced
  const Index* rows;  // scattered
  const T* b;         // V vectors are read at each row
  Index ldb;
  T* c;
  Index ldc;
  const Index* c_rows;  // instead of multiples of ldc, unless null
  const T* bias;        // added once, unless null
  bool add;             // to what C holds
  int columns;          // of C that exist, <= V vectors
};

template <class T, int R, int V>
FLAMBEAU_INLINE void finish_tile(const TileCall<T>& t, const Lanes<T> (&sum)[R][V]) {
  constexpr int W = WIDTH<T>;
  FLAMBEAU_UNROLL for (int i = 0; i < R; i++) {
    T* c = t.c + (t.c_rows ? t.c_rows[i] : i * t.ldc);
    FLAMBEAU_UNROLL for (int j = 0; j < V; j++) {
      Lanes<T> v = sum[i][j];
      const int left = t.columns - j * W;
      if (left >= W) {
        if (t.bias) v += load(t.bias + j * W);
        if (t.add) v += load(c + j * W);
        store(c + j * W, v);
      } else if (left > 0) {
        if (t.bias) v += load_part(t.bias + j * W, left);
        if (t.add) v += load_part(c + j * W, left);
        store_part(c + j * W, v, left);
      }
    }
  }
}

/// With `Part`, B is read in place and its last vector has only the columns of C.
template <class T, int R, int V, RowsAt At, bool Part = false>
__attribute__((noinline)) void tile(const TileCall<T>& t) {
  constexpr int W = WIDTH<T>;
  constexpr int pointers = At == RowsAt::adjacent ? 1 : At == RowsAt::spaced ? (R + 2) / 3 : R;
  Lanes<T> sum[R][V] = {};
  const Index ldb = t.ldb, row_step = t.row_step, a_step = At == RowsAt::spaced ? 1 : t.a_step;
  const int last = t.columns - (V - 1) * W;
  for (Index s = 0; s < t.count; s++) {
    const Stretch stretch = t.stretches[s];
    const T* b = t.b + stretch.b * ldb;
    const T* p[pointers];
    FLAMBEAU_UNROLL for (int i = 0; i < pointers; i++) {
      p[i] = t.a + stretch.a + (At == RowsAt::adjacent ? 0 : At == RowsAt::spaced ? 3 * i * row_step : t.rows[i]);
    }
    Index q = 0;
#pragma GCC unroll 4
    for (Index k = 0; k < stretch.k; k++) {
      Lanes<T> row[V];
      FLAMBEAU_UNROLL for (int j = 0; j < V; j++) {
        row[j] = Part && j == V - 1 ? load_part(b + j * W, last) : load(b + j * W);
      }
      FLAMBEAU_UNROLL for (int i = 0; i < R; i++) {
        const T x = At == RowsAt::adjacent ? p[0][i] : At == RowsAt::spaced ? p[i / 3][i % 3 * row_step] : p[i][q];
        FLAMBEAU_UNROLL for (int j = 0; j < V; j++) sum[i][j] = fmadd(splat<Lanes<T>>(x), row[j], sum[i][j]);
      }
      b += ldb;
      if (At == RowsAt::scattered) q += a_step;
      else FLAMBEAU_UNROLL for (int i = 0; i < pointers; i++) p[i] += a_step;
    }
  }
  finish_tile<T, R, V>(t, sum);
}

template <class T>
using TileKernel = void (*)(const TileCall<T>&);

/// The micro-kernels of 1..R rows for V vectors, by their number of rows.
template <class T, int R, int V, RowsAt At>
TileKernel<T> tile_of(int rows) {
  if constexpr (R > 1) {
    return rows == R ? &tile<T, R, V, At> : tile_of<T, R - 1, V, At>(rows);
  } else {
    return &tile<T, 1, V, At>;
  }
}

/// The same where the vectors vary, too.
template <class T, int R, int V, RowsAt At>
TileKernel<T> tile_of(int rows, int vectors) {
  if constexpr (V > 1) {
    return vectors == V ? tile_of<T, R, V, At>(rows) : tile_of<T, R, V - 1, At>(rows, vectors);
  } else {
    return tile_of<T, R, 1, At>(rows);
  }
}

/// `total` rows in the fewest tiles of at most `most`, heights differing by at most one: 32 rows are 6, 6, 5, 5, 5, 5.
struct EvenSplit {
  Index count, taller;
  int base;
  EvenSplit(Index total, int most)
      : count((total + most - 1) / most),
        taller(count ? total % count : 0),
        base(count ? static_cast<int>(total / count) : 0) {}
  Index begin(Index part) const { return part * base + (part < taller ? part : taller); }
  int size(Index part) const { return base + (part < taller); }
};

inline Index ceil_div(Index a, Index b) { return (a + b - 1) / b; }
inline Index least(Index a, Index b) { return a < b ? a : b; }
inline Index most(Index a, Index b) { return a > b ? a : b; }

/// Multiply-adds and additions in a nanosecond on one thread, as kernels reach them roughly: for estimates of time.
template <class T>
constexpr double FLOPS_PER_NS = 4.0 * WIDTH<T>;

}  // namespace flambeau::TARGET
