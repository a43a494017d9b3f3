// Elements by their indices: gather, scatter and the positions of what is not zero.
//
// The loop runs over the index's shape; the indexed tensor stands still along the indexed dimension and is moved by index * stride.
// An index outside 0..size-1 is not followed; a thread that meets one writes it down, and the caller raises the error. Where one
// index stands for a whole run, the run is copied or added at once.
//
// Scattering in threads: two indices may name one element, but not at two places of another dimension. So it is such a dimension that
// the threads share, or the output where that is short; and whatever meets in an element is added in the order of the index.
#include "loop.h"

namespace flambeau::TARGET {
namespace {

/// The unsigned integer as wide as T. What only moves elements is compiled for these.
template <int Bytes> struct BytesOf { typedef typename UnsignedOf<Bytes>::type type; };
template <> struct BytesOf<1> { typedef uint8_t type; };
template <class T> using Moved = typename BytesOf<sizeof(T)>::type;

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
  Index first = 0, last = size;  // the indices that a thread follows where threads share the indexed dimension

  bool holds(int64_t i) const {
    if (i >= 0 && i < size) return true;
    wrong->note(i);
    return false;
  }
  bool within(int64_t i) const { return static_cast<uint64_t>(i - first) < static_cast<uint64_t>(last - first); }
  bool follows(int64_t i) const { return holds(i) && within(i); }
  /// body(i, offset) for the indices of a run that are to be followed. One comparison and one jump that is always foretold: checking a run in vectors
  /// first was twice as slow.
  template <class Body>
  FLAMBEAU_INLINE void follow(const int64_t* index, Index n, Index step, const Body& body) const {
    bool outside = false;
    if (step == sizeof(int64_t)) {
      for (Index i = 0; i < n; i++) {
        if (!within(index[i])) outside = true;
        else body(i, index[i] * stride);
      }
    } else {
      for (Index i = 0; i < n; i++) {
        const int64_t k = *advance(index, i, step);
        if (!within(k)) outside = true;
        else body(i, k * stride);
      }
    }
    for (Index i = 0; outside && i < n; i++) holds(*advance(index, i, step));
  }
};

/// out = a for a run of elements that do not overlap.
template <class T>
FLAMBEAU_INLINE void copy_run(T* out, Index out_step, const T* a, Index a_step, Index n) {
  if (out_step == sizeof(T) && a_step == sizeof(T)) {
    __builtin_memcpy(out, a, static_cast<size_t>(n) * sizeof(T));
  } else {
    for (Index i = 0; i < n; i++) *advance(out, i, out_step) = *advance(a, i, a_step);
  }
}

template <class T>
void gather_piece(const Piece& p, const void* context) {
  const Indexed at = *static_cast<const Indexed*>(context);
  for (Index row = 0; row < p.rows; row++) {
    T* out = p.operand<T>(0, row);
    const T* a = p.operand<T>(1, row);
    const int64_t* index = p.operand<int64_t>(2, row);
    if (p.step[2] == 0) {
      if (at.holds(*index)) copy_run(out, p.step[0], a + *index * at.stride, p.step[1], p.n);
      continue;
    }
    const Index out_step = p.step[0], a_step = p.step[1];
    if (out_step == sizeof(T) && a_step == 0) {
      at.follow(index, p.n, p.step[2], [=](Index i, Index offset) { out[i] = a[offset]; });
    } else {
      at.follow(index, p.n, p.step[2], [=](Index i, Index offset) {
        *advance(out, i, out_step) = advance(a, i, a_step)[offset];
      });
    }
  }
}

template <class T, bool Add>
FLAMBEAU_INLINE void put(T* target, T value) {
  *target = Add ? static_cast<T>(*target + value) : value;
}

/// A run of the source to one index: it stands still along the run, or all meet in one element.
template <class T, bool Add>
FLAMBEAU_INLINE void scatter_run(T* out, Index out_step, const T* source, Index source_step, Index n) {
  if constexpr (Add) {
    if (out_step == sizeof(T) && source_step == sizeof(T)) {
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = static_cast<T>(out[i] + source[i]);
    } else {
      for (Index i = 0; i < n; i++) put<T, Add>(advance(out, i, out_step), *advance(source, i, source_step));
    }
  } else {
    copy_run(out, out_step, source, source_step, n);
  }
}

template <class T, bool Add>
void scatter_piece(const Piece& p, const void* context) {
  const Indexed at = *static_cast<const Indexed*>(context);
  for (Index row = 0; row < p.rows; row++) {
    const T* source = p.operand<T>(0, row);
    T* out = p.operand<T>(1, row);
    const int64_t* index = p.operand<int64_t>(2, row);
    if (p.step[2] == 0) {
      if (at.follows(*index)) scatter_run<T, Add>(out + *index * at.stride, p.step[1], source, p.step[0], p.n);
      continue;
    }
    const Index out_step = p.step[1], source_step = p.step[0];
    if (source_step == sizeof(T) && out_step == 0) {
      at.follow(index, p.n, p.step[2], [=](Index i, Index offset) { put<T, Add>(out + offset, source[i]); });
    } else {
      at.follow(index, p.n, p.step[2], [=](Index i, Index offset) {
        put<T, Add>(advance(out, i, out_step) + offset, *advance(source, i, source_step));
      });
    }
  }
}

/// The dimension of a scattering loop (operands out, index, source) that threads share: the outermost of the source along which the output
/// moves; -1 where there is none.
int shared_dim(const Loop& loop) {
  int best = -1;
  Index reach = -1;
  for (int d = 0; d < loop.dims(); d++) {
    const Index stride = loop.stride(2, d) < 0 ? -loop.stride(2, d) : loop.stride(2, d);
    if (loop.stride(0, d) == 0 || stride <= reach) continue;
    best = d;
    reach = stride;
  }
  return best;
}

/// The part begin..end-1 of dimension `dim` of a scattering loop, its operands in the order source, out, index. walk orders by the first
/// of them: the source's memory is read as it lies.
void take_part(double* part, const Loop& loop, int dim, Index begin, Index end) {
  constexpr int operands[] = {2, 0, 1};
  *part++ = loop.dims();
  *part++ = 3;
  for (int d = 0; d < loop.dims(); d++) *part++ = static_cast<double>(d == dim ? end - begin : loop.size(d));
  for (int k : operands) {
    for (int d = 0; d < loop.dims(); d++) *part++ = static_cast<double>(loop.stride(k, d));
  }
}

void scatter_all(void* out, int64_t* index, void* source, Index width, Body piece, Index size, Index stride, const Loop& loop) {
  Wrong wrong;
  const int dim = shared_dim(loop);
  // Part begin..end-1 of dimension `dim`, of the indices first..last-1.
  const auto part = [&](Index begin, Index end, Index first, Index last) {
    double nest[2 + max_dims * 4];
    take_part(nest, loop, dim, begin, end);
    const auto from = [&](void* place, int k, Index bytes) -> void* {
      return dim < 0 ? place : static_cast<char*>(place) + begin * loop.stride(k, dim) * bytes;
    };
    const Operand operands[] = {{from(source, 2, width), width}, {from(out, 0, width), width}, {from(index, 1, 8), 8}};
    const Indexed at = {size, stride, &wrong, first, last};
    walk(Loop(nest), operands, 3, 0, piece, &at);
  };
  // Where the dimension is the run of memory itself, each thread has one piece, which ends with a cache line; short ones would cost more
  // than they save, for memory is fetched in long runs.
  const Index n = dim < 0 ? 0 : loop.size(dim), line = 64 / width, least = 2048 / width;
  const Index share = ((n + thread_count() - 1) / thread_count() + line - 1) / line * line;
  const Index unit = dim < 0 || loop.stride(0, dim) != 1 ? 1 : share > least ? share : least;
  if (dim < 0) {
    part(0, 0, 0, size);
  } else if (unit >= n && loop.stride(1, dim) == 0) {
    // Whole rows: each thread takes those that go to its share of the output.
    const Index shares = size < thread_count() ? size : thread_count();
    parallel(shares, 1.0 * loop.count() / shares, [&](Index begin, Index end) { part(0, n, begin * size / shares, end * size / shares); });
  } else {
    parallel((n + unit - 1) / unit, 1.0 * loop.count() / n * unit, [&](Index begin, Index end) {
      part(begin * unit, end * unit < n ? end * unit : n, 0, size);
    });
  }
  wrong.answer();
}

constexpr Index block = 32768;

/// How many elements have a bit of the mask.
template <class M>
Index count_nonzero(const M* a, M mask, Index n) {
  Index found = 0;
  // Counts as wide as the elements, of so many that a byte can hold them: as many lanes of the one as of the other.
  for (Index begin = 0; begin < n; begin += 128) {
    const Index end = n - begin < 128 ? n : begin + 128;
    M some = 0;
    for (Index i = begin; i < end; i++) some = static_cast<M>(some + ((a[i] & mask) != 0));
    found += static_cast<Index>(some);
  }
  return found;
}

/// The positions of the elements that have a bit of the mask, if they are asked for; answers how many there are.
template <class M>
Index find_nonzero(int64_t* out, const M* a, M mask, Index n) {
  const Index blocks = (n + block - 1) / block;
  Index* counts = scratch<Index>(Scratch::indices, blocks + 1);
  parallel(blocks, 0.1 * block, [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) counts[b] = count_nonzero(a + b * block, mask, n - b * block < block ? n - b * block : block);
  });
  Index found = 0;
  for (Index b = 0; b < blocks; b++) {
    const Index many = counts[b];
    counts[b] = found;
    found += many;
  }
  counts[blocks] = found;
  if (out == nullptr) return found;
  parallel(blocks, 0.5 * block, [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      // Every position is written, and written over unless it counts; the block's last one ends the loop.
      Index at = counts[b];
      for (Index i = b * block; at < counts[b + 1]; i++) {
        out[at] = i;
        at += (a[i] & mask) != 0;
      }
    }
  });
  return found;
}

}  // namespace

