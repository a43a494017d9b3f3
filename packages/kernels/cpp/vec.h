// vec.h - the one vocabulary of vectors that every kernel is written in.
//
// Lanes<T> is the widest vector of T that the target has: 64 bytes with AVX-512, 32 with AVX2, 16 with SSE2, NEON and
// WebAssembly. All of it is GCC/Clang vector extensions: a * b + c contracts to a fused multiply-add where there is one
// (-ffp-contract=fast), a comparison gives a mask of integers as wide as T, `mask ? a : b` selects by it. The functions
// take the vector's type as their parameter V, and most of them work for a plain number too, so that the tail of a loop
// can be the same expression over V = T. Intrinsics stand in this file only, where extensions say something badly:
// loads and stores of part of a vector, and WebAssembly's relaxed multiply-add.
//
// The vector types carry no may_alias: a store through one may be assumed to leave other types' variables alone, which
// keeps loop bounds and pointers in registers.
#pragma once
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#ifndef TARGET
#define TARGET baseline
#endif
#define FLAMBEAU_INLINE inline __attribute__((always_inline))
#define FLAMBEAU_UNROLL _Pragma("GCC unroll 32")

namespace flambeau::TARGET {

#if defined(__AVX512F__)
constexpr int VECTOR_BYTES = 64;
#elif defined(__AVX__)
constexpr int VECTOR_BYTES = 32;
#else
constexpr int VECTOR_BYTES = 16;
#endif

// A vector of N numbers, aligned as it likes or only as one number is.
template <class T, int N> struct VectorOf {
  typedef T type __attribute__((vector_size(N * sizeof(T))));
  typedef T loose __attribute__((vector_size(N * sizeof(T)), aligned(alignof(T))));
};
template <class T, int N> using Vector = typename VectorOf<T, N>::type;

// How many T a full vector holds, and that vector.
template <class T> constexpr int WIDTH = VECTOR_BYTES / int(sizeof(T));
template <class T> using Lanes = Vector<T, WIDTH<T>>;

template <int Bytes> struct IntegerOf;
template <> struct IntegerOf<4> { typedef int32_t type; };
template <> struct IntegerOf<8> { typedef int64_t type; };
template <int Bytes> struct UnsignedOf;
template <> struct UnsignedOf<1> { typedef uint8_t type; };
template <> struct UnsignedOf<4> { typedef uint32_t type; };
template <> struct UnsignedOf<8> { typedef uint64_t type; };
// The integer as wide as T, and a vector of them: what a comparison of Lanes<T> gives.
template <class T> using Integer = typename IntegerOf<sizeof(T)>::type;
template <class T> using Mask = Lanes<Integer<T>>;

// The number type of a vector (or of a plain number), how many it holds, the type of its bits.
template <class V> struct LaneOf { typedef V type; static constexpr int count = 1; };
#define FLAMBEAU_LANE(T)                                                                                          \
  template <> struct LaneOf<Lanes<T>> { typedef T type; static constexpr int count = WIDTH<T>; };
FLAMBEAU_LANE(float) FLAMBEAU_LANE(double) FLAMBEAU_LANE(int32_t) FLAMBEAU_LANE(int64_t)
#undef FLAMBEAU_LANE
template <class V> using Lane = typename LaneOf<V>::type;
template <class V> constexpr int COUNT = LaneOf<V>::count;
template <class V> struct BitsOf { typedef Mask<Lane<V>> type; };
template <> struct BitsOf<float> { typedef int32_t type; };
template <> struct BitsOf<double> { typedef int64_t type; };
template <class V> using Bits = typename BitsOf<V>::type;

// -- memory -------------------------------------------------------------------------------------------------------------

// N numbers (a full vector unless said otherwise) from any address that suits one number; and back.
template <class T, int N = WIDTH<T>> FLAMBEAU_INLINE Vector<T, N> load(const T* p) {
  return *(const typename VectorOf<T, N>::loose*)p;
}
template <class T, int N = WIDTH<T>> FLAMBEAU_INLINE void store(T* p, Vector<T, N> v) {
  *(typename VectorOf<T, N>::loose*)p = v;
}
// The same in code that is written over V, a vector or a plain number.
template <class V> FLAMBEAU_INLINE V load_as(const Lane<V>* p) {
  if constexpr (COUNT<V> == 1) return *p;
  else return load(p);
}
template <class V> FLAMBEAU_INLINE void store_as(Lane<V>* p, V v) {
  if constexpr (COUNT<V> == 1) *p = v;
  else store(p, v);
}
// All lanes x; x - 0 is exact, for -0 too, so that this becomes one broadcast.
template <class V> FLAMBEAU_INLINE V splat(Lane<V> x) { return x - V{}; }

#if defined(__AVX__) && !defined(__AVX512F__)
alignas(32) constexpr int32_t LANE_MASKS[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
#endif
// The first n < WIDTH numbers, the other lanes 0; memory behind them is not touched.
template <class T> FLAMBEAU_INLINE Lanes<T> load_part(const T* p, int n) {
#if defined(__AVX512F__)
  if constexpr (sizeof(T) == 4) return (Lanes<T>)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
  else return (Lanes<T>)_mm512_maskz_loadu_pd((__mmask8)((1u << n) - 1), p);
#elif defined(__AVX__)
  if constexpr (sizeof(T) == 4)
    return (Lanes<T>)_mm256_maskload_ps((const float*)p, _mm256_loadu_si256((const __m256i*)(LANE_MASKS + 8 - n)));
  else return (Lanes<T>)_mm256_maskload_pd((const double*)p, _mm256_loadu_si256((const __m256i*)(LANE_MASKS + 8 - 2 * n)));
#else
  T part[WIDTH<T>] = {};
  for (int i = 0; i < n; i++) part[i] = p[i];
  return load(part);
#endif
}
template <class T> FLAMBEAU_INLINE void store_part(T* p, Lanes<T> v, int n) {
#if defined(__AVX512F__)
  if constexpr (sizeof(T) == 4) _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)v);
  else _mm512_mask_storeu_pd(p, (__mmask8)((1u << n) - 1), (__m512d)v);
#elif defined(__AVX__)
  if constexpr (sizeof(T) == 4)
    _mm256_maskstore_ps((float*)p, _mm256_loadu_si256((const __m256i*)(LANE_MASKS + 8 - n)), (__m256)v);
  else _mm256_maskstore_pd((double*)p, _mm256_loadu_si256((const __m256i*)(LANE_MASKS + 8 - 2 * n)), (__m256d)v);
#else
  for (int i = 0; i < n; i++) p[i] = v[i];
#endif
}

