// Folds of numbers that lie in a run: what the reductions over rows are made of.
//
// A fold says what it starts from, how an element enters a lane, how totals join; lanes may be narrower than totals. `step` is written once for
// plain numbers and for vectors. A run is taken up in blocks; several vectors are in flight, for one would wait for itself.
#pragma once
#include "elementwise/number.h"

namespace flambeau::TARGET {

/// The least and the greatest number of a type: infinities where it has them.
template <class T>
constexpr T least() {
  if constexpr (is_float<T>) return -static_cast<T>(__builtin_inf());
  else return lowest_of<T>;
}
template <class T>
constexpr T greatest() {
  if constexpr (is_float<T>) return static_cast<T>(__builtin_inf());
  else return highest_of<T>;
}

template <class T>
struct Sum {
  using Lane = T;
  using Total = T;
  static constexpr T start = 0;
  template <class V> static FLAMBEAU_INLINE V step(V sum, V x) { return sum + x; }
  static Total join(Total a, Total b) { return a + b; }
};
template <>
struct Sum<float> {
  using Lane = float;
  using Total = double;
  static constexpr float start = 0;
  template <class V> static FLAMBEAU_INLINE V step(V sum, V x) { return sum + x; }
  static Total join(Total a, Total b) { return a + b; }
};
/// Squares of elements; what is joined are sums.
template <class T>
struct Squares : Sum<T> {
  template <class V> static FLAMBEAU_INLINE V step(V sum, V x) { return sum + x * x; }
};
template <class T>
struct Product {
  using Lane = T;
  using Total = T;
  static constexpr T start = 1;
  template <class V> static FLAMBEAU_INLINE V step(V product, V x) { return product * x; }
  static Total join(Total a, Total b) { return a * b; }
};
// A NaN that arrives is taken, for `larger` answers its second operand then, and stays. `Numbers` is the fold for numbers that hold no NaN.
struct LargestNumber {
  template <class V> static FLAMBEAU_INLINE V step(V best, V x) { return larger(best, x); }
};
struct SmallestNumber {
  template <class V> static FLAMBEAU_INLINE V step(V best, V x) { return smaller(best, x); }
};
template <class T>
struct Largest {
  using Numbers = LargestNumber;
  using Lane = T;
  using Total = T;
  static constexpr T start = least<T>(), end = greatest<T>();
  template <class V> static FLAMBEAU_INLINE V step(V best, V x) { return best != best ? best : larger(best, x); }
  static Total join(Total a, Total b) { return step(a, b); }
};
template <class T>
struct Smallest {
  using Numbers = SmallestNumber;
  using Lane = T;
  using Total = T;
  static constexpr T start = greatest<T>(), end = least<T>();
  template <class V> static FLAMBEAU_INLINE V step(V best, V x) { return best != best ? best : smaller(best, x); }
  static Total join(Total a, Total b) { return step(a, b); }
};
// Booleans are bytes of 0 or 1.
struct Any {
  using Lane = uint8_t;
  using Total = uint8_t;
  static constexpr uint8_t start = 0;
  template <class V> static FLAMBEAU_INLINE V step(V some, V x) { return some | x; }
  static Total join(Total a, Total b) { return a | b; }
};
struct All {
  using Lane = uint8_t;
  using Total = uint8_t;
  static constexpr uint8_t start = 1;
  template <class V> static FLAMBEAU_INLINE V step(V every, V x) { return every & x; }
  static Total join(Total a, Total b) { return a & b; }
};

/// The fold that lanes are joined by: the same, but for squares.
template <class F> struct JoinOf { using type = F; };
template <class T> struct JoinOf<Squares<T>> { using type = Sum<T>; };
template <class F> using Join = typename JoinOf<F>::type;

/// The lower and the upper half of a vector: shuffles, where a copy of the bytes would go through memory.
template <class T, int N>
struct Halves {
  Vector<T, N / 2> low, high;

  explicit FLAMBEAU_INLINE Halves(Vector<T, N> v) {
    if constexpr (N == 16) {
      low = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7);
      high = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    } else if constexpr (N == 8) {
      low = __builtin_shufflevector(v, v, 0, 1, 2, 3);
      high = __builtin_shufflevector(v, v, 4, 5, 6, 7);
    } else if constexpr (N == 4) {
      low = __builtin_shufflevector(v, v, 0, 1);
      high = __builtin_shufflevector(v, v, 2, 3);
    } else {
      __builtin_memcpy(&low, &v, sizeof low);
      __builtin_memcpy(&high, reinterpret_cast<const char*>(&v) + sizeof low, sizeof high);
    }
  }
};

