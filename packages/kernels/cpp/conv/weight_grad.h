// The gradient of a convolution's weights and bias: a matrix product whose sum runs over the pixels.
//
//   dweight (OC, C/G, KH, KW) = sum over pixels: x at the tap * grad
// For one tap, the rows of the tile are channels of x, which lie side by side; the sum walks along a row of the picture, so a stretch is the part
// of a row where the tap is inside. Nothing is multiplied with padding. With few channels (a first layer: C <= 4) a tile of channels
// would be almost empty: there the rows are all taps and channels together, read from a padded copy of x, and grad is read once for all.
// Small groups are taken for one, as gather.h does.
// Partial sums: pictures are cut into parts by the shape alone, each part sums into its own copy, and the copies are added in order; so the bits
// do not depend on the threads. A part works through blocks of some hundred pixels, which stay in the second-level cache while all taps pass over
// them; a panel of grad is packed where many tiles read it, once for all taps.
// Measured on one Zen 5 core (f32; peak 280 GF/s, nominal flops): 28 x 28, 1 to 32 channels, 5 x 5, with dbias 210 GF/s; 3 x 3 at
// 16 x 16 x 64 215, 8 x 8 x 128 250, 4 x 4 x 256 330, 2 x 2 x 512 320; stride 2 at 32 x 32 x 32 160.
#pragma once
#include "../gemm/pack.h"
#include "shape.h"

namespace flambeau::TARGET {

/// sums[j] += the sum of n rows of x.
template <class T>
void add_columns(const T* x, Index n, Index columns, double* sums) {
  constexpr Index W = WIDTH<T>, strip = 2 * W;
  for (Index j = 0; j < columns; j += strip) {
    const Index wide = least(strip, columns - j);
    T total[strip] = {};
    if (wide == strip) {
      Lanes<T> a[4] = {};
      Index i = 0;
      for (; i + 2 <= n; i += 2) {
        const T* row = x + i * columns + j;
        a[0] += load(row), a[1] += load(row + W), a[2] += load(row + columns), a[3] += load(row + columns + W);
      }
      if (i < n) a[0] += load(x + i * columns + j), a[1] += load(x + i * columns + j + W);
      store(total, a[0] + a[2]), store(total + W, a[1] + a[3]);
    } else {
      for (Index i = 0; i < n; i++) {
        for (Index q = 0; q < wide; q++) total[q] += x[i * columns + j + q];
      }
    }
    for (Index q = 0; q < wide; q++) sums[j + q] += total[q];
  }
}

/// The rows of a first layer's tiles are taps and channels together.
inline bool taps_as_rows(const ConvShape& s) { return s.groups == 1 && s.c <= 4; }

template <class T>
class WeightGrad {
 public:
  WeightGrad(const ConvShape& shape, const T* x, const T* grad, bool bias)
      : s_(shape), merged_(merged_groups<T>(shape.groups, shape.group_out())), x_(x), grad_(grad), bias_(bias) {
    s_.groups /= merged_;
    const ConvShape& s = s_;
    by_taps_ = taps_as_rows(s);
    const int vectors = by_taps_ ? WIDE_TILE.vectors : TALL_TILE.vectors;
    const Index all = ceil_div(s.group_out(), WIDTH<T>);
    width_ = ceil_div(all, ceil_div(all, vectors)) * WIDTH<T>;
    panels_ = ceil_div(s.group_out(), width_);
    units_ = by_taps_ ? panels_ : s.groups * s.taps() * panels_;
    const Index tiles = by_taps_ ? 1 : s.taps() * ceil_div(s.group_in(), TALL_TILE.rows);
    pack_ = s.group_out() % WIDTH<T> != 0 || tiles >= 8;
    block_rows_ = most(1, 512 / most(1, s.ow));
    const Index rows = s.n * s.oh;
    parts_ = least(least(16, ceil_div(rows, block_rows_)), most(1, (Index(1) << 20) / most(1, s.weights())));
    splits_ = least(units_, ceil_div(24, parts_));
  }

