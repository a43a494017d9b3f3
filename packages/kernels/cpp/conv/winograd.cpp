// 3 x 3 convolution by Winograd's F(4x4,3x3) in float32, stride 1: forward, and the gradient of the input, which is the same with the weights
// turned round. The shapes below are those of one group.
//
//   out (N,OH,OW,OC) from in (N,H,W,C), in T = N ceil(OH / 4) ceil(OW / 4) tiles; 36 planes (winograd_tile.h)
//   weights -> (OC / PANEL, 36, C, PANEL), once;  a chunk of tiles -> (36, C / block, tiles, block)
//   sums (36, tiles, PANEL) = their products on the shared micro-kernel, a panel of columns at a time; and back to pixels while they are in the cache
// Blocking: 28 tiles are two full tiles of the micro-kernel, whose 36 planes of 64 channels (0.26 MB), sums (0.13) and weights (0.59) fit the
// second-level cache. Where the weights do not, they come from the third level once a chunk: 64 tiles. A block is what is summed at once
// (SUM_LENGTH), kept together so that a tile of A is one contiguous run.
// Measured on one Zen 5 core, in flops of the direct form (peak 280 GF/s), N = 128: 16 x 16 x 64 570 GF/s (204 %), 8 x 8 x 128 660 (235 %), 4 x 4 x 256
// 600 (214 %): 2.2-2.6 times the direct form. The products take six tenths of the time, at four fifths of the peak.
// Errors (root of the mean square, against float64): 2.4-3.6 times those of the direct form, 4 for a gradient of which ReLU struck out half.
#include "winograd.h"

#include "../gemm/pack.h"
#include "winograd_tile.h"

namespace flambeau::TARGET {
namespace {

constexpr Index W = WIDTH<float>;

class Winograd {
 public:
  Winograd(const ConvShape& s, bool backward, const float* in, const float* weight, const float* bias, float* out, KeptWeights<float> kept)
      : groups_(s.groups), weight_(weight), in_(in), bias_(bias), kept_(kept), out_(out), backward_(backward) {
    const Index dh = s.dilation_h, dw = s.dilation_w;
    if (backward) grid_ = {s.n, s.oh, s.ow, s.h, s.w, 2 * dh - s.pad_h, 2 * dw - s.pad_w, dh, dw};
    else grid_ = {s.n, s.h, s.w, s.oh, s.ow, s.pad_h, s.pad_w, dh, dw};
    depth_ = backward ? s.group_out() : s.group_in();
    columns_ = backward ? s.group_in() : s.group_out();
    panels_ = ceil_div(columns_, PANEL);
    weight_plane_ = depth_ * PANEL + LINE;
    // Longer sums of shorter pieces: rounding errors grow with the root of the one and of the other.
    const Index sum_length = depth_ < 256 ? SUM_LENGTH : SUM_LENGTH / 2;
    block_ = ceil_div(ceil_div(depth_, ceil_div(depth_, sum_length)), W) * W;
    choose_chunk();
  }

  Index weights() const { return groups_ * panels_ * PLANES * weight_plane_; }

  void run() {
    outside_ = zeros(grid_.w * groups_ * depth_);
    float* packed = kept_.at ? kept_.at : scratch<float>(Scratch::pack_weight, weights());
    packed_ = packed;
    const Index chunks = ceil_div(grid_.strips(), chunk_);
    const Index panels = groups_ * panels_;
    const Index tasks[2] = {kept_.packed ? 0 : panels * ceil_div(depth_, BLOCK_DEPTH), groups_ * chunks * parts_};
    const double ns = 2.0 * PLANES * grid_.strips() * grid_.across() * groups_ * depth_ * columns_ / FLOPS_PER_NS<float>;
    phases(2, tasks, ns, [&](int phase, Index task, int) {
      if (phase == 0) transform_weights(task % panels, task / panels * BLOCK_DEPTH, packed);
      else chunk(task / (chunks * parts_), task % chunks, task / chunks % parts_);
    });
  }