// As many numbers as a vector of W holds, as W. Named on x86, where GCC widens floats half a vector at a time.
template <class W, class T> FLAMBEAU_INLINE Lanes<W> load_converted(const T* p) {
#if defined(__AVX512F__)
  if constexpr (__is_same(T, float) && __is_same(W, double)) return (Lanes<W>)_mm512_cvtps_pd(_mm256_loadu_ps(p));
#elif defined(__AVX__)
  if constexpr (__is_same(T, float) && __is_same(W, double)) return (Lanes<W>)_mm256_cvtps_pd(_mm_loadu_ps(p));
#endif
  return __builtin_convertvector((load<T, WIDTH<W>>(p)), Lanes<W>);
}

// -- arithmetic ---------------------------------------------------------------------------------------------------------

// a * b + c in one rounding where the target has it.
template <class V> FLAMBEAU_INLINE V fmadd(V a, V b, V c) {
#if defined(__wasm_relaxed_simd__)
  if constexpr (COUNT<V> == 4) return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
  else if constexpr (COUNT<V> == 2) return __builtin_wasm_relaxed_madd_f64x2(a, b, c);
  else return a * b + c;
#else
  return a * b + c;
#endif
}
// The larger and the smaller; b where one is NaN. One instruction on x86, named because GCC compares and selects where another selection is near.
template <class V> FLAMBEAU_INLINE V larger(V a, V b) { return a > b ? a : b; }
template <class V> FLAMBEAU_INLINE V smaller(V a, V b) { return a < b ? a : b; }
#define FLAMBEAU_PICK(T, N, prefix, suffix)                                                                                \
  template <> FLAMBEAU_INLINE Vector<T, N> larger(Vector<T, N> a, Vector<T, N> b) { return (Vector<T, N>)prefix##_max_##suffix(a, b); }  \
  template <> FLAMBEAU_INLINE Vector<T, N> smaller(Vector<T, N> a, Vector<T, N> b) { return (Vector<T, N>)prefix##_min_##suffix(a, b); }
#if defined(__AVX512F__)
FLAMBEAU_PICK(float, 16, _mm512, ps) FLAMBEAU_PICK(double, 8, _mm512, pd)
#endif
#if defined(__AVX__)
FLAMBEAU_PICK(float, 8, _mm256, ps) FLAMBEAU_PICK(double, 4, _mm256, pd)
#endif
#if defined(__SSE2__)
FLAMBEAU_PICK(float, 4, _mm, ps) FLAMBEAU_PICK(double, 2, _mm, pd)
#endif
#undef FLAMBEAU_PICK

// The bits of a float vector as integers, and back.
template <class V> FLAMBEAU_INLINE Bits<V> bits_of(V a) {
  Bits<V> r;
  __builtin_memcpy(&r, &a, sizeof r);
  return r;
}
template <class V> FLAMBEAU_INLINE V from_bits(Bits<V> a) {
  V r;
  __builtin_memcpy(&r, &a, sizeof r);
  return r;
}

// Sums and maxima across the lanes, by halves: the same order on every target of the same width.
template <class T, int N> FLAMBEAU_INLINE T sum_lanes(Vector<T, N> v) {
  if constexpr (N == 1) {
    return v[0];
  } else {
    Vector<T, N / 2> low, high;
    __builtin_memcpy(&low, &v, sizeof low);
    __builtin_memcpy(&high, (const char*)&v + sizeof low, sizeof high);
    return sum_lanes<T, N / 2>(low + high);
  }
}
template <class V> FLAMBEAU_INLINE Lane<V> sum_of(V v) { return sum_lanes<Lane<V>, COUNT<V>>(v); }
template <class V> FLAMBEAU_INLINE Lane<V> largest_of(V v) {
  Lane<V> s = v[0];
  FLAMBEAU_UNROLL for (int i = 1; i < COUNT<V>; i++) s = v[i] > s ? v[i] : s;
  return s;
}

// Whole vectors, or the first n numbers of one: what the body of each_lanes reads and writes with. `keep` gives the
// other lanes another value, 0 unless said otherwise.
struct Whole {
  template <class T> FLAMBEAU_INLINE Lanes<T> load(const T* p) const { return TARGET::load(p); }
  template <class T> FLAMBEAU_INLINE void store(T* p, Lanes<T> v) const { TARGET::store(p, v); }
  template <class V> FLAMBEAU_INLINE V keep(V v, V = V{}) const { return v; }
};
struct Part {
  int n;
  template <class T> FLAMBEAU_INLINE Lanes<T> load(const T* p) const { return load_part(p, n); }
  template <class T> FLAMBEAU_INLINE void store(T* p, Lanes<T> v) const { store_part(p, v, n); }
  template <class V> FLAMBEAU_INLINE V keep(V v, V other = V{}) const {
    Bits<V> lane = {};
    FLAMBEAU_UNROLL for (int i = 0; i < COUNT<V>; i++) lane[i] = i;
    return lane < n ? v : other;
  }
};
// One number in all lanes.
struct Repeated {
  template <class T> FLAMBEAU_INLINE Lanes<T> load(const T* p) const { return splat<Lanes<T>>(*p); }
};
// body(i, lanes) for i = 0, WIDTH, ... up to n; `lanes` is a Whole, at the end perhaps a Part.
template <class T, class Body> FLAMBEAU_INLINE void each_lanes(ptrdiff_t n, const Body& body) {
  ptrdiff_t i = 0;
  for (; i + WIDTH<T> <= n; i += WIDTH<T>) body(i, Whole{});
  if (i < n) body(i, Part{(int)(n - i)});
}

// The sum of what term(i, lanes) gives for i = 0, WIDTH, ...; four sums are in flight, for one would wait for itself. `term` leaves 0 in
// lanes that do not count.
template <class T, class Term> FLAMBEAU_INLINE T sum_lanes_of(ptrdiff_t n, const Term& term) {
  constexpr ptrdiff_t W = WIDTH<T>;
  Lanes<T> sum[4] = {};
  ptrdiff_t i = 0;
  for (; i + 4 * W <= n; i += 4 * W) {
    FLAMBEAU_UNROLL for (int u = 0; u < 4; u++) sum[u] += term(i + u * W, Whole{});
  }
  for (; i + W <= n; i += W) sum[0] += term(i, Whole{});
  if (i < n) sum[1] += term(i, Part{(int)(n - i)});
  return sum_of((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

// 4 x 4 numbers transposed, out of 128-bit shuffles for float: good on SSE, NEON and WebAssembly alike.
template <class T> FLAMBEAU_INLINE void transpose4(const T* s, ptrdiff_t lds, T* d, ptrdiff_t ldd) {
  if constexpr (4 * sizeof(T) > VECTOR_BYTES) {
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) d[j * ldd + i] = s[i * lds + j];
  } else {
    Vector<T, 4> a = load<T, 4>(s), b = load<T, 4>(s + lds), c = load<T, 4>(s + 2 * lds), e = load<T, 4>(s + 3 * lds);
    Vector<T, 4> ab0 = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab1 = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    Vector<T, 4> ce0 = __builtin_shufflevector(c, e, 0, 4, 1, 5), ce1 = __builtin_shufflevector(c, e, 2, 6, 3, 7);
    store<T, 4>(d, __builtin_shufflevector(ab0, ce0, 0, 1, 4, 5));
    store<T, 4>(d + ldd, __builtin_shufflevector(ab0, ce0, 2, 3, 6, 7));
    store<T, 4>(d + 2 * ldd, __builtin_shufflevector(ab1, ce1, 0, 1, 4, 5));
    store<T, 4>(d + 3 * ldd, __builtin_shufflevector(ab1, ce1, 2, 3, 6, 7));
  }
}

// -- register tiles -----------------------------------------------------------------------------------------------------

// Rows x vectors of the result that the micro-kernel keeps in registers, with room for one row of B vectors and a broadcast. The wide one loads
// least for a multiply-add (a matrix product of 1024 on Zen 4: 205 GF/s against 190) and leaves registers for pointers to its rows. The tall one fills its
// panels where their width is a power of two, as numbers of channels, hidden units and heads are.
struct Tile {
  int rows, vectors;
};
#if defined(__AVX512F__)
constexpr Tile TALL_TILE = {14, 2};  // 28 of the 32 zmm registers
constexpr Tile WIDE_TILE = {8, 3};   // 24
#elif defined(__AVX__)
constexpr Tile TALL_TILE = {6, 2};   // 12 of the 16 ymm registers
constexpr Tile WIDE_TILE = {6, 2};
#elif defined(__aarch64__)
constexpr Tile TALL_TILE = {8, 3};   // 24 of the 32 v registers
constexpr Tile WIDE_TILE = {8, 3};
#else
constexpr Tile TALL_TILE = {6, 2};   // 12 of 16 xmm registers, and of what WebAssembly engines map onto
constexpr Tile WIDE_TILE = {6, 2};
#endif

}  // namespace flambeau::TARGET
