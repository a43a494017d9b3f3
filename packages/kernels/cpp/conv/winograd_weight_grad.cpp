// The gradient of 3 x 3 weights by Winograd's F(4x4,3x3) in float32, stride 1.
//
//   dweight = G^T [ sum over tiles: (B^T x B) * (A grad A^T) ] G: of each plane a product (C, tiles) (tiles, OC) on the shared micro-kernel
//   x -> (36, tiles, C);  grad -> (36, OC / PANEL, tiles, PANEL);  sums (OC / PANEL, 36, C, PANEL)
// Blocking: the sums stay, tiles come in blocks: 64, whose planes and sums share the second-level cache up to 64 channels, or 128 where the sums
// are in the third level and should be passed over less often. All threads transform a block, then take planes: the bits do not depend on their number.
// Measured on one Zen 5 core, in flops of the direct form (peak 280 GF/s), N = 128: 16 x 16 x 64 550 GF/s, 8 x 8 x 128 630, 4 x 4 x 256 590:
// 2.0-2.6 times the direct form. Errors (root of the mean square, against float64): 1.6-3.7 times those of the direct form.
#include "../gemm/pack.h"
#include "winograd.h"
#include "winograd_tile.h"

namespace flambeau::TARGET {
namespace {

constexpr Index W = WIDTH<float>;

class WinogradWeightGrad {
 public:
  WinogradWeightGrad(const ConvShape& s, const float* x, const float* grad, float* dweight) : s_(s), x_(x), grad_(grad), dweight_(dweight) {
    inputs_ = {s.n, s.h, s.w, s.oh, s.ow, s.pad_h, s.pad_w};
    grads_ = {s.n, s.oh, s.ow, s.oh, s.ow, 0, 0};
    panels_ = ceil_div(s.oc, PANEL);
    const Index wish = s.c * s.oc <= 128 * 128 ? 64 : 128;
    block_ = least(inputs_.strips(), most(1, wish / inputs_.across()));
    input_plane_ = block_ * inputs_.across() * s.c + LINE;
    grad_plane_ = block_ * inputs_.across() * panels_ * PANEL + LINE;
    sum_plane_ = s.c * PANEL + LINE;
  }

  void run() {
    outside_ = zeros(most(s_.w * s_.c, s_.ow * s_.oc));
    inputs_at_ = scratch<float>(Scratch::pack_a, PLANES * input_plane_);
    grads_at_ = scratch<float>(Scratch::pack_b, PLANES * grad_plane_);
    sums_ = scratch<float>(Scratch::pack_weight, panels_ * PLANES * sum_plane_);
    const Index blocks = ceil_div(inputs_.strips(), block_);
    Index* counts = scratch<Index>(Scratch::indices, 2 * blocks + 1);
    for (Index b = 0; b < blocks; b++) {
      counts[2 * b] = strips(b);
      counts[2 * b + 1] = PLANES * panels_;
    }
    counts[2 * blocks] = panels_ * ceil_div(s_.c, CHANNELS);
    const double ns = 2.0 * PLANES * inputs_.strips() * inputs_.across() * s_.c * s_.oc / FLOPS_PER_NS<float>;
    phases(static_cast<int>(2 * blocks + 1), counts, ns, [&](int phase, Index task, int) {
      const Index block = phase / 2;
      if (block == blocks) finish(task % panels_, task / panels_ * CHANNELS);
      else if (phase % 2 == 0) transform(block, task);
      else multiply(block, task / PLANES, task % PLANES);
    });
  }

 private:
  static constexpr Index CHANNELS = 16;

  Index strips(Index block) const { return least(block_, inputs_.strips() - block * block_); }

