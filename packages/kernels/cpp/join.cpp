// Tensors side by side along a dimension: joined into one, or taken apart again.
//
//   whole (outer, width) bytes; part i (outer, run_i): a row of the whole holds one run of every part. Joining channels-last pictures along their
//   channels, outer counts pixels; along the first dimension it is 1.
//
// All parts are one job, cut by the bytes of the whole: a batch of a hundred pictures, or the branches of an Inception block, starts threads
// once, and every thread has one piece of the whole to itself.
#include "loop.h"

namespace flambeau::TARGET {
namespace {

constexpr double ns_per_byte = cost::simple / 4;

/// The parts that the table lists, each as its place and the bytes of its run; a place of 0 is passed over.
struct Parts {
  const double* table;
  Index count;

  char* place(Index i) const { return place_of<char>(table[2 * i]); }
  Index run(Index i) const { return static_cast<Index>(table[2 * i + 1]); }
  Index total() const {
    Index sum = 0;
    for (Index i = 0; i < count; i++) sum += run(i);
    return sum;
  }
};

/// move(whole, part, bytes) for the stretches of all parts, `width` bytes from row to row of the whole.
template <class Move>
void each_stretch(char* whole, const Parts& parts, Index outer, Index width, const Move& move) {
  const Index total = parts.total();
  parallel(outer * total, ns_per_byte, [&](Index begin, Index end) {
    Index row = begin / total, i = 0, at = begin % total, skip = at;  // `at`: in the row; `skip`: in the run of part i
    while (skip >= parts.run(i)) skip -= parts.run(i++);
    while (begin < end) {
      const Index left = parts.run(i) - skip, n = left < end - begin ? left : end - begin;
      if (char* part = parts.place(i)) move(whole + row * width + at, part + row * parts.run(i) + skip, static_cast<size_t>(n));
      begin += n;
      at += n;
      skip = 0;
      if (++i == parts.count) {
        i = at = 0;
        row++;
      }
    }
  });
}

}  // namespace

template <class T>
void join(T* whole, Index count, Index outer, Index width, const double* table) {
  each_stretch(reinterpret_cast<char*>(whole), {table, count}, outer, width, [](char* to, const char* from, size_t n) { __builtin_memcpy(to, from, n); });
}

template <class T>
void take_apart(T* whole, Index count, Index outer, Index width, const double* table) {
  each_stretch(reinterpret_cast<char*>(whole), {table, count}, outer, width, [](const char* from, char* to, size_t n) { __builtin_memcpy(to, from, n); });
}

EXPORT_join
EXPORT_take_apart

}  // namespace flambeau::TARGET