  /// There is at least one pixel.
  void run(T* dweight, T* dbias) {
    T* sums = scratch<T>(Scratch::partial, parts_ * s_.weights());
    double* bias_sums = scratch<double>(Scratch::gradient, parts_ * s_.oc);
    const Index tasks = parts_ * splits_;
    phases(1, &tasks, s_.flops() / FLOPS_PER_NS<T> + 0.1 * s_.pixels() * s_.oc, [&](int, Index task, int) {
      const Index part = task / splits_, split = task % splits_;
      double* bias = bias_ && split == 0 ? bias_sums + part * s_.oc : nullptr;
      sum_part(part, units_ * split / splits_, units_ * (split + 1) / splits_, sums + part * s_.weights(), bias);
    });
    join(sums, dweight);
    for (Index o = 0; bias_ && o < s_.oc; o++) {
      double sum = 0;
      for (Index part = 0; part < parts_; part++) sum += bias_sums[part * s_.oc + o];
      dbias[o] = static_cast<T>(sum);
    }
  }

 private:
  /// Rows of the picture: row r is row r % OH of picture r / OH.
  Index first_row(Index part) const { return s_.n * s_.oh * part / parts_; }

  void sum_part(Index part, Index unit0, Index unit1, T* sums, double* bias) const {
    const Index row1 = first_row(part + 1);
    if (bias) {
      for (Index o = 0; o < s_.oc; o++) bias[o] = 0;
    }
    bool add = false;
    for (Index row = first_row(part); row < row1; row += block_rows_) {
      const Index rows = least(block_rows_, row1 - row);
      for (Index unit = unit0; unit < unit1; unit++) sum_unit(unit, unit == unit0, row, rows, add, sums);
      if (bias) add_columns(grad_ + row * s_.ow * s_.oc, rows * s_.ow, s_.oc, bias);
      add = true;
    }
  }

  /// `pack`: grad's panel is not in the scratch area yet. All taps of a panel follow each other.
  void sum_unit(Index unit, bool pack, Index row0, Index rows, bool add, T* sums) const {
    const Index taps = by_taps_ ? 1 : s_.taps(), tap = unit % taps, panel = unit / taps % panels_;
    const Index group = unit / taps / panels_, column = panel * width_;
    TileCall<T> call = {};
    call.columns = static_cast<int>(least(width_, s_.group_out() - column));
    call.ldc = s_.group_out();
    call.add = add;
    call.a_step = s_.stride_w * s_.c;
    const T* from = grad_ + row0 * s_.ow * s_.oc + group * s_.group_out() + column;
    T* packed = pack_ ? scratch<T>(Scratch::pack_b, block_rows_ * s_.ow * width_) : nullptr;
    if (pack_ && (pack || tap == 0)) copy_rows(from, s_.oc, call.columns, width_, rows * s_.ow, packed, width_);
    call.b = pack_ ? packed : from;
    call.ldb = pack_ ? width_ : s_.oc;
    Stretch* list = scratch<Stretch>(Scratch::rows, rows);
    call.stretches = list;
    call.count = stretches(tap, row0, rows, list);
    T* out = sums + (group * s_.taps() + tap) * s_.group_in() * s_.group_out() + column;
    if (by_taps_) tiles_of_taps(call, out);
    else tiles_of_channels(call, x_ + group * s_.group_in(), out);
  }

  /// Where tap (ky, kx) is inside the picture, row by row; rows that follow each other in both operands are one stretch.
  Index stretches(Index tap, Index row0, Index rows, Stretch* list) const {
    const Index y = by_taps_ ? 0 : tap / s_.kw * s_.dilation_h - s_.pad_h, x = by_taps_ ? 0 : tap % s_.kw * s_.dilation_w - s_.pad_w;
    const Index begin = x >= 0 ? 0 : ceil_div(-x, s_.stride_w);
    const Index end = by_taps_ ? s_.ow : x > s_.w - 1 ? 0 : least(s_.ow, (s_.w - 1 - x) / s_.stride_w + 1);
    Index count = 0;
    for (Index r = 0; r < rows && begin < end; r++) {
      const Index image = (row0 + r) / s_.oh, iy = (row0 + r) % s_.oh * s_.stride_h + y;
      if (iy < 0 || iy >= s_.h) continue;
      const Stretch next = {((image * s_.h + iy) * s_.w + begin * s_.stride_w + x) * s_.c, r * s_.ow + begin, end - begin};
      if (count > 0 && follows(list[count - 1], next)) list[count - 1].k += next.k;
      else list[count++] = next;
    }
    return count;
  }

