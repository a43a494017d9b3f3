// Rows of a table by number, and sums, means and maxima of several of them; the gradient adds rows up.
//
//   embedding           out (N,D) = weight (R,D) at index (N)
//   embedding_backward  dweight (R,D) = the sums of grad (N,D) over equal indices
//   embedding_bag       out (B,D) = sum or mean of the rows that index[offsets[b]] .. index[offsets[b + 1] - 1] name, each times its scale
//   embedding_bag_max   the largest element of each column over a bag, and the row that it came from
// Threads share out the rows of what is written, so that every sum is taken in the order of the index.
// An index outside 0..R-1 is found before anything is written: block[0] = 1 and block[1] = the index.
#include "kernel.h"
#include "vec.h"

namespace flambeau::TARGET {
namespace {

bool all_inside(const int64_t* index, Index n, Index rows) {
  results()[0] = 0;
  for (Index i = 0; i < n; i++) {
    if (index[i] >= 0 && index[i] < rows) continue;
    results()[0] = 1;
    results()[1] = static_cast<double>(index[i]);
    return false;
  }
  return true;
}

template <class T>
FLAMBEAU_INLINE void clear(T* to, Index n) {
  __builtin_memset(to, 0, static_cast<size_t>(n) * sizeof(T));
}

/// to += scale from
template <class T>
FLAMBEAU_INLINE void add_row(T* to, const T* from, Index n, T scale) {
  const Lanes<T> by = splat<Lanes<T>>(scale);
  each_lanes<T>(n, [=](Index i, auto at) { at.store(to + i, fmadd(at.load(from + i), by, at.load(to + i))); });
}

/// The end of bag b among n indices.
Index bag_end(const int64_t* offsets, Index b, Index bags, Index n) { return b + 1 < bags ? offsets[b + 1] : n; }

}  // namespace

template <class T>
void embedding(T* out, T* weight, int64_t* index, Index n, Index rows, Index width, Index padding) {
  if (!all_inside(index, n, rows)) return;
  parallel(n, 5 + 0.1 * sizeof(T) * width, [=](Index begin, Index end) {
    for (Index i = begin; i < end; i++) {
      if (index[i] == padding) clear(out + i * width, width);
      else __builtin_memcpy(out + i * width, weight + index[i] * width, static_cast<size_t>(width) * sizeof(T));
    }
  });
}

template <class T>
void embedding_backward(T* dweight, T* grad, int64_t* index, Index n, Index rows, Index width, Index padding, Index by_frequency) {
  if (!all_inside(index, n, rows)) return;
  const double ns = 0.05 * sizeof(T) * width + (1.0 + 0.2 * width) * n / (rows + 1);
  parallel(rows, ns, [=](Index begin, Index end) {
    clear(dweight + begin * width, (end - begin) * width);
    Index* uses = by_frequency ? scratch<Index>(Scratch::indices, end - begin) : nullptr;
    if (uses) {
      clear(uses, end - begin);
      for (Index i = 0; i < n; i++) {
        if (index[i] >= begin && index[i] < end) uses[index[i] - begin]++;
      }
    }
    for (Index i = 0; i < n; i++) {
      const Index row = index[i];
      if (row < begin || row >= end || row == padding) continue;
      add_row(dweight + row * width, grad + i * width, width, uses ? T(1) / static_cast<T>(uses[row - begin]) : T(1));
    }
  });
}

template <class T>
void embedding_bag(T* out, T* weight, int64_t* index, int64_t* offsets, T* scale, Index bags, Index n, Index rows, Index width,
                   Index mean, Index padding) {
  if (!all_inside(index, n, rows)) return;
  parallel(bags, 20 + 0.2 * width * (1 + n / (bags + 1)), [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      T* to = out + b * width;
      clear(to, width);
      Index count = 0;
      for (Index i = offsets[b]; i < bag_end(offsets, b, bags, n); i++) {
        if (index[i] == padding) continue;
        add_row(to, weight + index[i] * width, width, scale ? scale[i] : T(1));
        count++;
      }
      if (!mean || count == 0) continue;
      const T by = static_cast<T>(count);
      each_lanes<T>(width, [=](Index i, auto at) { at.store(to + i, at.load(to + i) / by); });
    }
  });
}

template <class T>
void embedding_bag_max(T* out, int64_t* winner, T* weight, int64_t* index, int64_t* offsets, Index bags, Index n, Index rows,
                       Index width, Index padding) {
  if (!all_inside(index, n, rows)) return;
  parallel(bags, 20 + 1.0 * width * (1 + n / (bags + 1)), [=](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      T* best = out + b * width;
      int64_t* from = winner + b * width;
      clear(best, width);
      for (Index j = 0; j < width; j++) from[j] = -1;  // nothing won: the bag is empty
      bool first = true;
      for (Index i = offsets[b]; i < bag_end(offsets, b, bags, n); i++) {
        if (index[i] == padding) continue;
        const T* row = weight + index[i] * width;
        for (Index j = 0; j < width; j++) {
          if (!first && !(row[j] > best[j])) continue;
          best[j] = row[j];
          from[j] = index[i];
        }
        first = false;
      }
    }
  });
}

EXPORT_embedding
EXPORT_embedding_backward
EXPORT_embedding_bag
EXPORT_embedding_bag_max

}  // namespace flambeau::TARGET