template <class T>
void gather(T* out, T* a, int64_t* index, Index size, Index stride, const Loop& loop) {
  Wrong wrong;
  const Indexed at = {size, stride, &wrong};
  const Operand operands[] = {{out, sizeof(T)}, {a, sizeof(T)}, {index, 8}};
  walk(loop, operands, 3, 0.8, gather_piece<Moved<T>>, &at);
  wrong.answer();
}

template <class T>
void scatter(T* out, int64_t* index, T* src, Index size, Index stride, const Loop& loop) {
  scatter_all(out, index, src, sizeof(T), scatter_piece<Moved<T>, false>, size, stride, loop);
}

template <class T>
void scatter_add(T* out, int64_t* index, T* src, Index size, Index stride, const Loop& loop) {
  scatter_all(out, index, src, sizeof(T), scatter_piece<T, true>, size, stride, loop);
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
  using M = Moved<T>;
  // Both zeros of a float have no bit but perhaps the sign.
  constexpr bool is_float = __is_same(T, float) || __is_same(T, double);
  constexpr M mask = static_cast<M>(~M(0)) >> (is_float ? 1 : 0);
  results()[0] = static_cast<double>(find_nonzero(out, reinterpret_cast<const M*>(a), mask, n));
}

template <class T>
void coordinates(T* out, T* a, Index n, const double* table) {
  const int dims = static_cast<int>(table[0]);
  parallel(n, 1.0 * dims, [=](Index begin, Index end) {
    Index size[max_dims], at[max_dims];
    for (int d = 0; d < dims; d++) size[d] = static_cast<Index>(table[1 + d]);
    const Index width = size[dims - 1];
    Index row = 0;  // where the row that `at` stands in begins; a position behind it starts another
    for (Index i = begin; i < end; i++) {
      if (i == begin || a[i] - row >= width) {
        row = a[i] / width * width;
        Index rest = a[i] / width;
        for (int d = dims - 2; d >= 0; d--) {
          at[d] = rest % size[d];
          rest /= size[d];
        }
      }
      for (int d = 0; d < dims - 1; d++) out[i * dims + d] = at[d];
      out[i * dims + dims - 1] = a[i] - row;
    }
  });
}

EXPORT_gather
EXPORT_scatter
EXPORT_scatter_add
EXPORT_wrap_index
EXPORT_nonzero
EXPORT_coordinates

}  // namespace flambeau::TARGET