  bool follows(const Stretch& s, const Stretch& next) const {
    return s.b + s.k == next.b && s.a + s.k * s_.stride_w * s_.c == next.a;
  }

  void tiles_of_channels(TileCall<T>& call, const T* x, T* out) const {
    const EvenSplit split(s_.group_in(), TALL_TILE.rows);
    const int vectors = static_cast<int>(ceil_div(call.columns, WIDTH<T>));
    for (Index i = 0; i < split.count; i++) {
      call.a = x + split.begin(i);
      call.c = out + split.begin(i) * call.ldc;
      tile_kernel<T>(RowsAt::adjacent, split.size(i), vectors)(call);
    }
  }

  void tiles_of_taps(TileCall<T>& call, T* out) const {
    const EvenSplit split(s_.taps() * s_.c, WIDE_TILE.rows);
    const int vectors = static_cast<int>(ceil_div(call.columns, WIDTH<T>));
    call.a = x_;
    for (Index i = 0; i < split.count; i++) {
      Index rows[WIDE_TILE.rows];
      for (int r = 0; r < split.size(i); r++) {
        const Index row = split.begin(i) + r, tap = row / s_.c;
        rows[r] = (tap / s_.kw * s_.dilation_h * s_.w + tap % s_.kw * s_.dilation_w) * s_.c + row % s_.c;
      }
      call.rows = rows;
      call.c = out + split.begin(i) * call.ldc;
      tile_kernel<T>(RowsAt::scattered, split.size(i), vectors)(call);
    }
  }

  /// dweight (OC, C/G, taps) = the sum of the parts (G, taps, C/G, OC/G); of groups taken for one, the blocks on the diagonal.
  void join(const T* sums, T* dweight) const {
    constexpr Index W = WIDTH<T>;
    const Index groups = s_.groups * merged_, out = s_.oc / groups, pieces = ceil_div(out, W);
    parallel(groups * pieces, 0.2 * least(out, W) * (s_.c / groups) * s_.taps() * parts_, [&](Index begin, Index end) {
      for (Index piece = begin; piece < end; piece++) {
        const Index first = piece % pieces * W;
        join_piece(piece / pieces, first, static_cast<int>(least(W, out - first)), sums, dweight);
      }
    });
  }

  /// The weights of `lanes` outputs of a group from `first` on, by blocks of channels, which are turned in the first-level cache.
  void join_piece(Index group, Index first, int lanes, const T* sums, T* dweight) const {
    constexpr Index W = WIDTH<T>, block = 16;
    const Index in = s_.group_in() / merged_, out = s_.group_out() / merged_, taps = s_.taps(), own = group % merged_;
    const T* from = sums + group / merged_ * taps * s_.group_in() * s_.group_out() + own * in * s_.group_out() + own * out + first;
    T* to = dweight + (group * out + first) * in * taps;
    T* turned = scratch<T>(Scratch::columns, block * taps * W);
    for (Index i0 = 0; i0 < in; i0 += block) {
      const Index channels = least(block, in - i0);
      for (Index i = 0; i < channels; i++) {
        for (Index t = 0; t < taps; t++) {
          const T* part = from + (t * s_.group_in() + i0 + i) * s_.group_out();
          Lanes<T> sum = {};
          for (Index p = 0; p < parts_; p++, part += s_.weights()) sum += lanes == W ? load(part) : load_part(part, lanes);
          store(turned + (i * taps + t) * W, sum);
        }
      }
      interleave(turned, W, channels * taps, lanes, to + i0 * taps, in * taps);
    }
  }

  ConvShape s_;  // with some groups taken for one
  Index merged_;
  const T* x_;
  const T* grad_;
  bool bias_, by_taps_, pack_;
  Index width_, panels_, units_, block_rows_, parts_, splits_;
};

}  // namespace flambeau::TARGET