/// The fold of a vector's lanes, by halves.
template <class F, class T, int N>
FLAMBEAU_INLINE T fold_lanes(Vector<T, N> v) {
  if constexpr (N == 2) {
    return F::step(static_cast<T>(v[0]), static_cast<T>(v[1]));
  } else {
    const Halves<T, N> halves(v);
    return fold_lanes<F, T, N / 2>(F::step(halves.low, halves.high));
  }
}

/// Whether a fold hands NaNs on.
template <class F> constexpr bool hands_nan_on = false;
template <> inline constexpr bool hands_nan_on<Largest<float>> = true;
template <> inline constexpr bool hands_nan_on<Largest<double>> = true;
template <> inline constexpr bool hands_nan_on<Smallest<float>> = true;
template <> inline constexpr bool hands_nan_on<Smallest<double>> = true;

/// The same as a total: lanes of float that have a total of double are joined in double.
template <class F, class T>
FLAMBEAU_INLINE typename F::Total total_of(Lanes<T> v) {
  if constexpr (hands_nan_on<F>) {
    // With an infinity for each NaN the halves need not look for them; only an infinite result leaves open what it was made of.
    const T best = fold_lanes<typename F::Numbers, T, WIDTH<T>>(v == v ? v : F::end - Lanes<T>{});
    return __builtin_expect(best == F::end, 0) ? fold_lanes<F, T, WIDTH<T>>(v) : best;
  } else if constexpr (__is_same(T, typename F::Total)) {
    return fold_lanes<F, T, WIDTH<T>>(v);
  } else {
    using Wide = Vector<double, WIDTH<T> / 2>;
    const Halves<T, WIDTH<T>> halves(v);
    return fold_lanes<F, double, WIDTH<T> / 2>(F::step(__builtin_convertvector(halves.low, Wide), __builtin_convertvector(halves.high, Wide)));
  }
}

/// Elements that the lanes take up before they are added to the total.
constexpr Index fold_block = 4096;

/// The fold of n <= fold_block elements that adjoin.
template <class F, class T>
FLAMBEAU_INLINE typename F::Total fold_dense(const T* x, Index n) {
  constexpr Index W = WIDTH<T>;
  const Lanes<T> start = F::start - Lanes<T>{};
  Lanes<T> a = start, b = start, c = start, d = start;  // an array of them would be kept in memory between the loops
  Index i = 0;
  for (; i + 4 * W <= n; i += 4 * W) {
    a = F::step(a, load(x + i));
    b = F::step(b, load(x + i + W));
    c = F::step(c, load(x + i + 2 * W));
    d = F::step(d, load(x + i + 3 * W));
  }
  for (; i + W <= n; i += W) a = F::step(a, load(x + i));
  typename F::Total rest = F::start;
  if constexpr (sizeof(T) >= 4) {
    if (i < n) {
      const Part part{static_cast<int>(n - i)};
      b = F::step(b, part.keep(part.load(x + i), start));
    }
  } else {
    for (; i < n; i++) rest = F::step(rest, x[i]);
  }
  using J = Join<F>;
  return F::join(rest, total_of<J, T>(J::step(J::step(a, b), J::step(c, d))));
}

/// The fold of n elements, `step` apart.
template <class F, class T>
typename F::Total fold_run(const T* a, Index n, Index step) {
  typename F::Total total = F::start;
  for (Index begin = 0; begin < n; begin += fold_block) {
    const Index count = n - begin < fold_block ? n - begin : fold_block;
    const T* at = a + begin * step;
    if (step == 1) {
      total = F::join(total, fold_dense<F>(at, count));
      continue;
    }
    typename F::Lane lane[4] = {F::start, F::start, F::start, F::start};
    for (Index i = 0; i < count; i++) lane[i % 4] = F::step(lane[i % 4], at[i * step]);
    for (int j = 0; j < 4; j++) total = F::join(total, lane[j]);
  }
  return total;
}

}  // namespace flambeau::TARGET
