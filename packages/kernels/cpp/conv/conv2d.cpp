// conv2d: forward, gradient of the input, gradients of weight and bias; channels-last, weights (OC,C/G,KH,KW) packed in each call, or once
// where the caller keeps them.
//
// Ways: a kernel of one tap is a matrix product; as many groups as channels go channel by channel (depthwise.h); 3 x 3 taps in float32 go
// through Winograd's transforms where that pays (winograd.cpp, winograd_weight_grad.cpp); everything else is direct (gather.h,
// weight_grad.h), a picture of few channels after it was copied once with its padding, so that a row of taps is one contiguous run. The choice
// depends on the shape alone.
#include "../gemm/gemm.h"
#include "depthwise.h"
#include "gather.h"
#include "weight_grad.h"
#include "winograd.h"

namespace flambeau::TARGET {
namespace {

enum class Way { product, depthwise, winograd, direct };

/// Whether Winograd's way may be taken at all: FLAMBEAU_WINOGRAD=0 says no.
int winograd_allowed = 1;

/// For how many pairs of an output and a tap of three along one dimension the tap is inside the picture.
Index taps_inside(Index in, Index out, Index pad, Index dilation) {
  Index taps = 0;
  for (Index tap = 0; tap < 3; tap++) {
    const Index offset = tap * dilation - pad;
    taps += most(0, least(out, in - offset) - most(0, -offset));
  }
  return taps;
}

/// How many tiles of four outputs cover one dimension.
Index tiles_along(Index out, Index dilation) { return dilation * ceil_div(ceil_div(out, dilation), 4); }

/// How many transformed weights may come from memory at every call for nothing.
constexpr Index transformed_in_cache = 1 << 20;

/// Whether Winograd's transforms pay, forward and in both gradients alike. Measured on one Zen 5 core, time of the direct form / its time:
///   16 channels 1.2-1.4 forward, 2 for the weights; 32: 2.0-2.3; 64: 2.2-2.6; 128: 2.2-2.6; 256 at 4 x 4: 1.7-1.9; 512 at 4 x 4: 1.7-2.3
///   but 8 channels 0.9-1.2 forward, 3 channels 1.0: there the transforms cost what they save
///   5 x 5 pictures 1.07, 3 x 3: 0.88, 2 x 2: 0.4: the direct form leaves out the taps beyond the border, a tile does not
///   of groups and with taps apart, 16 channels 0.9, 24: 1.1-1.4, 32: 1.5; 4 groups of 32 2.0, 64 with dilation 2 1.7
///   one picture of 512 channels at 4 x 4 0.4, eight 0.77, sixteen 1.14; at 7 x 7 0.6, 1.11: weights that, transformed, leave the last cache
///   must save some hundreds of multiplications each. So must those of 4 MB between the layers of a net, where nothing keeps them in a nearer
///   cache: the ResNet of the benchmarks on one picture takes 5.0 instead of 6.3 ms (Zen 3)
bool winograd_pays(const ConvShape& s) {
  if (s.kh != 3 || s.kw != 3 || s.stride_h != 1 || s.stride_w != 1) return false;
  const bool plain = s.groups == 1 && s.dilation_h == 1 && s.dilation_w == 1;
  if (least(s.group_in(), s.group_out()) < (plain ? 16 : 24)) return false;
  const double direct = static_cast<double>(taps_inside(s.h, s.oh, s.pad_h, s.dilation_h)) * taps_inside(s.w, s.ow, s.pad_w, s.dilation_w);
  const double tiled = 36.0 * tiles_along(s.oh, s.dilation_h) * tiles_along(s.ow, s.dilation_w);
  if (36 * s.c * s.group_out() > transformed_in_cache && s.n * (direct - tiled) < 768) return false;
  return tiled < 0.7 * direct;
}

template <class T>
Way way_of(const ConvShape& s) {
  if (s.pointwise()) return Way::product;
  if (s.depthwise()) return Way::depthwise;
  if (sizeof(T) == sizeof(float) && __atomic_load_n(&winograd_allowed, __ATOMIC_RELAXED) && winograd_pays(s)) return Way::winograd;
  return Way::direct;
}

/// The pictures with their padding around them; the shape then has none.
template <class T>
const T* with_padding(ConvShape& s, const T* x) {
  if (s.pad_h == 0 && s.pad_w == 0) return x;
  const Index h = s.h + 2 * s.pad_h, w = s.w + 2 * s.pad_w, C = s.c;
  T* padded = scratch<T>(Scratch::columns, s.n * h * w * C);
  parallel(s.n, 0.2 * h * w * C, [&](Index begin, Index end) {
    for (Index i = begin; i < end; i++) {
      T* to = padded + i * h * w * C;
      __builtin_memset(to, 0, static_cast<size_t>(h * w * C) * sizeof(T));
      for (Index y = 0; y < s.h; y++) {
        __builtin_memcpy(to + ((y + s.pad_h) * w + s.pad_w) * C, x + (i * s.h + y) * s.w * C, static_cast<size_t>(s.w * C) * sizeof(T));
      }
    }
  });
  s.h = h, s.w = w, s.pad_h = s.pad_w = 0;
  return padded;
}

struct Axes {
  Axis ys, xs;
};

/// Both axes of what is computed: the output forward, the input backward.
Axes make_axes(const ConvShape& s, bool backward) {
  const AxisSpec y = {backward ? s.h : s.oh, backward ? s.oh : s.h, s.kh, s.stride_h, s.pad_h, s.dilation_h, backward};
  const AxisSpec x = {backward ? s.w : s.ow, backward ? s.ow : s.w, s.kw, s.stride_w, s.pad_w, s.dilation_w, backward};
  Index* memory = scratch<Index>(Scratch::indices, y.storage() + x.storage());
  return {make_axis(y, memory), make_axis(x, memory + y.storage())};
}

/// What tiles of pixels take that have so many taps, in taps of one pixel: a tile of few rows takes as long as one of four, for its sums wait for one
/// another.
Index tiles_cost(Index pixels, Index taps) {
  const Index rest = pixels % WIDE_TILE.rows;
  return taps * (pixels - rest + (rest ? most(rest, 4) : 0));
}

/// Whether all pixels with all taps, those in the padding too, are less work than classes of few pixels: one picture of 512 channels at 4 x 4 takes
/// two thirds of the time, at 7 x 7 it would take longer.
bool padding_pays(const ConvShape& s) {
  if (s.n >= WIDE_TILE.rows) return false;
  const Axes axes = make_axes(s, false);
  Index by_class = 0;
  for (Index y = 0; y < axes.ys.classes; y++) {
    for (Index x = 0; x < axes.xs.classes; x++) {
      const AxisClass &rows = axes.ys.list[y], &columns = axes.xs.list[x];
      by_class += tiles_cost(s.n * rows.count * columns.count, rows.taps * columns.taps);
    }
  }
  return tiles_cost(s.pixels(), s.taps()) < by_class;
}

template <class T>
Gather<T> gather_of(const ConvShape& s, bool backward, Index merged) {
  Gather<T> g = {};
  g.n = s.n, g.groups = s.groups / merged, g.kh = s.kh, g.kw = s.kw;
  g.out_h = backward ? s.h : s.oh, g.out_w = backward ? s.w : s.ow, g.out_c = backward ? s.c : s.oc;
  g.in_h = backward ? s.oh : s.h, g.in_w = backward ? s.ow : s.w, g.in_c = backward ? s.oc : s.c;
  g.backward = backward, g.flops = s.flops();
  g.panel_vectors = panel_vectors<T>(g.group_out());
  return g;
}

template <class T>
Index merged_of(const ConvShape& s, bool backward) { return merged_groups<T>(s.groups, backward ? s.group_in() : s.group_out()); }

template <class T>
void direct(const ConvShape& s, bool backward, const T* in, const T* weight, const T* bias, T* out, KeptWeights<T> kept = {}) {
  const Axes axes = make_axes(s, backward);
  const Index merged = merged_of<T>(s, backward);
  Gather<T> g = gather_of<T>(s, backward, merged);
  g.ys = axes.ys, g.xs = axes.xs;
  g.in = in, g.out = out, g.bias = bias;
  T* packed = kept.at ? kept.at : scratch<T>(Scratch::pack_weight, g.weights());
  if (!kept.packed) pack_weights(g, merged, weight, packed);
  g.packed = packed;
  GatherTasks<T>(g).run();
}

template <class T>
void depthwise(const ConvShape& s, bool backward, const T* in, const T* weight, const T* bias, T* out) {
  const Axes axes = make_axes(s, backward);
  T* packed = scratch<T>(Scratch::pack_weight, s.taps() * s.c);
  pack_depthwise(weight, s.c, s.taps(), packed);
  const Depthwise<T> d = {s.n, backward ? s.h : s.oh, backward ? s.w : s.ow, backward ? s.oh : s.h, backward ? s.ow : s.w, s.c, s.kw,
                          axes.ys, axes.xs, in, out, bias, packed};
  run_depthwise(d, s.flops());
}

/// dbias by itself: the sums of grad's columns, in blocks by the shape alone.
template <class T>
void bias_grad(const ConvShape& s, const T* grad, T* dbias) {
  const Index blocks = least(16, s.pixels());
  double* sums = scratch<double>(Scratch::gradient, blocks * s.oc);
  parallel(blocks, 0.1 * s.pixels() * s.oc / blocks, [&](Index begin, Index end) {
    for (Index b = begin; b < end; b++) {
      double* own = sums + b * s.oc;
      for (Index o = 0; o < s.oc; o++) own[o] = 0;
      const Index last = s.pixels() * (b + 1) / blocks;
      for (Index p = s.pixels() * b / blocks; p < last; p += 512) {
        add_columns(grad + p * s.oc, least(512, last - p), s.oc, own);
      }
    }
  });
  for (Index o = 0; o < s.oc; o++) {
    double sum = 0;
    for (Index b = 0; b < blocks; b++) sum += sums[b * s.oc + o];
    dbias[o] = static_cast<T>(sum);
  }
}

}  // namespace

// What a kernel of kernels.list gets, and the same as a ConvShape.
#define CONV_PARAMETERS                                                                                                        \
  Index n, Index h, Index w, Index c, Index oh, Index ow, Index oc, Index kh, Index kw, Index stride_h, Index stride_w,       \
      Index pad_h, Index pad_w, Index dilation_h, Index dilation_w, Index groups
#define CONV_SHAPE {n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups}

template <class T>
void conv2d_kept(CONV_PARAMETERS) {
  const ConvShape s = CONV_SHAPE;
  Index count = 0;
  if (s.pixels() > 0 && oc > 0) {
    const Way way = way_of<T>(s);
    if (way == Way::winograd) count = winograd_weights(s);
    if (way == Way::direct) count = gather_of<T>(s, false, merged_of<T>(s, false)).weights();
  }
  results()[0] = static_cast<double>(count > weights_in_cache ? 0 : count);
}

template <class T>
void conv2d_forward(T* out, T* x, T* weight, T* bias, T* kept_at, Index packed, CONV_PARAMETERS) {
  ConvShape s = CONV_SHAPE;
  const KeptWeights<T> kept = {kept_at, packed != 0};
  if (s.pixels() == 0 || oc == 0) return;
  switch (way_of<T>(s)) {
    case Way::product: return multiply<T>({out, x, weight, bias, s.pixels(), oc, c, false, c, true, c, oc, false});
    case Way::depthwise: return depthwise<T>(s, false, x, weight, bias, out);
    case Way::winograd:
      if constexpr (sizeof(T) == sizeof(float)) winograd(s, false, x, weight, bias, out, kept);
      return;
    case Way::direct: {
      const T* in = taps_as_rows(s) || padding_pays(s) ? with_padding<T>(s, x) : x;
      return direct<T>(s, false, in, weight, bias, out, kept);
    }
  }
}

template <class T>
void conv2d_input_grad(T* dx, T* grad, T* weight, CONV_PARAMETERS) {
  const ConvShape s = CONV_SHAPE;
  if (n * h * w * c == 0) return;
  switch (way_of<T>(s)) {
    case Way::product: return multiply<T>({dx, grad, weight, nullptr, s.pixels(), c, oc, false, oc, false, c, c, false});
    case Way::depthwise: return depthwise<T>(s, true, grad, weight, nullptr, dx);
    case Way::winograd:
      if constexpr (sizeof(T) == sizeof(float)) winograd(s, true, grad, weight, nullptr, dx);
      return;
    case Way::direct: return direct<T>(s, true, grad, weight, nullptr, dx);
  }
}

template <class T>
void conv2d_weight_grad(T* dweight, T* dbias, T* grad, T* x, CONV_PARAMETERS) {
  ConvShape s = CONV_SHAPE;
  if (s.pixels() == 0 || s.weights() == 0) {
    for (Index i = 0; i < s.weights(); i++) dweight[i] = 0;
    for (Index o = 0; dbias && o < oc; o++) dbias[o] = 0;
    return;
  }
  switch (way_of<T>(s)) {
    case Way::product:
      multiply<T>({dweight, grad, x, nullptr, oc, c, s.pixels(), true, oc, false, c, c, false});
      if (dbias) bias_grad<T>(s, grad, dbias);
      return;
    case Way::depthwise: return DepthwiseWeightGrad<T>(s, x, grad).run(dweight, dbias);
    case Way::winograd:
      if constexpr (sizeof(T) == sizeof(float)) winograd_weight_grad(s, x, grad, dweight);
      if (dbias) bias_grad<T>(s, grad, dbias);
      return;
    case Way::direct: {
      const T* in = taps_as_rows(s) ? with_padding<T>(s, x) : x;
      return WeightGrad<T>(s, in, grad, dbias != nullptr).run(dweight, dbias);
    }
  }
}

template <class T>
void conv2d_winograd(Index allowed) {
  __atomic_store_n(&winograd_allowed, static_cast<int>(allowed != 0), __ATOMIC_RELAXED);
}

EXPORT_conv2d_forward
EXPORT_conv2d_kept
EXPORT_conv2d_input_grad
EXPORT_conv2d_weight_grad
EXPORT_conv2d_winograd

}  // namespace flambeau::TARGET
