// Convolution of pictures, channels-last: forward, and the gradients of input and weight.
//
// out (N,OH,OW,OC), x (N,H,W,C), weight (OC,C/G,KH,KW), G groups. All three directions are matrix products over the columns of a block of
// output pixels, columns (P, KH KW C/G): forward out = columns · weights, weight gradient weights' = columnsᵀ · grad, input
// gradient columns = grad · weightsᵀ, added back to the pixels they came from. A block is small enough to stay in the second-level
// cache, so the columns never travel to memory; blocks have a fixed size and are summed in order, so the bits do not depend on the
// number of threads.
#include "../gemm/gemm.h"

namespace flambeau::TARGET {
namespace {

struct Geometry {
  Index n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups;

  Index in() const { return c / groups; }
  Index out() const { return oc / groups; }
  Index taps() const { return kh * kw; }
  Index depth() const { return taps() * in(); }
  Index pixels() const { return n * oh * ow; }
};

/// Bytes of columns in a block: half of a second-level cache.
constexpr Index block_bytes = 512 * 1024;

template <class T>
Index block_pixels(const Geometry& g) {
  Index fit = block_bytes / static_cast<Index>(sizeof(T)) / (g.depth() > 0 ? g.depth() : 1);
  if (fit < 64) fit = 64;
  return fit < g.pixels() ? fit : g.pixels();
}

/// Calls at(column offset, picture offset) for each tap of an output pixel, and hole(column offset) where it lies outside.
template <class At, class Hole>
void each_tap(const Geometry& g, Index pixel, Index group, const At& at, const Hole& hole) {
  const Index image = pixel / (g.oh * g.ow), y0 = pixel / g.ow % g.oh * g.stride_h - g.pad_h, x0 = pixel % g.ow * g.stride_w - g.pad_w;
  for (Index a = 0; a < g.kh; a++) {
    const Index y = y0 + a * g.dilation_h;
    for (Index b = 0; b < g.kw; b++) {
      const Index x = x0 + b * g.dilation_w, column = (a * g.kw + b) * g.in();
      if (y < 0 || y >= g.h || x < 0 || x >= g.w) hole(column);
      else at(column, ((image * g.h + y) * g.w + x) * g.c + group * g.in());
    }
  }
}

/// columns (P, KH KW C/G) of the output pixels from `first` on.
template <class T>
void gather_columns(const Geometry& g, Index group, Index first, Index count, const T* x, T* columns) {
  const Index in = g.in();
  parallel(count, 1.0 * g.depth(), [&](Index begin, Index end) {
    for (Index p = begin; p < end; p++) {
      T* row = columns + p * g.depth();
      each_tap(g, first + p, group,
        [&](Index column, Index from) { for (Index i = 0; i < in; i++) row[column + i] = x[from + i]; },
        [&](Index column) { for (Index i = 0; i < in; i++) row[column + i] = 0; });
    }
  });
}

/// weights (G, KH KW C/G, OC/G) of weight (OC, C/G, KH, KW), in the order of the columns.
template <class T>
T* order_weights(const Geometry& g, const T* weight) {
  T* ordered = scratch<T>(Scratch::pack_weight, g.groups * g.depth() * g.out());
  for (Index o = 0; o < g.oc; o++) {
    for (Index i = 0; i < g.in(); i++) {
      for (Index t = 0; t < g.taps(); t++) {
        ordered[(o / g.out() * g.depth() + t * g.in() + i) * g.out() + o % g.out()] = weight[(o * g.in() + i) * g.taps() + t];
      }
    }
  }
  return ordered;
}

}  // namespace

#define GEOMETRY {n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups}

template <class T>
void conv2d_forward(T* out, T* x, T* weight, T* bias, Index n, Index h, Index w, Index c, Index oh, Index ow, Index oc, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index dilation_h, Index dilation_w, Index groups) {
  const Geometry g = GEOMETRY;
  const T* ordered = order_weights(g, weight);
  const Index block = block_pixels<T>(g);
  for (Index group = 0; group < groups; group++) {
    const T* weights = ordered + group * g.depth() * g.out();
    const T* row = bias == nullptr ? nullptr : bias + group * g.out();
    for (Index first = 0; first < g.pixels(); first += block) {
      const Index count = g.pixels() - first < block ? g.pixels() - first : block;
      T* columns = scratch<T>(Scratch::columns, block * g.depth());
      gather_columns(g, group, first, count, x, columns);
      multiply<T>({out + first * oc + group * g.out(), columns, weights, row, count, g.out(), g.depth(), false, g.depth(), false, g.out(), oc, false});
    }
  }
}

template <class T>
void conv2d_input_grad(T* dx, T* grad, T* weight, Index n, Index h, Index w, Index c, Index oh, Index ow, Index oc, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index dilation_h, Index dilation_w, Index groups) {
  const Geometry g = GEOMETRY;
  const T* ordered = order_weights(g, weight);
  __builtin_memset(dx, 0, static_cast<size_t>(n * h * w * c) * sizeof(T));
  // Whole pictures make up a block, so that no two tasks add to one pixel.
  const Index fit = block_pixels<T>(g) / (oh * ow > 0 ? oh * ow : 1), images = fit > 0 ? fit : 1, in = g.in();
  for (Index group = 0; group < groups; group++) {
    const T* weights = ordered + group * g.depth() * g.out();
    for (Index first = 0; first < n; first += images) {
      const Index some = n - first < images ? n - first : images, count = some * oh * ow;
      T* columns = scratch<T>(Scratch::columns, images * oh * ow * g.depth());
      multiply<T>({columns, grad + first * oh * ow * oc + group * g.out(), weights, nullptr, count, g.depth(), g.out(), false, oc, true, g.out(), g.depth(), false});
      parallel(some, 1.0 * oh * ow * g.depth(), [&](Index begin, Index end) {
        for (Index p = begin * oh * ow; p < end * oh * ow; p++) {
          const T* row = columns + p * g.depth();
          each_tap(g, first * oh * ow + p, group,
            [&](Index column, Index to) { for (Index i = 0; i < in; i++) dx[to + i] += row[column + i]; },
            [](Index) {});
        }
      });
    }
  }
}

template <class T>
void conv2d_weight_grad(T* dweight, T* dbias, T* grad, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index oc, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index dilation_h, Index dilation_w, Index groups) {
  const Geometry g = GEOMETRY;
  const Index block = block_pixels<T>(g);
  T* ordered = scratch<T>(Scratch::gradient, g.depth() * g.out());
  for (Index group = 0; group < groups; group++) {
    for (Index i = 0; i < g.depth() * g.out(); i++) ordered[i] = 0;
    for (Index first = 0; first < g.pixels(); first += block) {
      const Index count = g.pixels() - first < block ? g.pixels() - first : block;
      T* columns = scratch<T>(Scratch::columns, block * g.depth());
      gather_columns(g, group, first, count, x, columns);
      multiply<T>({ordered, columns, grad + first * oc + group * g.out(), nullptr, g.depth(), g.out(), count, true, g.depth(), false, oc, g.out(), first > 0});
    }
    for (Index o = 0; o < g.out(); o++) {
      for (Index i = 0; i < g.in(); i++) {
        for (Index t = 0; t < g.taps(); t++) {
          dweight[((group * g.out() + o) * g.in() + i) * g.taps() + t] = ordered[(t * g.in() + i) * g.out() + o];
        }
      }
    }
  }
  if (dbias == nullptr) return;
  // Blocks of 64 pixels in T, joined in double.
  double* sums = scratch<double>(Scratch::partial, oc);
  T* some = scratch<T>(Scratch::rows, oc);
  for (Index o = 0; o < oc; o++) sums[o] = 0;
  for (Index first = 0; first < g.pixels(); first += 64) {
    const Index last = first + 64 < g.pixels() ? first + 64 : g.pixels();
    for (Index o = 0; o < oc; o++) some[o] = 0;
    for (Index p = first; p < last; p++) {
      for (Index o = 0; o < oc; o++) some[o] += grad[p * oc + o];
    }
    for (Index o = 0; o < oc; o++) sums[o] += some[o];
  }
  for (Index o = 0; o < oc; o++) dbias[o] = static_cast<T>(sums[o]);
}

EXPORT_conv2d_forward
EXPORT_conv2d_input_grad
EXPORT_conv2d_weight_grad

}  // namespace flambeau::TARGET
