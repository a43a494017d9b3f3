// The micro-kernel: one tile of C (R rows x V vectors) stays in registers while the whole sum over k runs past it.
//
//   c[i][j] = sum over stretches, over k in the stretch: a[i][k] b[k][j]
//
// One template (micro.cpp) serves matrix products and convolutions, which differ only in where the tile's rows of A lie:
//   adjacent   row i at a + i: packed panels, transposed A in place, channels of a pixel (weight gradients)
//   spaced     row i at a + i row_step, steps of one element: A in place, pixels of one image row
//   scattered  row i at a + rows[i]: any pixels, any taps
// and in how many stretches the sum has (a convolution has one for each run of taps that is contiguous in the picture). The order of
// every element's sum is that of k alone, whatever the tile: all variants give the same bits.
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

template <class T>
using TileKernel = void (*)(const TileCall<T>&);

/// The micro-kernel for a tile that fits WIDE_TILE or, but for scattered rows, TALL_TILE.
template <class T>
TileKernel<T> tile_kernel(RowsAt at, int rows, int vectors);

/// One adjacent row of up to STRIP_VECTORS vectors. With `part`, B has no more columns than C: its last vector is read in part.
constexpr int STRIP_VECTORS = 8;
template <class T>
TileKernel<T> strip_kernel(int vectors, bool part);

inline Index ceil_div(Index a, Index b) { return (a + b - 1) / b; }
inline Index least(Index a, Index b) { return a < b ? a : b; }
inline Index most(Index a, Index b) { return a > b ? a : b; }

/// `total` rows in the fewest tiles of at most `limit`, heights differing by at most one: 32 rows are 6, 6, 5, 5, 5, 5.
struct EvenSplit {
  Index count, taller;
  int base;
  EvenSplit(Index total, int limit)
      : count(ceil_div(total, limit)),
        taller(count ? total % count : 0),
        base(count ? static_cast<int>(total / count) : 0) {}
  Index begin(Index part) const { return part * base + (part < taller ? part : taller); }
  int size(Index part) const { return base + (part < taller); }
};

/// Multiplications and additions in a nanosecond on one thread, less than what is reached: for estimates of time.
template <class T>
constexpr double FLOPS_PER_NS = 4.0 * WIDTH<T>;

}  // namespace flambeau::TARGET
