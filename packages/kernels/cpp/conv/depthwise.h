// Depthwise convolution (as many groups as channels): every channel by itself, vectors along the channels.
//
//   out (N,OH,OW,C) = sum over taps of in (N,H,W,C) * weight (taps, C), packed from (C,1,KH,KW)
// Up to four neighbouring pixels that see the same taps share the loads of the weights; all streams are contiguous. The gradient of the input
// is the same walk along axes that look back. Bound by loads: on one Zen 5 core, 96 channels of
// 14 x 14 by 3 x 3 run at 105 GF/s forward and for the input, 74 GF/s for the weights, of 280.
#pragma once
#include "shape.h"

namespace flambeau::TARGET {

template <class T>
struct Depthwise {
  Index n, out_h, out_w, in_h, in_w, c, kw;
  Axis ys, xs;
  const T* in;
  T* out;
  const T* bias;    // or null
  const T* packed;  // (taps, C)
};

/// weight (C,1,taps) as (taps, C).
template <class T>
void pack_depthwise(const T* weight, Index c, Index taps, T* packed) {
  for (Index i = 0; i < c; i++) {
    for (Index t = 0; t < taps; t++) packed[t * c + i] = weight[i * taps + t];
  }
}

/// P pixels of one row, that see the taps of cy and cx; the first reads at `in`, the others `step` further each.
template <class T, int P>
void depthwise_pixels(const Depthwise<T>& d, const AxisClass cy, const AxisClass cx, const T* in, Index step, T* out) {
  const Index C = d.c, row_step = d.ys.offset_step * d.in_w * C, tap_step = d.xs.offset_step * C;
  const Index weight_row = d.ys.tap_step * d.kw * C, weight_step = d.xs.tap_step * C;
  const T *weights = d.packed + (cy.first_tap * d.kw + cx.first_tap) * C, *bias = d.bias;
  each_lanes<T>(C, [=](Index c, auto at) {
    const Lanes<T> start = bias ? at.load(bias + c) : Lanes<T>{};
    Lanes<T> sum[P];
    FLAMBEAU_UNROLL for (int i = 0; i < P; i++) sum[i] = start;
    for (Index y = 0; y < cy.taps; y++) {
      const T *row = in + y * row_step + c, *weight = weights + y * weight_row + c;
      for (Index x = 0; x < cx.taps; x++, row += tap_step, weight += weight_step) {
        const Lanes<T> w = at.load(weight);
        FLAMBEAU_UNROLL for (int i = 0; i < P; i++) sum[i] = fmadd(at.load(row + i * step), w, sum[i]);
      }
    }
    FLAMBEAU_UNROLL for (int i = 0; i < P; i++) at.store(out + i * C + c, sum[i]);
  });
}

template <class T>
void run_depthwise(const Depthwise<T>& d, double flops) {
  parallel(d.n * d.out_h, flops / FLOPS_PER_NS<T> * 4 / (d.n * d.out_h), [&](Index begin, Index end) {
    for (Index r = begin; r < end; r++) {
      const Index oy = r % d.out_h;
      const AxisClass& cy = d.ys.list[d.ys.class_of[oy]];
      const T* rows = d.in + (r / d.out_h * d.in_h + d.ys.base_of[oy]) * d.in_w * d.c;
      T* out = d.out + r * d.out_w * d.c;
      for (Index o = 0; o < d.out_w;) {
        const Index *kind = d.xs.class_of + o, *base = d.xs.base_of + o;
        const AxisClass& cx = d.xs.list[*kind];
        const bool four = o + 4 <= d.out_w && kind[1] == *kind && kind[2] == *kind && kind[3] == *kind;
        const Index step = four ? (base[1] - *base) * d.c : 0;
        (four ? depthwise_pixels<T, 4> : depthwise_pixels<T, 1>)(d, cy, cx, rows + *base * d.c, step, out + o * d.c);
        o += four ? 4 : 1;
      }
    }
  });
}

/// dweight (C,1,KH,KW): rows of pictures in parts, fixed by the shape and added up in order.
template <class T>
class DepthwiseWeightGrad {
 public:
  DepthwiseWeightGrad(const ConvShape& s, const T* x, const T* grad) : s_(s), x_(x), grad_(grad) {
    parts_ = least(16, s.n * s.oh);
  }

  /// There is at least one pixel; dbias may be null.
  void run(T* dweight, T* dbias) {
    const Index C = s_.c, rows = s_.taps() + 1;  // the last is the bias
    T* sums = scratch<T>(Scratch::partial, parts_ * rows * C);
    parallel(parts_, s_.flops() / FLOPS_PER_NS<T> * 8 / parts_, [&](Index begin, Index end) {
      for (Index part = begin; part < end; part++) sum_part(part, sums + part * rows * C);
    });
    for (Index i = 0; i < C; i++) {
      for (Index t = 0; t < rows; t++) {
        T sum = 0;
        for (Index part = 0; part < parts_; part++) sum += sums[(part * rows + t) * C + i];
        if (t < s_.taps()) dweight[i * s_.taps() + t] = sum;
        else if (dbias) dbias[i] = sum;
      }
    }
  }

 private:
  void sum_part(Index part, T* sums) const {
    const Index C = s_.c, rows = s_.n * s_.oh;
    for (Index i = 0; i < (s_.taps() + 1) * C; i++) sums[i] = 0;
    for (Index r = rows * part / parts_; r < rows * (part + 1) / parts_; r++) {
      const T* grad = grad_ + r * s_.ow * C;
      for (Index ky = 0; ky < s_.kh; ky++) {
        const Index iy = r % s_.oh * s_.stride_h - s_.pad_h + ky * s_.dilation_h;
        if (iy < 0 || iy >= s_.h) continue;
        const T* x = x_ + (r / s_.oh * s_.h + iy) * s_.w * C;
        for (Index kx = 0; kx < s_.kw; kx++) {
          const Index at = kx * s_.dilation_w - s_.pad_w;
          const Index begin = at >= 0 ? 0 : ceil_div(-at, s_.stride_w);
          const Index end = at > s_.w - 1 ? 0 : least(s_.ow, (s_.w - 1 - at) / s_.stride_w + 1);
          if (begin >= end) continue;
          add_products(x + (begin * s_.stride_w + at) * C, s_.stride_w * C, grad + begin * C, end - begin, sums + (ky * s_.kw + kx) * C);
        }
      }
      add_products(nullptr, 0, grad, s_.ow, sums + s_.taps() * C);
    }
  }

  /// sums[c] += the sum over n pixels of x[c] grad[c], or of grad alone where x is null.
  void add_products(const T* x, Index x_step, const T* grad, Index n, T* sums) const {
    const Index C = s_.c;
    each_lanes<T>(C, [=](Index c, auto at) {
      Lanes<T> a[4] = {};
      Index i = 0;
      for (; i + 4 <= n; i += 4) {
        FLAMBEAU_UNROLL for (int u = 0; u < 4; u++) {
          const Lanes<T> g = at.load(grad + (i + u) * C + c);
          a[u] = x ? fmadd(at.load(x + (i + u) * x_step + c), g, a[u]) : a[u] + g;
        }
      }
      for (; i < n; i++) {
        const Lanes<T> g = at.load(grad + i * C + c);
        a[0] = x ? fmadd(at.load(x + i * x_step + c), g, a[0]) : a[0] + g;
      }
      at.store(sums + c, (a[0] + a[1]) + (a[2] + a[3]) + at.load(sums + c));
    });
  }

  const ConvShape& s_;
  const T* x_;
  const T* grad_;
  Index parts_;
};

}  // namespace flambeau::TARGET
