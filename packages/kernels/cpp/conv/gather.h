// Direct convolution: the forward pass and the gradient of the input, which is a convolution too.
//
// No columns and no zero padding. Output pixels are sorted into classes, pixels whose valid taps are the same (3 x 3 with padding 1: at most
// nine; the parities of a strided gradient are classes too). The taps of a class are stretches of the sum, runs of input that are
// contiguous at every pixel (a row of taps: KW C numbers) against their rows of packed weights. The micro-kernel then takes a tile of
// pixels by address: taps outside the picture are never multiplied (a 2 x 2 picture does 16 of 36), and tiles cross rows and
// pictures, so there are no remainders per row. Where the pixels of a tile are evenly spaced, they are read that way (RowsAt::spaced).
// Small groups are taken for one of full vectors (merged_groups): 4 groups of 8 channels gain a fifth, 32 groups of 4 a quarter.
// Measured on one Zen 5 core (f32; peak 280 GF/s; nominal flops, so taps outside count as done): 28 x 28, 1 to 32 channels, 5 x 5 191 GF/s;
// 3 x 3 at 16 x 16 x 64 267, 8 x 8 x 128 292, 4 x 4 x 256 343, 2 x 2 x 512 400; stride 2 at 32 x 32 x 32 157, its input gradient 193.
// Blocking: a chunk of pixels (second-level cache) x block_bytes of a panel of weights (first-level cache). Where chunks are few, tasks are parts of
// their panels, too: of one small picture, whose weights are the most to read, each thread then reads its own.
#pragma once
#include "../gemm/pack.h"
#include "shape.h"

namespace flambeau::TARGET {

/// What is computed: out (N, out_h, out_w, out_c) from in (N, in_h, in_w, in_c), per group.
template <class T>
struct Gather {
  Index n, out_h, out_w, out_c, in_h, in_w, in_c, groups;
  Index kh, kw;
  Axis ys, xs;
  bool backward;
  const T* in;
  T* out;
  const T* bias;       // or null
  const T* packed;     // (groups, panels, taps, in_c / groups, width)
  int panel_vectors;   // width in vectors
  double flops;

  Index group_in() const { return in_c / groups; }
  Index group_out() const { return out_c / groups; }
  Index width() const { return panel_vectors * WIDTH<T>; }
  Index panels() const { return ceil_div(group_out(), width()); }
  Index depth() const { return kh * kw * group_in(); }
  Index weights() const { return groups * panels() * depth() * width(); }
  /// Where a tap's weights stand in the packed order: ascending with the addresses that classes read.
  Index tap_place(Index ky, Index kx) const {
    return backward ? (kh - 1 - ky) * kw + kw - 1 - kx : ky * kw + kx;
  }
};

/// How wide panels of packed weights are: no more vectors than a tile has, and as even as may be.
template <class T>
inline int panel_vectors(Index columns) {
  const Index vectors = ceil_div(columns, WIDTH<T>), panels = ceil_div(vectors, WIDE_TILE.vectors);
  return static_cast<int>(ceil_div(vectors, most(1, panels)));
}

/// How many groups of so few outputs are taken for one, with zeros between them: as many as fill a vector that each alone would leave mostly
/// empty. The number of multiplications stays the same, the sums get longer.
template <class T>
inline Index merged_groups(Index groups, Index group_out) {
  Index merged = most(1, WIDTH<T> / most(1, group_out));
  while (groups % merged != 0) merged--;
  return merged;
}

/// Packs one group's weights (OC/G, C/G, taps), columns begin..end-1 of what is computed, into rows of `width` at `to`: those of a tap and input
/// channel, `tap_step` from tap to tap.
template <class T>
void pack_group(const Gather<T>& g, const T* weight, Index in, Index out, Index begin, Index end, T* to, Index tap_step) {
  const Index taps = g.kh * g.kw, width = g.width();
  for (Index i = 0; i < in; i++, to += width) {
    if (g.backward) interleave(weight + (i * out + begin) * taps, taps, end - begin, taps, to + (taps - 1) * tap_step, -tap_step);
    else if (taps > 1) interleave(weight + (begin * in + i) * taps, in * taps, end - begin, taps, to, tap_step);
  }
  if (!g.backward && taps == 1) interleave(weight + begin * in, in, end - begin, in, to - in * width, width);
}

/// Packs weight (OC, C/G, KH, KW) for the direction of `g`, of whose groups each holds `merged` of the convolution's; zeros where a panel is wider
/// than its group and between groups.
template <class T>
void pack_weights(const Gather<T>& g, Index merged, const T* weight, T* packed) {
  const Index taps = g.kh * g.kw, width = g.width(), panels = g.panels(), in = g.group_in() / merged, out = g.group_out() / merged;
  parallel(g.groups * panels, 0.5 * g.depth() * width, [&](Index begin, Index end) {
    for (Index p = begin; p < end; p++) {
      const Index group = p / panels, j0 = p % panels * width, j1 = least(j0 + width, g.group_out());
      T* to = packed + p * g.depth() * width;
      if (merged > 1 || j1 - j0 < width) __builtin_memset(to, 0, static_cast<size_t>(g.depth() * width) * sizeof(T));
      for (Index own = j0 / out; own * out < j1; own++) {
        const Index first = most(j0, own * out), last = least(j1, (own + 1) * out);
        pack_group(g, weight + (group * merged + own) * in * out * taps, in, out, first - own * out, last - own * out,
                   to + own * in * width + first - j0, g.group_in() * width);
      }
    }
  });
}

constexpr Index chunk_limit = 24 * 14;  // pixels of a task

template <class T>
class GatherTasks {
 public:
  explicit GatherTasks(const Gather<T>& g) : g_(g) {
    const Index pixels = g.n * g.out_h * g.out_w;
    all_panels_ = g.groups * g.panels();
    chunk_ = least(chunk_limit, most(4 * WIDE_TILE.rows, ceil_div(pixels, 32)));
    block_k_ = most(16, 32 * 1024 / static_cast<Index>(sizeof(T)) / g.width());
  }

