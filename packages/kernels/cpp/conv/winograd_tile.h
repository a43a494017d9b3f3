// The transforms of Winograd's F(4x4,3x3): a tile of 4 x 4 outputs from 6 x 6 inputs with 36 multiplications instead of 144.
//
//   out = A^T [ (G weight G^T) * (B^T in B) ] A        in one dimension: 6 inputs, 3 weights, 4 outputs
// It is a product of polynomials (Toom and Cook), evaluated at the points 0, +-2/3, +-3/2 and infinity. The usual 0, +-1, +-2 are all integers, but
// rounding errors come out 2.3 times as large: numbers and their reciprocals keep the powers up to the third closest to 1. The product of
// the squares is 1, which makes the first and the last row of B^T almost as simple.
// Lavin & Gray, "Fast algorithms for convolutional neural networks", 2015; Barabasz et al., "Error analysis and improving the accuracy of
// Winograd convolution", 2018.
#pragma once
#include "shape.h"

namespace flambeau::TARGET {

using WinogradLanes = Lanes<float>;

/// Planes of transformed numbers: one for each of the 6 x 6 points.
constexpr int PLANES = 36;

/// Columns of a product that are computed together: a tile of the micro-kernel.
constexpr Index PANEL = TALL_TILE.vectors * WIDTH<float>;

/// Planes are a cache line longer than their numbers: else the streams of all 36 would fall into the same few sets of the first-level cache.
constexpr Index LINE = 16;

/// So many products are summed up before they are added to the others, for most of the error is that of long sums in the transformed planes,
/// where they are larger than the outputs: with 32 it stays within 4 times that of the direct form (7 times with one sum of 256).
constexpr Index SUM_LENGTH = 32;

constexpr float POINT_A = 2.0f / 3, POINT_A2 = 4.0f / 9, POINT_A3 = 8.0f / 27;
constexpr float POINT_B = 3.0f / 2, POINT_B2 = 9.0f / 4, POINT_B3 = 27.0f / 8;
constexpr float SQUARES = 97.0f / 36;                       // a^2 + b^2
constexpr float SHARE_A = -81.0f / 130, SHARE_B = 8.0f / 65;  // 1 / (2 a^2 (a^2 - b^2)), 1 / (2 b^2 (b^2 - a^2))

/// B^T: six inputs, in place.
FLAMBEAU_INLINE void transform_input(WinogradLanes* d) {
  const WinogradLanes d1 = d[1], d2 = d[2], d3 = d[3], d4 = d[4];
  const WinogradLanes even_a = d4 - POINT_B2 * d2, odd_a = POINT_A * (d3 - POINT_B2 * d1);
  const WinogradLanes even_b = d4 - POINT_A2 * d2, odd_b = POINT_B * (d3 - POINT_A2 * d1);
  d[0] = d[0] + d4 - SQUARES * d2;
  d[1] = even_a + odd_a, d[2] = even_a - odd_a;
  d[3] = even_b + odd_b, d[4] = even_b - odd_b;
  d[5] = d1 + d[5] - SQUARES * d3;
}

/// A^T: six sums become four outputs.
FLAMBEAU_INLINE void transform_output(WinogradLanes* m) {
  const WinogradLanes even_a = m[1] + m[2], odd_a = m[1] - m[2], even_b = m[3] + m[4], odd_b = m[3] - m[4];
  m[0] = m[0] + even_a + even_b;
  m[1] = POINT_A * odd_a + POINT_B * odd_b;
  m[2] = POINT_A2 * even_a + POINT_B2 * even_b;
  m[3] = POINT_A3 * odd_a + POINT_B3 * odd_b + m[5];
}

/// A: four gradients of outputs become six.
FLAMBEAU_INLINE void transform_grad(WinogradLanes* y) {
  const WinogradLanes y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3];
  const WinogradLanes even_a = y0 + POINT_A2 * y2, odd_a = POINT_A * y1 + POINT_A3 * y3;
  const WinogradLanes even_b = y0 + POINT_B2 * y2, odd_b = POINT_B * y1 + POINT_B3 * y3;
  y[1] = even_a + odd_a, y[2] = even_a - odd_a;
  y[3] = even_b + odd_b, y[4] = even_b - odd_b;
  y[5] = y3;
}

/// G: three weights become six.
FLAMBEAU_INLINE void transform_weight(WinogradLanes* g) {
  const WinogradLanes g0 = g[0], g1 = g[1], g2 = g[2];
  const WinogradLanes even_a = SHARE_A * g0 + SHARE_A * POINT_A2 * g2, odd_a = SHARE_A * POINT_A * g1;
  const WinogradLanes even_b = SHARE_B * g0 + SHARE_B * POINT_B2 * g2, odd_b = SHARE_B * POINT_B * g1;
  g[1] = even_a + odd_a, g[2] = even_a - odd_a;
  g[3] = even_b + odd_b, g[4] = even_b - odd_b;
  g[5] = g2;
}

/// G^T: six sums become the gradients of three weights.
FLAMBEAU_INLINE void transform_weight_grad(WinogradLanes* u) {
  const WinogradLanes even_a = SHARE_A * (u[1] + u[2]), odd_a = SHARE_A * (u[1] - u[2]);
  const WinogradLanes even_b = SHARE_B * (u[3] + u[4]), odd_b = SHARE_B * (u[3] - u[4]);
  u[0] = u[0] + even_a + even_b;
  u[1] = POINT_A * odd_a + POINT_B * odd_b;
  u[2] = POINT_A2 * even_a + POINT_B2 * even_b + u[5];
}

