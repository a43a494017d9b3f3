// Products with very few rows: a row of C is a combination of the rows of B, which is read in place, once, in wide strips.
//
//   out (M,N) = op(a) (M,K) b (K,N), M <= 2 or K = 1
// A strip of 8 vectors keeps 8 sums in flight, which hides the latency of the multiply-add that a tile of one row and two vectors would
// wait for. The last strip has fewer vectors, and of its last one the columns that are left.
#pragma once
#include "micro.h"
#include "product.h"

namespace flambeau::TARGET {

template <class T>
void multiply_strips(const Product<T>& p) {
  constexpr Index W = WIDTH<T>, wide = STRIP_VECTORS * W;
  const Index strips = ceil_div(p.n, wide);
  parallel(p.m * strips, 2.0 * p.k * least(p.n, wide) / FLOPS_PER_NS<T> + 10, [&](Index begin, Index end) {
    const Stretch all = {0, 0, p.k};
    for (Index t = begin; t < end; t++) {
      const Index i = t / strips, j = t % strips * wide;
      TileCall<T> call = {};
      call.stretches = &all;
      call.count = 1;
      call.a = p.a_at(i, 0);
      call.a_step = p.trans_a ? p.lda : 1;
      call.b = p.b_at(0, j);
      call.ldb = p.ldb;
      call.c = p.out + i * p.ldc + j;
      call.bias = p.bias ? p.bias + j : nullptr;
      call.add = p.add;
      call.columns = static_cast<int>(least(wide, p.n - j));
      const int vectors = static_cast<int>(ceil_div(call.columns, W));
      strip_kernel<T>(vectors, call.columns < vectors * W)(call);
    }
  });
}

/// K = 1: the outer product of a column and a row, written once.
template <class T>
void multiply_outer(const Product<T>& p) {
  parallel(p.m, 0.1 * p.n, [&](Index begin, Index end) {
    for (Index i = begin; i < end; i++) {
      const Lanes<T> x = splat<Lanes<T>>(*p.a_at(i, 0));
      T* row = p.out + i * p.ldc;
      each_lanes<T>(p.n, [&](Index j, auto lanes) {
        Lanes<T> sum = x * lanes.load(p.b + j);
        if (p.bias) sum += lanes.load(p.bias + j);
        if (p.add) sum += lanes.load(row + j);
        lanes.store(row + j, sum);
      });
    }
  });
}

}  // namespace flambeau::TARGET