 private:
  static constexpr Index BLOCK_DEPTH = 16;

  void choose_chunk() {
    const Index wish = depth_ * columns_ <= 128 * 128 ? 28 : 64;
    const Index strips = grid_.strips(), chunks = ceil_div(strips, most(1, wish / grid_.across()));
    chunk_ = ceil_div(strips, chunks);
    // Few chunks are few tasks: parts of their panels are more, though each transforms all of the input anew. One picture of 128 channels at 14 x 14
    // is one chunk, and takes 0.6 times as long on two threads in two parts.
    parts_ = most(1, least(panels_, least(columns_ / 64, 8 / (chunks * groups_))));
  }

  /// The weights of a panel's columns and of depths k0 ... in the order in which the micro-kernel reads them. `number` counts all groups' panels.
  void transform_weights(Index number, Index k0, float* packed) const {
    const Index group = number / panels_, panel = number % panels_;
    const float* weight = weight_ + group * columns_ * depth_ * 9;
    float taps[9 * BLOCK_DEPTH * W];
    const Index depth = least(BLOCK_DEPTH, depth_ - k0);
    for (Index v = 0; v < TALL_TILE.vectors; v++) {
      const Index column = panel * PANEL + v * W, lanes = most(0, least(W, columns_ - column));
      if (lanes < W) __builtin_memset(taps, 0, sizeof taps);
      if (backward_) {
        for (Index k = 0; k < depth; k++) interleave(weight + ((k0 + k) * columns_ + column) * 9, 9, lanes, 9, taps + k * 9 * W, W);
      } else {
        interleave(weight + (column * depth_ + k0) * 9, depth_ * 9, lanes, depth * 9, taps, W);
      }
      for (Index k = 0; k < depth; k++) {
        float* to = packed + number * PLANES * weight_plane_ + (k0 + k) * PANEL + v * W;
        transform_taps(taps + k * 9 * W, to);
      }
    }
  }

  void transform_taps(const float* taps, float* to) const {
    WinogradLanes down[3][6];
    FLAMBEAU_UNROLL for (int j = 0; j < 3; j++) {
      FLAMBEAU_UNROLL for (int i = 0; i < 3; i++) down[j][i] = load(taps + (backward_ ? 8 - i * 3 - j : i * 3 + j) * W);
      transform_weight(down[j]);
    }
    FLAMBEAU_UNROLL for (int i = 0; i < 6; i++) {
      WinogradLanes g[6] = {down[0][i], down[1][i], down[2][i]};
      transform_weight(g);
      FLAMBEAU_UNROLL for (int j = 0; j < 6; j++) store(to + (i * 6 + j) * weight_plane_, g[j]);
    }
  }

  /// A chunk of strips, from pixels to pixels of one part of a group's panels.
  void chunk(Index group, Index number, Index part) const {
    const Index first = number * chunk_, strips = least(chunk_, grid_.strips() - first), across = grid_.across();
    const Index tiles = strips * across, block_size = tiles * block_, sum_plane = tiles * PANEL + LINE;
    const Index in_plane = ceil_div(depth_, block_) * block_size + LINE;
    float* in = scratch<float>(Scratch::pack_a, PLANES * in_plane);
    float* sums = scratch<float>(Scratch::pack_b, PLANES * sum_plane);
    for (Index i = 0; i < strips; i++) {
      const Strip strip = {in_ + group * depth_, grid_.inputs(first + i, groups_ * depth_), depth_, across, outside_, in + i * across * block_, in_plane, block_};
      const auto place = [=](Index k) { return k / block_ * block_size + k % block_; };
      transform_strip<6>(strip, [](WinogradLanes* d) { transform_input(d); }, place);
    }
    for (Index panel = panels_ * part / parts_; panel < panels_ * (part + 1) / parts_; panel++) {
      for (Index s = 0; s < PLANES; s++) {
        multiply(tiles, in + s * in_plane, packed_ + ((group * panels_ + panel) * PLANES + s) * weight_plane_, sums + s * sum_plane);
      }
      for (Index i = 0; i < strips; i++) output_strip(first + i, sums + i * across * PANEL, sum_plane, group, panel * PANEL);
    }
  }