/// The pixels of one picture of a strip: h x w, the first so many numbers into the tensor. The strip begins at pixel (y, x), which may lie outside.
struct Region {
  Index first, h, w, row_step, pixel_step, y, x;
};

/// Pictures cut into tiles of 4 x 4: outputs (N,OH,OW) of inputs (N,H,W) that are padded by pad_h and pad_w (which may be negative). Where taps
/// are some pixels apart, every so many-th pixel makes a picture of its own: dilation_h x dilation_w of them, of one size or one less. A strip
/// is a row of tiles.
struct TileGrid {
  Index n, h, w, oh, ow, pad_h, pad_w, dilation_h, dilation_w;

  Index down() const { return ceil_div(ceil_div(oh, dilation_h), 4); }
  Index across() const { return ceil_div(ceil_div(ow, dilation_w), 4); }
  Index strips() const { return n * dilation_h * dilation_w * down(); }

  /// What a strip reads of a tensor (N,H,W,C), and of one (N,OH,OW,C) what it writes.
  Region inputs(Index strip, Index c) const { return region(strip, h, w, c, pad_h, pad_w); }
  Region outputs(Index strip, Index c) const { return region(strip, oh, ow, c, 0, 0); }

 private:
  /// Along one dimension: the pixels first, first + step ... of `size`, of which the one at `origin`, perhaps outside, has number `start`.
  struct Along {
    Index first, count, start;
    Along(Index size, Index origin, Index step) : first((origin % step + step) % step) {
      count = most(0, ceil_div(size - first, step));
      start = (origin - first) / step;
    }
  };

  Region region(Index strip, Index height, Index width, Index c, Index before_h, Index before_w) const {
    const Index picture = strip / down(), image = picture / (dilation_h * dilation_w);
    const Along ys(height, picture / dilation_w % dilation_h - before_h, dilation_h), xs(width, picture % dilation_w - before_w, dilation_w);
    return {((image * height + ys.first) * width + xs.first) * c, ys.count, xs.count, dilation_h * width * c, dilation_w * c,
            ys.start + strip % down() * 4, xs.start};
  }
};

/// What rows beyond the border are.
inline const float* zeros(Index count) {
  float* area = scratch<float>(Scratch::other, count);
  __builtin_memset(area, 0, static_cast<size_t>(count) * sizeof(float));
  return area;
}

/// What a strip of R pixel rows is read from and written to: tile t, channel k of plane s is to[s * plane + t * tile_step + place(k)].
struct Strip {
  const float* tensor;   // to which the region belongs
  Region from;
  Index c;               // channels to read of a pixel
  Index across;          // tiles
  const float* outside;  // as many zeros as a row is long: what rows beyond the border are
  float* to;
  Index plane, tile_step;
};

/// Transforms each tile of a strip, R x R pixels every four, down its columns and then along its rows. Neighbours share columns.
template <int R, class Transform, class Place>
void transform_strip(const Strip& s, const Transform& transform, const Place& place) {
  constexpr Index W = WIDTH<float>;
  const Region& in = s.from;
  const Index columns = 4 * (s.across - 1) + R, plane = s.plane, tile_step = s.tile_step, pixel_step = in.pixel_step, across = s.across;
  float* const done = scratch<float>(Scratch::columns, columns * 6 * W);  // (columns, 6, W)
  const Index begin = least(most(0, -in.x), columns), end = most(begin, least(columns, in.w - in.x));
  __builtin_memset(done, 0, static_cast<size_t>(begin * 6 * W) * sizeof(float));
  __builtin_memset(done + end * 6 * W, 0, static_cast<size_t>((columns - end) * 6 * W) * sizeof(float));
  const float* rows[R];
  for (int i = 0; i < R; i++) {
    const Index y = in.y + i;
    rows[i] = y >= 0 && y < in.h ? s.tensor + in.first + y * in.row_step : s.outside;
  }
  const Index first = (begin + in.x) * pixel_step;
  each_lanes<float>(s.c, [&](Index k, auto at) {
    float* down = done + begin * 6 * W;
    Index from = first + k;
    for (Index x = begin; x < end; x++, from += pixel_step, down += 6 * W) {
      WinogradLanes d[6];
      FLAMBEAU_UNROLL for (int i = 0; i < R; i++) d[i] = at.load(rows[i] + from);
      transform(d);
      FLAMBEAU_UNROLL for (int i = 0; i < 6; i++) store(down + i * W, d[i]);
    }
    float* to = s.to + place(k);
    const float* tile = done;
    for (Index t = 0; t < across; t++, tile += 24 * W, to += tile_step) {
      float* out = to;
      for (int i = 0; i < 6; i++, out += 6 * plane) {
        WinogradLanes d[6];
        FLAMBEAU_UNROLL for (int j = 0; j < R; j++) d[j] = load(tile + (6 * j + i) * W);
        transform(d);
        FLAMBEAU_UNROLL for (int j = 0; j < 6; j++) at.store(out + j * plane, d[j]);
      }
    }
  });
}

}  // namespace flambeau::TARGET
