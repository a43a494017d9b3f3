// What runs along one dimension: extremes with their positions, running sums and products, equality.
//
// a (outer, N, inner), contiguous. A running sum of floats is kept in double, as PyTorch keeps it. Of equal extremes the first wins, and
// of NaN the first over everything.
#include "loop.h"

namespace flambeau::TARGET {
namespace {

template <bool Most, class T>
void extreme_along(T* values, int64_t* indices, const T* a, Index outer, Index n, Index inner) {
  parallel(outer * inner, 1.0 * n, [=](Index begin, Index end) {
    for (Index at = begin; at < end; at++) {
      const T* row = a + at / inner * n * inner + at % inner;
      T best = row[0];
      Index where = 0;
      for (Index i = 1; i < n; i++) {
        const T x = row[i * inner];
        if (best == best && (x != x || (Most ? x > best : x < best))) {
          best = x;
          where = i;
        }
      }
      if (values != nullptr) values[at] = best;
      indices[at] = where;
    }
  });
}

template <class T> struct Wide { using type = T; };
template <> struct Wide<float> { using type = double; };

template <bool Times, class T>
void running(T* out, const T* a, Index outer, Index n, Index inner) {
  parallel(outer * inner, 2.0 * n, [=](Index begin, Index end) {
    for (Index at = begin; at < end; at++) {
      const Index start = at / inner * n * inner + at % inner;
      typename Wide<T>::type total = Times ? 1 : 0;
      for (Index i = 0; i < n; i++) {
        const T x = a[start + i * inner];
        total = Times ? total * x : total + x;
        out[start + i * inner] = static_cast<T>(total);
      }
    }
  });
}

template <class T>
void compare_piece(const Piece& p, const void* context) {
  int* differs = *static_cast<int* const*>(context);
  for (Index row = 0; row < p.rows; row++) {
    const T* a = p.operand<T>(0, row);
    const T* b = p.operand<T>(1, row);
    bool other = false;
    for (Index i = 0; i < p.n; i++) other |= !(*advance(a, i, p.step[0]) == *advance(b, i, p.step[1]));
    if (other) __atomic_store_n(differs, 1, __ATOMIC_RELAXED);
  }
}

}  // namespace

template <class T>
void max_along(T* values, int64_t* indices, T* a, Index outer, Index n, Index inner) {
  extreme_along<true>(values, indices, a, outer, n, inner);
}
template <class T>
void min_along(T* values, int64_t* indices, T* a, Index outer, Index n, Index inner) {
  extreme_along<false>(values, indices, a, outer, n, inner);
}
template <class T>
void cumsum(T* out, T* a, Index outer, Index n, Index inner) {
  running<false>(out, a, outer, n, inner);
}
template <class T>
void cumprod(T* out, T* a, Index outer, Index n, Index inner) {
  running<true>(out, a, outer, n, inner);
}
template <class T>
void equal(T* a, T* b, const Loop& loop) {
  int differs = 0;
  int* flag = &differs;
  const Operand operands[] = {{a, sizeof(T)}, {b, sizeof(T)}};
  walk(loop, operands, 2, cost::simple, compare_piece<T>, &flag);
  results()[0] = differs == 0 ? 1 : 0;
}

EXPORT_max_along
EXPORT_min_along
EXPORT_cumsum
EXPORT_cumprod
EXPORT_equal

}  // namespace flambeau::TARGET
