// The gradient of 3 x 3 weights by Winograd's F(4x4,3x3) in float32, stride 1. Groups come one after another; the shapes are those of one.
//
//   dweight = G^T [ sum over tiles: (B^T x B) * (A grad A^T) ] G: of each plane a product (C, tiles) (tiles, OC) on the shared micro-kernel
//   x -> (36, tiles, C);  grad -> (36, OC / PANEL, tiles, PANEL);  sums (OC / PANEL, 36, C, PANEL)
// Blocking: the sums stay, tiles come in blocks: 64, whose planes and sums share the second-level cache up to 64 channels, or 128 where the sums
// are in the third level and should be passed over less often. The blocks are cut into parts with sums of their own, which are added in order, for
// one core reads what another has just written at a quarter of its own cache's speed: with planes that all threads shared, two were no faster than
// one on a Zen 5 (14 x 14 x 64 6.1 ms, now 2.9; 128 channels 17, now 10). Many channels, whose sums are megabytes, keep one copy: there all threads
// transform a block, then take planes. Either way the bits do not depend on the number of threads.
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
  /// @param group the one whose weights are meant; `x`, `grad` and `dweight` are those of all
  WinogradWeightGrad(const ConvShape& s, Index group, const float* x, const float* grad, float* dweight)
      : s_(s), c_(s.group_in()), oc_(s.group_out()), x_(x + group * c_), grad_(grad + group * oc_), dweight_(dweight + group * c_ * oc_ * 9) {
    grid_ = {s.n, s.h, s.w, s.oh, s.ow, s.pad_h, s.pad_w, s.dilation_h, s.dilation_w};
    panels_ = ceil_div(oc_, PANEL);
    const Index wish = c_ * oc_ <= 128 * 128 ? 64 : 128;
    block_ = least(grid_.strips(), most(1, wish / grid_.across()));
    blocks_ = ceil_div(grid_.strips(), block_);
    input_plane_ = block_ * grid_.across() * c_ + LINE;
    grad_plane_ = block_ * grid_.across() * panels_ * PANEL + LINE;
    sum_plane_ = c_ * PANEL + LINE;
    sums_size_ = panels_ * PLANES * sum_plane_;
    const Index parts = least(least(16, blocks_), most_sums / sums_size_);
    parts_ = parts >= 8 ? parts : 1;
  }

  void run() {
    outside_ = zeros(most(s_.w * s_.c, s_.ow * s_.oc));
    sums_ = scratch<float>(Scratch::pack_weight, parts_ * sums_size_);
    if (parts_ > 1) apart();
    else together();
  }

 private:
  static constexpr Index CHANNELS = 16;
  /// All sums of all parts: 24 MB.
  static constexpr Index most_sums = 6 << 20;

  /// Transformed numbers of a block of tiles.
  struct Planes {
    float *inputs, *grads;
  };

  Planes planes() const {
    return {scratch<float>(Scratch::pack_a, PLANES * input_plane_), scratch<float>(Scratch::pack_b, PLANES * grad_plane_)};
  }

  double nanoseconds() const { return 2.0 * PLANES * grid_.strips() * grid_.across() * c_ * oc_ / FLOPS_PER_NS<float>; }
  Index finishing() const { return panels_ * ceil_div(c_, CHANNELS); }

  /// Each part of the blocks has sums of its own: nobody reads what another core has just written.
  void apart() {
    const Index tasks[2] = {parts_, finishing()};
    phases(2, tasks, nanoseconds(), [&](int phase, Index task, int) {
      if (phase == 1) return finish(task % panels_, task / panels_ * CHANNELS);
      const Planes own = planes();
      const Index first = blocks_ * task / parts_;
      for (Index block = first; block < blocks_ * (task + 1) / parts_; block++) {
        for (Index strip = 0; strip < strips(block); strip++) transform(own, block, strip);
        for (Index i = 0; i < PLANES * panels_; i++) multiply(own, block, i, block > first, sums_ + task * sums_size_);
      }
    });
  }

  /// One copy of the sums: all threads transform a block, then all multiply it.
  void together() {
    const Planes shared = planes();
    Index* tasks = scratch<Index>(Scratch::indices, 2 * blocks_ + 1);
    for (Index b = 0; b < blocks_; b++) {
      tasks[2 * b] = strips(b);
      tasks[2 * b + 1] = PLANES * panels_;
    }
    tasks[2 * blocks_] = finishing();
    phases(static_cast<int>(2 * blocks_ + 1), tasks, nanoseconds(), [&](int phase, Index task, int) {
      const Index block = phase / 2;
      if (block == blocks_) finish(task % panels_, task / panels_ * CHANNELS);
      else if (phase % 2 == 0) transform(shared, block, task);
      else multiply(shared, block, task, block > 0, sums_);
    });
  }

  Index strips(Index block) const { return least(block_, grid_.strips() - block * block_); }

  /// x (tiles, C) and the gradient (panels, tiles, PANEL) of a strip.
  void transform(const Planes& to, Index block, Index strip) const {
    const Index number = block * block_ + strip, across = grid_.across();
    const Strip in = {x_, grid_.inputs(number, s_.c), c_, across, outside_, to.inputs + strip * across * c_, input_plane_, c_};
    transform_strip<6>(in, [](WinogradLanes* d) { transform_input(d); }, [](Index k) { return k; });
    const Index panel_size = strips(block) * across * PANEL;
    const Strip grad = {grad_, grid_.outputs(number, s_.oc), oc_, across, outside_, to.grads + strip * across * PANEL, grad_plane_, PANEL};
    transform_strip<4>(grad, [](WinogradLanes* d) { transform_grad(d); }, [=](Index k) { return k / PANEL * panel_size + k % PANEL; });
  }

  /// sums (C, PANEL), or with `add` sums +=, x (tiles, C)^T grad (tiles, PANEL) of plane `at` % PLANES of panel `at` / PLANES
  void multiply(const Planes& from, Index block, Index at, bool add, float* all) const {
    const Index tiles = strips(block) * grid_.across(), pieces = ceil_div(tiles, SUM_LENGTH), panel = at / PLANES, plane = at % PLANES;
    const float* in = from.inputs + plane * input_plane_;
    const float* grad = from.grads + plane * grad_plane_ + panel * tiles * PANEL;
    float* sums = all + at * sum_plane_;
    const EvenSplit split(c_, TALL_TILE.rows);
    TileCall<float> call = {};
    Stretch part;
    call.stretches = &part;
    call.count = 1;
    call.a_step = c_;
    call.ldb = PANEL;
    call.ldc = PANEL;
    call.columns = PANEL;
    for (Index p = 0; p < pieces; p++) {
      const Index t = tiles * p / pieces;
      part = {0, 0, tiles * (p + 1) / pieces - t};
      call.b = grad + t * PANEL;
      call.add = add || p > 0;
      for (Index i = 0; i < split.count; i++) {
        call.a = in + t * c_ + split.begin(i);
        call.c = sums + split.begin(i) * PANEL;
        tile_kernel<float>(RowsAt::adjacent, split.size(i), TALL_TILE.vectors)(call);
      }
    }
  }

  /// The weights of a panel's columns and of channels c0 ..., transformed back and put in PyTorch's order.
  void finish(Index panel, Index c0) const {
    float taps[9 * CHANNELS * W];
    const Index channels = least(CHANNELS, c_ - c0);
    for (Index v = 0; v < TALL_TILE.vectors; v++) {
      const Index column = panel * PANEL + v * W, lanes = least(W, oc_ - column);
      if (lanes <= 0) break;
      for (Index c = 0; c < channels; c++) finish_taps(sums_ + panel * PLANES * sum_plane_ + (c0 + c) * PANEL + v * W, taps + c * 9 * W);
      interleave(taps, W, channels * 9, lanes, dweight_ + (column * c_ + c0) * 9, c_ * 9);
    }
  }

  void finish_taps(const float* sums, float* taps) const {
    WinogradLanes down[6][3];
    FLAMBEAU_UNROLL for (int j = 0; j < 6; j++) {
      WinogradLanes u[6];
      FLAMBEAU_UNROLL for (int i = 0; i < 6; i++) u[i] = load(sums + (i * 6 + j) * sum_plane_);
      for (Index p = 1; p < parts_; p++) {
        const float* part = sums + p * sums_size_;
        FLAMBEAU_UNROLL for (int i = 0; i < 6; i++) u[i] += load(part + (i * 6 + j) * sum_plane_);
      }
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
  Index c_, oc_;  // of the group
  TileGrid grid_;
  Index panels_, block_, blocks_, parts_, input_plane_, grad_plane_, sum_plane_, sums_size_;
  const float* x_;
  const float* grad_;
  const float* outside_ = nullptr;
  float* sums_ = nullptr;
  float* dweight_;
};

}  // namespace

void winograd_weight_grad(const ConvShape& s, const float* x, const float* grad, float* dweight) {
  for (Index group = 0; group < s.groups; group++) WinogradWeightGrad(s, group, x, grad, dweight).run();
}

}  // namespace flambeau::TARGET
