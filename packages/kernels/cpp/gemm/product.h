// One matrix product, described: out (M,N) = op(a) (M,K) op(b) (K,N) + bias (N), or the same added to out.
#pragma once
#include "../kernel.h"

namespace flambeau::TARGET {

/// How many packed weights stay in the last cache. More come from memory either way, so that nobody keeps them.
constexpr Index weights_in_cache = 4 << 20;

template <class T>
struct Product {
  T* out;
  const T* a;
  const T* b;
  const T* bias;  // or null
  Index m, n, k;
  bool trans_a;   // a is stored (K,M)
  Index lda;
  bool trans_b;   // b is stored (N,K)
  Index ldb;
  Index ldc;
  bool add;
  T* kept = nullptr;    // room for b in packed form, of N filled up to whole vectors x K numbers, that the caller keeps; blocked product only
  bool packed = false;  // and whether it is there already

  const T* a_at(Index i, Index l) const { return a + (trans_a ? l * lda + i : i * lda + l); }
  const T* b_at(Index l, Index j) const { return b + (trans_b ? j * ldb + l : l * ldb + j); }
};

}  // namespace flambeau::TARGET
