// The micro-kernel's template and its instances, chosen by the number of rows and vectors.
//
// Each step of k broadcasts R numbers of A and loads V vectors of B for R V multiply-adds. On AVX-512 that is 8 x 3 with 11 loads for 24
// multiply-adds or 14 x 2 with 16 for 28, on AVX2 6 x 2 with 8 for 12: the multipliers are the bound, not the loads. Spaced rows share a pointer in
// threes (p, p + step, p + 2 step are addressing modes), so that 14 of them need 5 registers; scattered ones need a register each.
#include "micro.h"

namespace flambeau::TARGET {
namespace {

template <class T, int R, int V>
FLAMBEAU_INLINE void finish_tile(const TileCall<T>& t, Lanes<T> (&sum)[R][V]) {
  constexpr int W = WIDTH<T>;
  const auto row = [&](int i) { return t.c + (t.c_rows ? t.c_rows[i] : i * t.ldc); };
  if (t.columns == V * W) {
    if (t.bias) {
      FLAMBEAU_UNROLL for (int j = 0; j < V; j++) {
        const Lanes<T> bias = load(t.bias + j * W);
        FLAMBEAU_UNROLL for (int i = 0; i < R; i++) sum[i][j] += bias;
      }
    }
    if (t.add) {
      FLAMBEAU_UNROLL for (int i = 0; i < R; i++) {
        FLAMBEAU_UNROLL for (int j = 0; j < V; j++) sum[i][j] += load(row(i) + j * W);
      }
    }
    FLAMBEAU_UNROLL for (int i = 0; i < R; i++) {
      T* c = row(i);
      FLAMBEAU_UNROLL for (int j = 0; j < V; j++) store(c + j * W, sum[i][j]);
    }
    return;
  }
  FLAMBEAU_UNROLL for (int j = 0; j < V; j++) {
    const int left = t.columns - j * W < W ? t.columns - j * W : W;
    if (left <= 0) break;
    const Lanes<T> bias = !t.bias ? Lanes<T>{} : left == W ? load(t.bias + j * W) : load_part(t.bias + j * W, left);
    FLAMBEAU_UNROLL for (int i = 0; i < R; i++) {
      T* c = row(i) + j * W;
      Lanes<T> v = sum[i][j] + bias;
      if (left == W) {
        if (t.add) v += load(c);
        store(c, v);
      } else {
        if (t.add) v += load_part(c, left);
        store_part(c, v, left);
      }
    }
  }
}

template <class T, int R, int V, RowsAt At, bool Part = false>
void tile(const TileCall<T>& t) {
  constexpr int W = WIDTH<T>;
  constexpr int pointers = At == RowsAt::adjacent ? 1 : At == RowsAt::spaced ? (R + 2) / 3 : R;
  Lanes<T> sum[R][V] = {};
  const Index ldb = t.ldb, row_step = t.row_step, a_step = At == RowsAt::spaced ? 1 : t.a_step;
  const int last = t.columns - (V - 1) * W;
  // The rows of C are far apart, so that nothing else would fetch them while the sums run.
  FLAMBEAU_UNROLL for (int i = 0; i < R; i++) {
    FLAMBEAU_UNROLL for (int j = 0; j < V; j++) __builtin_prefetch(t.c + (t.c_rows ? t.c_rows[i] : i * t.ldc) + j * W, 1);
  }
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

/// The instances of up to so many rows and vectors as WIDE_TILE or, where rows need no registers of their own, TALL_TILE has.
template <class T, RowsAt At>
struct TileTable {
  static constexpr int most_rows = At == RowsAt::scattered ? WIDE_TILE.rows : TALL_TILE.rows;
  TileKernel<T> at[most_rows][WIDE_TILE.vectors] = {};
  constexpr TileTable() { fill<most_rows, WIDE_TILE.vectors>(); }
  template <int r, int v>
  constexpr void fill() {
    if constexpr (r <= WIDE_TILE.rows || v <= TALL_TILE.vectors) at[r - 1][v - 1] = &tile<T, r, v, At>;
    if constexpr (v > 1) fill<r, v - 1>();
    else if constexpr (r > 1) fill<r - 1, WIDE_TILE.vectors>();
  }
};
template <class T, RowsAt At>
constexpr TileTable<T, At> tile_table{};

/// The instances of one row for strips, whole and with their last vector in part.
template <class T>
struct StripTable {
  TileKernel<T> at[STRIP_VECTORS][2] = {};
  constexpr StripTable() { fill<STRIP_VECTORS>(); }
  template <int v>
  constexpr void fill() {
    at[v - 1][0] = &tile<T, 1, v, RowsAt::adjacent, false>;
    at[v - 1][1] = &tile<T, 1, v, RowsAt::adjacent, true>;
    if constexpr (v > 1) fill<v - 1>();
  }
};
template <class T>
constexpr StripTable<T> strip_table{};

}  // namespace

template <class T>
TileKernel<T> tile_kernel(RowsAt at, int rows, int vectors) {
  switch (at) {
    case RowsAt::adjacent: return tile_table<T, RowsAt::adjacent>.at[rows - 1][vectors - 1];
    case RowsAt::spaced: return tile_table<T, RowsAt::spaced>.at[rows - 1][vectors - 1];
    default: return tile_table<T, RowsAt::scattered>.at[rows - 1][vectors - 1];
  }
}
template TileKernel<float> tile_kernel<float>(RowsAt, int, int);
template TileKernel<double> tile_kernel<double>(RowsAt, int, int);

template <class T>
TileKernel<T> strip_kernel(int vectors, bool part) {
  return strip_table<T>.at[vectors - 1][part];
}
template TileKernel<float> strip_kernel<float>(int, bool);
template TileKernel<double> strip_kernel<double>(int, bool);

}  // namespace flambeau::TARGET
