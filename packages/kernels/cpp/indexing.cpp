// Elements by their indices: gather, scatter and the positions of what is not zero.
//
// The loop runs over the index's shape; the indexed tensor stands still along the indexed dimension and is moved by index * stride.
// An index outside 0..size-1 is not followed; a thread that meets one writes it down, and the caller raises the error.
// Scattering runs on one thread: two indices may name one element.
#include "loop.h"

namespace flambeau::TARGET {
namespace {

/// An index that was outside, if there was one.
struct Wrong {
  bool met = false;
  int64_t index = 0;

  void note(int64_t i) {
    __atomic_store_n(&index, i, __ATOMIC_RELAXED);
    __atomic_store_n(&met, true, __ATOMIC_RELAXED);
  }
  void answer() const {
    results()[0] = met ? 1 : 0;
    results()[1] = static_cast<double>(index);
  }
};

struct Indexed {
  Index size;
  Index stride;
  Wrong* wrong;
  bool holds(int64_t i) const {
    if (i >= 0 && i < size) return true;
    wrong->note(i);
    return false;
  }
};

template <class T>
void gather_piece(const Piece& p, const void* context) {
  const Indexed at = *static_cast<const Indexed*>(context);
  for (Index row = 0; row < p.rows; row++) {
    T* out = p.operand<T>(0, row);
    const T* a = p.operand<T>(1, row);
    const int64_t* index = p.operand<int64_t>(2, row);
    for (Index i = 0; i < p.n; i++) {
      const int64_t k = *advance(index, i, p.step[2]);
      *advance(out, i, p.step[0]) = at.holds(k) ? *(advance(a, i, p.step[1]) + k * at.stride) : T(0);
    }
  }
}

template <class T, bool Add>
void scatter_piece(const Piece& p, const void* context) {
  const Indexed at = *static_cast<const Indexed*>(context);
  for (Index row = 0; row < p.rows; row++) {
    T* out = p.operand<T>(0, row);
    const int64_t* index = p.operand<int64_t>(1, row);
    const T* source = p.operand<T>(2, row);
    for (Index i = 0; i < p.n; i++) {
      const int64_t k = *advance(index, i, p.step[1]);
      if (!at.holds(k)) continue;
      T* target = advance(out, i, p.step[0]) + k * at.stride;
      const T value = *advance(source, i, p.step[2]);
      *target = Add ? static_cast<T>(*target + value) : value;
    }
  }
}

template <class T, bool Add>
void scatter_all(T* out, int64_t* index, T* source, Index size, Index stride, const Loop& loop) {
  Wrong wrong;
  const Indexed at = {size, stride, &wrong};
  const Operand operands[] = {{out, sizeof(T)}, {index, 8}, {source, sizeof(T)}};
  walk(loop, operands, 3, 0, scatter_piece<T, Add>, &at);
  wrong.answer();
}

}  // namespace

template <class T>
void gather(T* out, T* a, int64_t* index, Index size, Index stride, const Loop& loop) {
  Wrong wrong;
  const Indexed at = {size, stride, &wrong};
  const Operand operands[] = {{out, sizeof(T)}, {a, sizeof(T)}, {index, 8}};
  walk(loop, operands, 3, 1, gather_piece<T>, &at);
  wrong.answer();
}

template <class T>
void scatter(T* out, int64_t* index, T* src, Index size, Index stride, const Loop& loop) {
  scatter_all<T, false>(out, index, src, size, stride, loop);
}

template <class T>
void scatter_add(T* out, int64_t* index, T* src, Index size, Index stride, const Loop& loop) {
  scatter_all<T, true>(out, index, src, size, stride, loop);
}

template <class T>
void wrap_index(T* out, T* index, Index size, const Loop& loop) {
  Wrong wrong;
  const Indexed at = {size, 1, &wrong};
  map(loop, cost::simple, [at](T i) -> T {
    const T k = i < 0 ? i + at.size : i;
    if (!at.holds(k)) at.wrong->note(i);
    return k;
  }, out, index);
  wrong.answer();
}

template <class T>
void nonzero(int64_t* out, T* a, Index n) {
  Index found = 0;
  if (out == nullptr) {
    for (Index i = 0; i < n; i++) found += a[i] != T(0);
  } else {
    for (Index i = 0; i < n; i++) {
      if (a[i] != T(0)) out[found++] = i;
    }
  }
  results()[0] = static_cast<double>(found);
}

EXPORT_gather
EXPORT_scatter
EXPORT_scatter_add
EXPORT_wrap_index
EXPORT_nonzero

}  // namespace flambeau::TARGET
