// Products with a transposed B and few outputs, as dot products along K.
//
//   out (M,N) = a (M,K) b (N,K)^T
// Both operands are contiguous along K, so nothing is packed and N = 1 or 10 is not padded to a vector. A tile of rows x columns of sums
// stays in registers; each holds a vector of partial sums, added up across its lanes at the end. K is cut so that the rows of B and those of
// one tile of A stay in the first-level cache while all rows of A pass.
#pragma once
#include "micro.h"
#include "product.h"

namespace flambeau::TARGET {

#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int DOT_ROWS = 4;  // 4 x 5 sums, 4 + 1 operands, of 32 registers
#else
constexpr int DOT_ROWS = 2;  // 2 x 5 sums of 16
#endif
constexpr int DOT_COLUMNS = 5;

template <class T, int R, int C>
__attribute__((noinline)) void dot_tile(const Product<T>& p, Index i0, Index j0) {
  constexpr Index W = WIDTH<T>;
  const T* a = p.a + i0 * p.lda;
  const T* b = p.b + j0 * p.ldb;
  const Index lda = p.lda, ldb = p.ldb, K = p.k;
  Lanes<T> sum[R][C] = {};
  const auto step = [&](auto&& read) {
    Lanes<T> x[R];
    FLAMBEAU_UNROLL for (int i = 0; i < R; i++) x[i] = read(a + i * lda);
    FLAMBEAU_UNROLL for (int j = 0; j < C; j++) {
      const Lanes<T> y = read(b + j * ldb);
      FLAMBEAU_UNROLL for (int i = 0; i < R; i++) sum[i][j] = fmadd(x[i], y, sum[i][j]);
    }
  };
  Index k = 0;
  for (; k + W <= K; k += W) step([&](const T* at) { return load(at + k); });
  if (k < K) step([&](const T* at) { return load_part(at + k, static_cast<int>(K - k)); });
  for (int i = 0; i < R; i++) {
    for (int j = 0; j < C; j++) {
      T* out = p.out + (i0 + i) * p.ldc + j0 + j;
      T v = sum_of(sum[i][j]);
      if (p.bias) v += p.bias[j0 + j];
      *out = p.add ? *out + v : v;
    }
  }
}

template <class T, int R>
void dot_rows(const Product<T>& p, Index i, Index j, Index end) {
  for (; j + DOT_COLUMNS <= end; j += DOT_COLUMNS) dot_tile<T, R, DOT_COLUMNS>(p, i, j);
  for (; j + 2 <= end; j += 2) dot_tile<T, R, 2>(p, i, j);
  if (j < end) dot_tile<T, R, 1>(p, i, j);
}

template <class T>
void multiply_dots(const Product<T>& p) {
  constexpr Index columns = 12 * DOT_COLUMNS, cache = 32 << 10, shortest = 32 * WIDTH<T>;
  const Index across = ceil_div(p.n, columns), down = ceil_div(p.m, DOT_ROWS);
  const Index fit = cache / static_cast<Index>(sizeof(T)) / (least(p.n, columns) + DOT_ROWS);
  const Index blocks = down > 1 ? ceil_div(p.k, most(shortest, fit)) : 1;
  const double ns = 2.0 * p.k * DOT_ROWS * least(p.n, columns) / FLOPS_PER_NS<T> + 20;
  parallel(across * down, ns, [&](Index begin, Index end) {
    for (Index strip = begin / down; strip * down < end; strip++) {
      const Index j = strip * columns, to = least(j + columns, p.n);
      const Index first = most(begin - strip * down, 0) * DOT_ROWS, stop = least((end - strip * down) * DOT_ROWS, p.m);
      for (Index block = 0; block < blocks; block++) {
        const Index k0 = p.k * block / blocks;
        Product<T> part = p;
        part.a += k0;
        part.b += k0;
        part.k = p.k * (block + 1) / blocks - k0;
        part.add = p.add || block > 0;
        part.bias = block > 0 ? nullptr : p.bias;
        Index i = first;
        for (; i + DOT_ROWS <= stop; i += DOT_ROWS) dot_rows<T, DOT_ROWS>(part, i, j, to);
        for (; i < stop; i++) dot_rows<T, 1>(part, i, j, to);
      }
    }
  });
}

}  // namespace flambeau::TARGET
