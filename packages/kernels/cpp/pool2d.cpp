// Pooling of pictures, channels-last: x (N,H,W,C), out (N,OH,OW,C).
//
// Each output pixel folds the C-vectors of its window in registers, so that memory is passed over once: bound by its speed. Max-pooling writes the
// winning pixel (y W + x) beside each output; its gradient scatters by it, each picture on its own, in the order of the outputs: deterministic.
// Measured on one Zen 5 core, 64 x 28 x 28 x 32 floats by 2 x 2: maximum 60 GB/s (6.4 MB read, 3.2 written), its gradient 42.
// Of equals the first wins, a NaN over all, of several the last: as PyTorch has it. Behind a batch norm and a relu the maximum is taken of what they
// would write, whose pass over memory then falls away, and on the way back the gradient's (batch_norm.cpp).
#include "channels.h"

namespace flambeau::TARGET {
namespace {

/// The pixels of one dimension that output i sees.
struct Window {
  Index begin, end;
};

inline Window clipped(Index start, Index kernel, Index size) {
  const Index end = start + kernel;
  return {start < 0 ? 0 : start, end < size ? end : size};
}
inline Window adaptive(Index i, Index in, Index out) { return {i * in / out, ((i + 1) * in + out - 1) / out}; }

/// An average over windows: which pixels, and by how much the sum is divided.
template <class T, class Windows>
void average(T* out, const T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, const Windows& windows) {
  parallel(n * oh, 0.5 * ow * c, [&](Index begin, Index end) {
    for (Index row = begin; row < end; row++) {
      const T* picture = x + row / oh * h * w * c;
      for (Index j = 0; j < ow; j++) {
        Window ys, xs;
        const T divisor = static_cast<T>(windows(row % oh, j, ys, xs));
        T* to = out + (row * ow + j) * c;
        each_lanes<T>(c, [=](Index k, auto at) {
          Lanes<T> sum[4] = {};  // in flight, for one would wait for itself
          for (Index y = ys.begin; y < ys.end; y++) {
            const T* from = picture + (y * w + xs.begin) * c + k;
            Index q = xs.begin;
            for (; q + 4 <= xs.end; q += 4, from += 4 * c) FLAMBEAU_UNROLL for (int u = 0; u < 4; u++) sum[u] += at.load(from + u * c);
            for (; q < xs.end; q++, from += c) sum[0] += at.load(from);
          }
          at.store(to + k, ((sum[0] + sum[1]) + (sum[2] + sum[3])) / divisor);
        });
      }
    }
  });
}

/// Its gradient: every pixel of a window gets its share. `tiled`: each pixel is in one window, so that nothing need be added up.
template <class T, class Windows>
void average_backward(T* dx, const T* grad, Index n, Index h, Index w, Index c, Index oh, Index ow, bool tiled, const Windows& windows) {
  parallel(n, 0.2 * (h * w + 2 * oh * ow) * c, [&](Index begin, Index end) {
    T* const shares = scratch<T>(Scratch::rows, c);
    for (Index image = begin; image < end; image++) {
      T* picture = dx + image * h * w * c;
      if (!tiled) __builtin_memset(picture, 0, static_cast<size_t>(h * w * c) * sizeof(T));
      for (Index o = 0; o < oh * ow; o++) {
        Window ys, xs;
        const T divisor = static_cast<T>(windows(o / ow, o % ow, ys, xs));
        const T* from = grad + (image * oh * ow + o) * c;
        each_lanes<T>(c, [=](Index k, auto at) { at.store(shares + k, at.load(from + k) / divisor); });
        for (Index y = ys.begin; y < ys.end; y++) {
          T* to = picture + (y * w + xs.begin) * c;
          for (Index q = xs.begin; q < xs.end; q++, to += c) {
            if (tiled) each_lanes<T>(c, [=](Index k, auto at) { at.store(to + k, at.load(shares + k)); });
            else each_lanes<T>(c, [=](Index k, auto at) { at.store(to + k, at.load(to + k) + at.load(shares + k)); });
          }
        }
      }
    }
  });
}

/// The windows of avg_pool2d: padding counts in the divisor when `include_pad`, but never beyond the padded picture.
auto fixed_windows(Index h, Index w, Index kh, Index kw, Index sh, Index sw, Index ph, Index pw, Index include_pad, Index divisor) {
  return [=](Index i, Index j, Window& ys, Window& xs) -> Index {
    const Index y = i * sh - ph, x = j * sw - pw;
    ys = clipped(y, kh, h);
    xs = clipped(x, kw, w);
    if (divisor != 0) return divisor;
    if (include_pad == 0) return (ys.end - ys.begin) * (xs.end - xs.begin);
    const Index bottom = y + kh < h + ph ? y + kh : h + ph, right = x + kw < w + pw ? x + kw : w + pw;
    return (bottom - y) * (right - x);
  };
}

auto adaptive_windows(Index h, Index w, Index oh, Index ow) {
  return [=](Index i, Index j, Window& ys, Window& xs) -> Index {
    ys = adaptive(i, h, oh);
    xs = adaptive(j, w, ow);
    return (ys.end - ys.begin) * (xs.end - xs.begin);
  };
}

/// Stores W winners, or the first of them, as int32.
template <class T>
FLAMBEAU_INLINE void store_index(int32_t* to, Mask<T> index, Whole) {
  store<int32_t, WIDTH<T>>(to, __builtin_convertvector(index, Vector<int32_t, WIDTH<T>>));
}
template <class T>
FLAMBEAU_INLINE void store_index(int32_t* to, Mask<T> index, Part at) {
  for (int i = 0; i < at.n; i++) to[i] = static_cast<int32_t>(index[i]);
}

/// A number as it is.
template <class T>
struct AsIs {
  template <class At>
  FLAMBEAU_INLINE Lanes<T> operator()(Lanes<T> x, Index, At) const {
    return x;
  }
};

/// The winner of each channel among `taps` pixels of a picture, of which counts value(x, channel, lanes).
template <class T, class Value = AsIs<T>>
void max_pixel(T* out, int32_t* index, const T* picture, const int32_t* pixels, Index taps, Index c, const Value& value = {}) {
  each_lanes<T>(c, [=](Index k, auto at) {
    Lanes<T> best = value(at.load(picture + *pixels * c + k), k, at);
    Mask<T> where = Mask<T>{} + *pixels;
    for (Index t = 1; t < taps; t++) {
      const Lanes<T> x = value(at.load(picture + pixels[t] * c + k), k, at);
      const Mask<T> wins = (x > best) | (x != x);
      best = wins ? x : best;
      where = wins ? Mask<T>{} + pixels[t] : where;
    }
    at.store(out + k, best);
    store_index<T>(index + k, where, at);
  });
}

/// The maximum of value(x, channel, lanes) over each window.
template <class T, class Value>
void maxima(T* out, int32_t* index, const T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw, Index stride_h,
            Index stride_w, Index pad_h, Index pad_w, Index dilation_h, Index dilation_w, const Value& value) {
  parallel(n * oh, 0.1 * kh * kw * ow * c, [=](Index begin, Index end) {
    int32_t* pixels = scratch<int32_t>(Scratch::indices, kh * kw);
    for (Index row = begin; row < end; row++) {
      const T* picture = x + row / oh * h * w * c;
      for (Index j = 0; j < ow; j++) {
        Index taps = 0;
        for (Index a = 0; a < kh; a++) {
          const Index y = row % oh * stride_h - pad_h + a * dilation_h;
          if (y < 0 || y >= h) continue;
          for (Index b = 0; b < kw; b++) {
            const Index q = j * stride_w - pad_w + b * dilation_w;
            if (q >= 0 && q < w) pixels[taps++] = static_cast<int32_t>(y * w + q);
          }
        }
        if (taps == 0) {  // dilation may step over a picture that is smaller than it
          for (Index k = 0; k < c; k++) {
            out[(row * ow + j) * c + k] = -static_cast<T>(__builtin_inf());
            index[(row * ow + j) * c + k] = 0;
          }
          continue;
        }
        max_pixel<T>(out + (row * ow + j) * c, index + (row * ow + j) * c, picture, pixels, taps, c, value);
      }
    }
  });
}

}  // namespace

template <class T>
void max_pool2d(T* out, int32_t* index, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw,
                Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index dilation_h, Index dilation_w) {
  maxima(out, index, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, AsIs<T>{});
}

template <class T>
void batch_norm_relu_max_pool2d(T* out, int32_t* index, T* x, T* mean, T* scale, T* shift, Index n, Index h, Index w, Index c, Index oh,
                                Index ow, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index dilation_h,
                                Index dilation_w) {
  maxima(out, index, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w,
         RectifiedNormal<T>{{mean, scale, shift}});
}

template <class T>
void adaptive_max_pool2d(T* out, int32_t* index, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  parallel(n * oh, 0.1 * (h / oh + 1) * (w + 2 * ow) * c, [=](Index begin, Index end) {
    int32_t* pixels = scratch<int32_t>(Scratch::indices, h * w);
    for (Index row = begin; row < end; row++) {
      const Window ys = adaptive(row % oh, h, oh);
      for (Index j = 0; j < ow; j++) {
        const Window xs = adaptive(j, w, ow);
        Index taps = 0;
        for (Index y = ys.begin; y < ys.end; y++) {
          for (Index q = xs.begin; q < xs.end; q++) pixels[taps++] = static_cast<int32_t>(y * w + q);
        }
        const Index at = (row * ow + j) * c;
        max_pixel<T>(out + at, index + at, x + row / oh * h * w * c, pixels, taps, c);
      }
    }
  });
}

template <class T>
void max_pool2d_input_grad(T* dx, T* grad, int32_t* index, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  parallel(n, 0.1 * (h * w + 6 * oh * ow) * c, [=](Index begin, Index end) {
    for (Index image = begin; image < end; image++) {
      T* picture = dx + image * h * w * c;
      __builtin_memset(picture, 0, static_cast<size_t>(h * w * c) * sizeof(T));
      const T* from = grad + image * oh * ow * c;
      const int32_t* where = index + image * oh * ow * c;
      for (Index o = 0; o < oh * ow; o++, from += c, where += c) {
        for (Index k = 0; k < c; k++) picture[static_cast<Index>(where[k]) * c + k] += from[k];
      }
    }
  });
}

template <class T>
void max_pool2d_gather(T* out, T* x, int32_t* index, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  parallel(n * oh * ow, 0.5 * c, [=](Index begin, Index end) {
    for (Index o = begin; o < end; o++) {
      const T* picture = x + o / (oh * ow) * h * w * c;
      for (Index k = 0; k < c; k++) out[o * c + k] = picture[static_cast<Index>(index[o * c + k]) * c + k];
    }
  });
}

template <class T>
void avg_pool2d(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw, Index stride_h,
                Index stride_w, Index pad_h, Index pad_w, Index include_pad, Index divisor) {
  average(out, x, n, h, w, c, oh, ow, fixed_windows(h, w, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor));
}
template <class T>
void avg_pool2d_input_grad(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw,
                           Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index include_pad, Index divisor) {
  const bool tiled = kh == stride_h && kw == stride_w && pad_h == 0 && pad_w == 0 && oh * kh >= h && ow * kw >= w;
  average_backward(out, x, n, h, w, c, oh, ow, tiled, fixed_windows(h, w, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor));
}
template <class T>
void adaptive_avg_pool2d(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  average(out, x, n, h, w, c, oh, ow, adaptive_windows(h, w, oh, ow));
}
template <class T>
void adaptive_avg_pool2d_input_grad(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  average_backward(out, x, n, h, w, c, oh, ow, oh * ow > 0 && h % oh == 0 && w % ow == 0, adaptive_windows(h, w, oh, ow));
}

EXPORT_max_pool2d
EXPORT_batch_norm_relu_max_pool2d
EXPORT_adaptive_max_pool2d
EXPORT_max_pool2d_input_grad
EXPORT_max_pool2d_gather
EXPORT_avg_pool2d
EXPORT_avg_pool2d_input_grad
EXPORT_adaptive_avg_pool2d
EXPORT_adaptive_avg_pool2d_input_grad

}  // namespace flambeau::TARGET