  void run() const {
    Index all = 0;
    for (Index y = 0; y < g_.ys.classes; y++) {
      for (Index x = 0; x < g_.xs.classes; x++) all += chunks(y, x);
    }
    const Index parts = most(1, least(all_panels_, 32 / most(1, all))), tasks = all * parts;
    const double ns = g_.flops / FLOPS_PER_NS<T> + 0.1 * g_.n * g_.out_h * g_.out_w * g_.out_c;
    phases(1, &tasks, ns, [=](int, Index task, int) {
      const Index part = task / all, panel0 = all_panels_ * part / parts, panel1 = all_panels_ * (part + 1) / parts;
      task %= all;
      for (Index y = 0; y < g_.ys.classes; y++) {
        for (Index x = 0; x < g_.xs.classes; x++) {
          if (task < chunks(y, x)) return chunk(g_.ys.list[y], g_.xs.list[x], task, panel0, panel1);
          task -= chunks(y, x);
        }
      }
    });
  }

 private:
  Index chunks(Index y, Index x) const { return ceil_div(g_.n * g_.ys.list[y].count * g_.xs.list[x].count, chunk_); }

  /// The stretches of a class, cut where a block of the sum ends; `ends` has the number of stretches up to each block's end.
  Index stretches(const AxisClass& cy, const AxisClass& cx, Stretch* list, Index* ends) const {
    const Index in = g_.group_in();
    const bool rows = g_.groups == 1 && g_.xs.offset_step == 1 && (g_.xs.tap_step == 1 || g_.xs.tap_step == -1);
    const Index runs = rows ? least(cx.taps, 1) : cx.taps, length = rows ? cx.taps * in : in;
    const Index total = cy.taps * runs * length, blocks = most(1, ceil_div(total, block_k_)), share = ceil_div(total, blocks);
    Index count = 0, block = 0, room = share;
    for (Index i = 0; i < cy.taps; i++) {
      for (Index j = 0; j < runs; j++) {
        Index a = (i * g_.ys.offset_step * g_.in_w + j * g_.xs.offset_step) * g_.in_c;
        Index b = g_.tap_place(cy.first_tap + i * g_.ys.tap_step, cx.first_tap + j * g_.xs.tap_step) * in;
        for (Index left = length; left > 0;) {
          if (room == 0) {
            ends[block++] = count;
            room = share;
          }
          const Index k = least(left, room);
          list[count++] = {a, b, k};
          a += k, b += k, left -= k, room -= k;
        }
      }
    }
    ends[block++] = count;
    return block;
  }