  /// x (tiles, C) and the gradient (panels, tiles, PANEL) of a strip.
  void transform(Index block, Index strip) const {
    const Index number = block * block_ + strip, image = number / inputs_.down(), y = number % inputs_.down() * 4, across = inputs_.across();
    const Strip in = {x_ + image * s_.h * s_.w * s_.c, s_.h, s_.w, s_.c, y - s_.pad_h, s_.pad_w, across, outside_,
                      inputs_at_ + strip * across * s_.c, input_plane_, s_.c};
    transform_strip<6>(in, [](WinogradLanes* d) { transform_input(d); }, [](Index k) { return k; });
    const Index panel_size = strips(block) * across * PANEL;
    const Strip grad = {grad_ + image * s_.oh * s_.ow * s_.oc, s_.oh, s_.ow, s_.oc, y, 0, across, outside_,
                        grads_at_ + strip * across * PANEL, grad_plane_, PANEL};
    transform_strip<4>(grad, [](WinogradLanes* d) { transform_grad(d); }, [=](Index k) { return k / PANEL * panel_size + k % PANEL; });
  }

  /// sums (C, PANEL) += x (tiles, C)^T grad (tiles, PANEL) of one plane
  void multiply(Index block, Index panel, Index plane) const {
    const Index tiles = strips(block) * inputs_.across(), parts = ceil_div(tiles, SUM_LENGTH);
    const float* in = inputs_at_ + plane * input_plane_;
    const float* grad = grads_at_ + plane * grad_plane_ + panel * tiles * PANEL;
    float* sums = sums_ + (panel * PLANES + plane) * sum_plane_;
    const EvenSplit split(s_.c, TALL_TILE.rows);
    TileCall<float> call = {};
    Stretch part;
    call.stretches = &part;
    call.count = 1;
    call.a_step = s_.c;
    call.ldb = PANEL;
    call.ldc = PANEL;
    call.columns = PANEL;
    for (Index p = 0; p < parts; p++) {
      const Index t = tiles * p / parts;
      part = {0, 0, tiles * (p + 1) / parts - t};
      call.b = grad + t * PANEL;
      call.add = block > 0 || p > 0;
      for (Index i = 0; i < split.count; i++) {
        call.a = in + t * s_.c + split.begin(i);
        call.c = sums + split.begin(i) * PANEL;
        tile_kernel<float>(RowsAt::adjacent, split.size(i), TALL_TILE.vectors)(call);
      }
    }
  }

  /// The weights of a panel's columns and of channels c0 ..., transformed back and put in PyTorch's order.
  void finish(Index panel, Index c0) const {
    float taps[9 * CHANNELS * W];
    const Index channels = least(CHANNELS, s_.c - c0);
    for (Index v = 0; v < TALL_TILE.vectors; v++) {
      const Index column = panel * PANEL + v * W, lanes = least(W, s_.oc - column);
      if (lanes <= 0) break;
      for (Index c = 0; c < channels; c++) finish_taps(sums_ + panel * PLANES * sum_plane_ + (c0 + c) * PANEL + v * W, taps + c * 9 * W);
      interleave(taps, W, channels * 9, lanes, dweight_ + (column * s_.c + c0) * 9, s_.c * 9);
    }
  }

  void finish_taps(const float* sums, float* taps) const {
    WinogradLanes down[6][3];
    FLAMBEAU_UNROLL for (int j = 0; j < 6; j++) {
      WinogradLanes u[6];
      FLAMBEAU_UNROLL for (int i = 0; i < 6; i++) u[i] = load(sums + (i * 6 + j) * sum_plane_);
      transform_weight_grad(u);
      FLAMBEAU_UNROLL for (int i = 0; i < 3; i++) down[j][i] = u[i];
    }
    FLAMBEAU_UNROLL for (int i = 0; i < 3; i++) {
      WinogradLanes u[6];
      FLAMBEAU_UNROLL for (int j = 0; j < 6; j++) u[j] = down[j][i];
      transform_weight_grad(u);
      FLAMBEAU_UNROLL for (int j = 0; j < 3; j++) store(taps + (i * 3 + j) * W, u[j]);
    }
  }

  const ConvShape& s_;
  TileGrid inputs_, grads_;
  Index panels_, block_, input_plane_, grad_plane_, sum_plane_;
  const float* x_;
  const float* grad_;
  const float* outside_ = nullptr;
  float* inputs_at_ = nullptr;
  float* grads_at_ = nullptr;
  float* sums_ = nullptr;
  float* dweight_;
};

}  // namespace

void winograd_weight_grad(const ConvShape& s, const float* x, const float* grad, float* dweight) {
  WinogradWeightGrad(s, x, grad, dweight).run();
}

}  // namespace flambeau::TARGET
