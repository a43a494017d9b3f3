// Pooling of pictures, channels-last: x (N,H,W,C), out (N,OH,OW,C).
//
// Each output pixel folds the C-vectors of its window, so every inner loop runs along the channels. Max-pooling writes the winning
// pixel (y W + x) beside each output; its gradient scatters by it, each picture on its own, in the order of the outputs: deterministic. Of equals
// the first wins, a NaN over everything.
#include "kernel.h"

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
  parallel(n * oh, 2.0 * ow * c, [&](Index begin, Index end) {
    for (Index row = begin; row < end; row++) {
      const T* picture = x + row / oh * h * w * c;
      for (Index j = 0; j < ow; j++) {
        Window ys, xs;
        const T divisor = static_cast<T>(windows(row % oh, j, ys, xs));
        T* to = out + (row * ow + j) * c;
        for (Index k = 0; k < c; k++) to[k] = 0;
        for (Index y = ys.begin; y < ys.end; y++) {
          for (Index q = xs.begin; q < xs.end; q++) {
            const T* from = picture + (y * w + q) * c;
            for (Index k = 0; k < c; k++) to[k] += from[k];
          }
        }
        for (Index k = 0; k < c; k++) to[k] /= divisor;
      }
    }
  });
}

/// Its gradient: every pixel of a window gets its share.
template <class T, class Windows>
void average_backward(T* dx, const T* grad, Index n, Index h, Index w, Index c, Index oh, Index ow, const Windows& windows) {
  parallel(n, 2.0 * (h * w + oh * ow) * c, [&](Index begin, Index end) {
    for (Index image = begin; image < end; image++) {
      T* picture = dx + image * h * w * c;
      for (Index i = 0; i < h * w * c; i++) picture[i] = 0;
      for (Index o = 0; o < oh * ow; o++) {
        Window ys, xs;
        const T divisor = static_cast<T>(windows(o / ow, o % ow, ys, xs));
        const T* from = grad + (image * oh * ow + o) * c;
        for (Index y = ys.begin; y < ys.end; y++) {
          for (Index q = xs.begin; q < xs.end; q++) {
            T* to = picture + (y * w + q) * c;
            for (Index k = 0; k < c; k++) to[k] += from[k] / divisor;
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

}  // namespace

template <class T>
void max_pool2d(T* out, int32_t* index, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index dilation_h, Index dilation_w) {
  parallel(n * oh, 1.0 * kh * kw * ow * c, [=](Index begin, Index end) {
    for (Index row = begin; row < end; row++) {
      const T* picture = x + row / oh * h * w * c;
      for (Index j = 0; j < ow; j++) {
        T* __restrict best = out + (row * ow + j) * c;
        int32_t* __restrict where = index + (row * ow + j) * c;
        bool first = true;
        for (Index a = 0; a < kh; a++) {
          const Index y = row % oh * stride_h - pad_h + a * dilation_h;
          if (y < 0 || y >= h) continue;
          for (Index b = 0; b < kw; b++) {
            const Index q = j * stride_w - pad_w + b * dilation_w;
            if (q < 0 || q >= w) continue;
            const int32_t pixel = static_cast<int32_t>(y * w + q);
            const T* __restrict from = picture + static_cast<Index>(pixel) * c;
            if (first) {
              for (Index k = 0; k < c; k++) best[k] = from[k];
              for (Index k = 0; k < c; k++) where[k] = pixel;
            } else {
              for (Index k = 0; k < c; k++) {
                const bool wins = !(from[k] <= best[k]) && best[k] == best[k];
                best[k] = wins ? from[k] : best[k];
                where[k] = wins ? pixel : where[k];
              }
            }
            first = false;
          }
        }
      }
    }
  });
}

template <class T>
void max_pool2d_input_grad(T* dx, T* grad, int32_t* index, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  parallel(n, 1.0 * (h * w + 3 * oh * ow) * c, [=](Index begin, Index end) {
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
  parallel(n * oh * ow, 1.0 * c, [=](Index begin, Index end) {
    for (Index o = begin; o < end; o++) {
      const T* picture = x + o / (oh * ow) * h * w * c;
      for (Index k = 0; k < c; k++) out[o * c + k] = picture[static_cast<Index>(index[o * c + k]) * c + k];
    }
  });
}

template <class T>
void avg_pool2d(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index include_pad, Index divisor) {
  average(out, x, n, h, w, c, oh, ow, fixed_windows(h, w, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor));
}
template <class T>
void avg_pool2d_input_grad(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow, Index kh, Index kw, Index stride_h, Index stride_w, Index pad_h, Index pad_w, Index include_pad, Index divisor) {
  average_backward(out, x, n, h, w, c, oh, ow, fixed_windows(h, w, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor));
}
template <class T>
void adaptive_avg_pool2d(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  average(out, x, n, h, w, c, oh, ow, adaptive_windows(h, w, oh, ow));
}
template <class T>
void adaptive_avg_pool2d_input_grad(T* out, T* x, Index n, Index h, Index w, Index c, Index oh, Index ow) {
  average_backward(out, x, n, h, w, c, oh, ow, adaptive_windows(h, w, oh, ow));
}

EXPORT_max_pool2d
EXPORT_max_pool2d_input_grad
EXPORT_max_pool2d_gather
EXPORT_avg_pool2d
EXPORT_avg_pool2d_input_grad
EXPORT_adaptive_avg_pool2d
EXPORT_adaptive_avg_pool2d_input_grad

}  // namespace flambeau::TARGET
