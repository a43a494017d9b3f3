// A loop nest split into what a reduction keeps and what it folds.
//
// The output's stride is 0 on the dimensions that are reduced, so the strides alone tell the two apart. Each half is a small nest of its
// own, its dimensions ordered so that the input is read as contiguously as possible.
#pragma once
#include "loop.h"

namespace flambeau::TARGET {

inline Index at_most(Index n, Index most) { return n < most ? n : most; }

/// Some dimensions of a loop, with the strides of output and input.
struct Nest {
  int dims = 0;
  Index size[max_dims];
  Index out[max_dims];
  Index in[max_dims];

  Index count() const {
    Index n = 1;
    for (int d = 0; d < dims; d++) n *= size[d];
    return n;
  }
  void add(Index n, Index out_stride, Index in_stride) {
    int at = dims++;
    const Index reach = in_stride < 0 ? -in_stride : in_stride;
    for (; at > 0 && (in[at - 1] < 0 ? -in[at - 1] : in[at - 1]) < reach; at--) {
      size[at] = size[at - 1];
      out[at] = out[at - 1];
      in[at] = in[at - 1];
    }
    size[at] = n;
    out[at] = out_stride;
    in[at] = in_stride;
  }
  Index inner_size() const { return dims == 0 ? 1 : size[dims - 1]; }
  Index inner_step() const { return dims == 0 ? 1 : in[dims - 1]; }
  Index inner_out_step() const { return dims == 0 ? 1 : out[dims - 1]; }

  /// Where element `index`, counted with the last dimension fastest, stands in the input and the output.
  void place(Index index, Index& in_at, Index& out_at) const {
    in_at = out_at = 0;
    for (int d = dims - 1; d >= 0; d--) {
      const Index i = index % size[d];
      index /= size[d];
      in_at += i * in[d];
      out_at += i * out[d];
    }
  }

  /// Calls run(in_at, out_at, n) for the stretches along the last dimension that make up elements begin..end-1.
  template <class Run>
  void stretches(Index begin, Index end, const Run& run) const {
    const Index inner = inner_size();
    while (begin < end) {
      const Index left = inner - begin % inner, n = left < end - begin ? left : end - begin;
      Index in_at, out_at;
      place(begin, in_at, out_at);
      run(in_at, out_at, n);
      begin += n;
    }
  }
  /// The same where the input alone matters.
  template <class Run>
  void runs(Index begin, Index end, const Run& run) const {
    stretches(begin, end, [&](Index in_at, Index, Index n) { run(in_at, n); });
  }
};

struct Reduction {
  Nest kept;
  Nest folded;

  explicit Reduction(const Loop& loop, int input = 1) {
    for (int d = 0; d < loop.dims(); d++) {
      Nest& half = loop.stride(0, d) == 0 ? folded : kept;
      half.add(loop.size(d), loop.stride(0, d), loop.stride(input, d));
    }
  }
};

}  // namespace flambeau::TARGET