  /// sums (tiles, PANEL) = in (tiles, depth) weights (depth, PANEL)
  void multiply(Index tiles, const float* in, const float* weights, float* sums) const {
    const EvenSplit split(tiles, TALL_TILE.rows);
    TileCall<float> call = {};
    Stretch part;
    call.stretches = &part;
    call.count = 1;
    call.row_step = block_;
    call.ldb = PANEL;
    call.ldc = PANEL;
    call.columns = PANEL;
    for (Index k = 0; k < depth_; k += block_) {
      part = {0, 0, least(block_, depth_ - k)};
      call.b = weights + k * PANEL;
      call.add = k > 0;
      for (Index i = 0; i < split.count; i++) {
        call.a = in + k * tiles + split.begin(i) * block_;
        call.c = sums + split.begin(i) * PANEL;
        tile_kernel<float>(RowsAt::spaced, split.size(i), TALL_TILE.vectors)(call);
      }
    }
  }

  void output_strip(Index number, const float* sums, Index plane, Index group, Index column) const {
    const Region to = grid_.outputs(number, groups_ * columns_);
    float* out = out_ + to.first + to.y * to.row_step + group * columns_ + column;
    const float* bias = bias_ ? bias_ + group * columns_ + column : nullptr;
    const Index rows = least(4, to.h - to.y);
    if (rows <= 0) return;
    for (Index x = 0; x < to.w; x += 4) {
      output_tile(sums + x / 4 * PANEL, plane, bias, columns_ - column, out + x * to.pixel_step, rows, least(4, to.w - x), to);
    }
  }

  /// A tile's outputs, of which the first `rows` x `width` are pixels, of as many columns as there are of a panel.
  static void output_tile(const float* sums, Index plane, const float* bias, Index columns, float* out, Index rows, Index width, const Region& pixels) {
    const Index row_step = pixels.row_step, pixel_step = pixels.pixel_step;
    each_lanes<float>(least(PANEL, columns), [=](Index k, auto lanes) {
      WinogradLanes done[6][4];
      const float* from = sums + k;
      for (int j = 0; j < 6; j++, from += plane) {
        WinogradLanes m[6];
        FLAMBEAU_UNROLL for (int i = 0; i < 6; i++) m[i] = load(from + i * 6 * plane);
        transform_output(m);
        FLAMBEAU_UNROLL for (int i = 0; i < 4; i++) done[j][i] = m[i];
      }
      const WinogradLanes add = bias ? lanes.load(bias + k) : WinogradLanes{};
      float* to = out + k;
      for (Index i = 0; i < rows; i++, to += row_step) {
        WinogradLanes m[6];
        FLAMBEAU_UNROLL for (int j = 0; j < 6; j++) m[j] = done[j][i];
        transform_output(m);
        if (width == 4) {
          FLAMBEAU_UNROLL for (int j = 0; j < 4; j++) lanes.store(to + j * pixel_step, m[j] + add);
        } else {
          for (Index j = 0; j < width; j++) lanes.store(to + j * pixel_step, m[j] + add);
        }
      }
    });
  }

  TileGrid grid_;
  Index groups_, depth_, columns_, panels_, weight_plane_, block_, chunk_, parts_;
  const float* weight_;
  const float* in_;
  const float* bias_;
  KeptWeights<float> kept_;
  const float* packed_ = nullptr;
  const float* outside_ = nullptr;
  float* out_;
  bool backward_;
};

}  // namespace

void winograd(const ConvShape& s, bool backward, const float* in, const float* weight, const float* bias, float* out, KeptWeights<float> kept) {
  Winograd(s, backward, in, weight, bias, out, kept).run();
}

Index winograd_weights(const ConvShape& s) { return Winograd(s, false, nullptr, nullptr, nullptr, nullptr, {}).weights(); }

}  // namespace flambeau::TARGET