  /// A chunk of a class, and of all groups' panels some.
  void chunk(const AxisClass& cy, const AxisClass& cx, Index number, Index panel0, Index panel1) const {
    const Index per_image = cy.count * cx.count, first = number * chunk_;
    const Index count = least(chunk_, g_.n * per_image - first);
    Index in_at[chunk_limit], out_at[chunk_limit];
    // Counted up, for three divisions a pixel would cost a first layer as much as its multiplications.
    Index image = first / per_image, y = first % per_image / cx.count, x = first % cx.count;
    for (Index i = 0; i < count; i++) {
      in_at[i] = ((image * g_.in_h + g_.ys.base[cy.begin + y]) * g_.in_w + g_.xs.base[cx.begin + x]) * g_.in_c;
      out_at[i] = ((image * g_.out_h + g_.ys.at[cy.begin + y]) * g_.out_w + g_.xs.at[cx.begin + x]) * g_.out_c;
      if (++x < cx.count) continue;
      x = 0;
      if (++y < cy.count) continue;
      y = 0;
      image++;
    }
    const Index blocks_limit = ceil_div(g_.depth(), block_k_) + 1, most_stretches = cy.taps * cx.taps + blocks_limit;
    Stretch* list = scratch<Stretch>(Scratch::rows, most_stretches + blocks_limit);
    Index* ends = reinterpret_cast<Index*>(list + most_stretches);
    const Index blocks = stretches(cy, cx, list, ends);
    for (Index group = panel0 / g_.panels(); group * g_.panels() < panel1; group++) {
      const Index from = most(0, panel0 - group * g_.panels()), to = least(g_.panels(), panel1 - group * g_.panels());
      for (Index block = 0; block < blocks; block++) {
        const Index begin = block > 0 ? ends[block - 1] : 0;
        for (Index panel = from; panel < to; panel++) {
          TileCall<T> call = {};
          call.stretches = list + begin;
          call.count = ends[block] - begin;
          call.a_step = 1;
          call.ldb = g_.width();
          call.add = block > 0;
          const Index column = group * g_.group_out() + panel * g_.width();
          call.columns = static_cast<int>(least(g_.width(), g_.group_out() - panel * g_.width()));
          call.b = g_.packed + (group * g_.panels() + panel) * g_.depth() * g_.width();
          call.bias = g_.bias && block == 0 ? g_.bias + column : nullptr;
          tiles(call, g_.in + group * g_.group_in(), g_.out + column, in_at, out_at, count);
        }
      }
    }
  }

  /// Rows of pixels that lie evenly, at most as many as a tile of spaced rows takes.
  static Index even_run(const Index* at, Index count) {
    const Index limit = least(count, TALL_TILE.rows);
    Index run = least(2, limit);
    while (run < limit && at[run] - at[run - 1] == at[1] - at[0]) run++;
    return run;
  }

  void tiles(TileCall<T>& call, const T* in, T* out, const Index* in_at, const Index* out_at, Index count) const {
    const int vectors = static_cast<int>(ceil_div(call.columns, WIDTH<T>));
    for (Index i = 0; i < count;) {
      const Index even = vectors <= TALL_TILE.vectors ? even_run(in_at + i, count - i) : 0;
      call.c = out;
      call.c_rows = out_at + i;
      if (even >= WIDE_TILE.rows) {
        call.a = in + in_at[i];
        call.row_step = in_at[i + 1] - in_at[i];
        tile_kernel<T>(RowsAt::spaced, static_cast<int>(even), vectors)(call);
        i += even;
      } else {
        const Index rows = least(WIDE_TILE.rows, count - i);
        call.a = in;
        call.rows = in_at + i;
        tile_kernel<T>(RowsAt::scattered, static_cast<int>(rows), vectors)(call);
        i += rows;
      }
    }
  }

  const Gather<T>& g_;
  Index all_panels_, chunk_, block_k_;
};

}  // namespace flambeau::TARGET
