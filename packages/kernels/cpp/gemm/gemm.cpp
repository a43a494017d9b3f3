// gemm: out (M,N) = beta out + op(a) (M,K) op(b) (K,N) + bias (N), row-major with leading dimensions, for each of a batch.
//
// Four ways: plain loops (K = 1), dot products along K (few columns, B transposed), wide strips (few rows), and the blocked product for all
// else. linear: x (M,K) weight (N,K) transposed, whose packed weight the caller may keep. The choice depends on the shape alone, never on the threads, and so does the order of every sum. Integers take a plain loop.
// Measured on one Zen 5 core (f32; multiply-add peak 280 GF/s): 512 cubed 260 GF/s (93 %), 1024 cubed 218-242, 64 x 6272 x 10 and its
// gradients 171-210 of real work, 496 x 13 x 100 166; with AVX2 alone 1024 cubed 132; as WebAssembly 256 cubed 39.
// On a Sapphire Rapids core (peak 140-185, as its clock goes): 512 cubed 152, 1024 cubed 150.
#include "gemm.h"

#include "dot.h"
#include "strips.h"
#include "tiled.h"

namespace flambeau::TARGET {
namespace {

/// Whether dot products take less time than tiles, by an estimate in cycles (two multiply-adds each): tiles pay for the columns and
/// rows that fill them up and for packing B, dot products for adding up lanes.
template <class T>
bool dots_are_faster(const Product<T>& p) {
  if (p.trans_a || !p.trans_b || (p.n > 32 && p.m > 2)) return false;
  const double W = WIDTH<T>, rows = ceil_div(p.m, WIDE_TILE.rows), vectors = ceil_div(p.n, WIDTH<T>);
  const double a_step = most(4, ceil_div(p.m, static_cast<Index>(rows)) * least(static_cast<Index>(vectors), 2) / 2);
  const double tiles = rows * ceil_div(static_cast<Index>(vectors), 2) * p.k * a_step + p.n * p.k;
  const double dots = p.m * p.n * (ceil_div(p.k, WIDTH<T>) / 2.0 + W / 2);
  return dots < tiles;
}

/// A single column lies along K in either order.
template <class T>
Product<T> as_dots(Product<T> p) {
  p.trans_b = true;
  p.ldb = p.k;
  return p;
}

template <class T>
void fill_bias(const Product<T>& p) {
  for (Index i = 0; i < p.m; i++) {
    for (Index j = 0; j < p.n; j++) {
      T* out = p.out + i * p.ldc + j;
      *out = (p.add ? *out : T(0)) + (p.bias ? p.bias[j] : T(0));
    }
  }
}

template <class T>
void scale(T* out, Index m, Index n, Index ldc, T beta) {
  for (Index i = 0; i < m; i++) {
    for (Index j = 0; j < n; j++) out[i * ldc + j] *= beta;
  }
}

/// The one problem of an integer product; sums wrap round, which only unsigned arithmetic may do.
template <class T>
void multiply_integers(const Product<T>& p) {
  using U = typename UnsignedOf<sizeof(T)>::type;
  parallel(p.m, 0.5 * p.n * p.k, [&](Index begin, Index end) {
    for (Index i = begin; i < end; i++) {
      U* out = reinterpret_cast<U*>(p.out + i * p.ldc);
      for (Index j = 0; j < p.n; j++) out[j] = (p.add ? out[j] : U(0)) + (p.bias ? static_cast<U>(p.bias[j]) : U(0));
      for (Index l = 0; l < p.k; l++) {
        const U x = static_cast<U>(*p.a_at(i, l));
        const Index step = p.trans_b ? p.ldb : 1;
        const T* b = p.b_at(l, 0);
        for (Index j = 0; j < p.n; j++) out[j] += x * static_cast<U>(b[j * step]);
      }
    }
  });
}

template <class T>
void multiply_any(const Product<T>& p, double beta) {
  if (p.add && beta != 1) scale(p.out, p.m, p.n, p.ldc, static_cast<T>(beta));
  if constexpr (static_cast<T>(0.5) == 0) multiply_integers(p);
  else multiply(p);
}

}  // namespace

template <class T>
void multiply(const Product<T>& p) {
  if (p.m == 0 || p.n == 0) return;
  if (p.k == 0) return fill_bias(p);
  if (p.n == 1 && !p.trans_b && p.ldb == 1) return multiply(as_dots(p));
  if (p.k == 1 && !p.trans_b) return multiply_outer(p);
  if (dots_are_faster(p)) return multiply_dots(p);
  if (!p.trans_b && p.m <= 2 && p.n > WIDTH<T>) return multiply_strips(p);
  multiply_tiles(p);
}

template void multiply<float>(const Product<float>&);
template void multiply<double>(const Product<double>&);

template <class T>
void gemm(T* out, T* a, T* b, T* bias, Index batch, Index m, Index n, Index k, Index trans_a, Index lda, Index trans_b,
          Index ldb, Index ldc, Index a_step, Index b_step, Index out_step, double beta) {
  const auto problem = [=](Index i) {
    return Product<T>{out + i * out_step, a + i * a_step, b + i * b_step, bias, m, n, k, trans_a != 0, lda, trans_b != 0, ldb, ldc, beta != 0};
  };
  const double ns = 2.0 * m * n * k / FLOPS_PER_NS<T> + 50;
  // Many problems are shared out whole, few large ones each by themselves.
  if (batch >= 8 || (batch > 1 && ns < 20000)) {
    parallel(batch, ns, [&](Index begin, Index end) {
      for (Index i = begin; i < end; i++) multiply_any(problem(i), beta);
    });
  } else {
    for (Index i = 0; i < batch; i++) multiply_any(problem(i), beta);
  }
}

/// Packing the weight takes a few microseconds for every 64 KB: as long as some hundred rows, and nothing beside thousands.
constexpr Index kept_for_rows = 1024;

template <class T>
void linear_kept(Index m, Index n, Index k) {
  const Product<T> p = {nullptr, nullptr, nullptr, nullptr, m, n, k, false, k, true, k, n, false};
  const Index count = TiledProduct<T>::packed_size(n, k);
  const bool worth = m > 0 && n > 1 && m <= kept_for_rows && count <= weights_in_cache && !dots_are_faster(p) && !splits(p);
  results()[0] = worth ? static_cast<double>(count) : 0;
}

template <class T>
void linear(T* out, T* x, T* weight, T* bias, T* kept, Index packed, Index m, Index n, Index k, Index trans_x, Index ldx) {
  multiply(Product<T>{out, x, weight, bias, m, n, k, trans_x != 0, ldx, true, k, n, false, kept, packed != 0});
}

EXPORT_gemm
EXPORT_linear
EXPORT_linear_kept

}  // namespace flambeau::TARGET
