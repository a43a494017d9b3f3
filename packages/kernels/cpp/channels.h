// Walking over numbers that belong to channels, and the terms of batch normalisation that every number of a channel shares.
#pragma once
#include "moments.h"

namespace flambeau::TARGET {

/// Channels-last data of one channel is one run.
inline void one_channel_as_run(Index& outer, Index c, Index& inner) {
  if (c != 1) return;
  inner *= outer;
  outer = 1;
}

/// body(index, index of its channel's terms, lanes, lanes of the terms) over all numbers of (outer, C, inner).
template <class T, class Body>
void each_number(Index outer, Index c, Index inner, const Body& body) {
  constexpr double ns_a_number = 0.4;  // memory is the bound
  if (inner == 1) {
    parallel(outer, ns_a_number * c, [&](Index begin, Index end) {
      for (Index r = begin; r < end; r++) each_lanes<T>(c, [&](Index k, auto at) { body(r * c + k, k, at, at); });
    });
    return;
  }
  parallel(outer * c, ns_a_number * inner, [&](Index begin, Index end) {
    Index k = begin % c;
    for (Index r = begin; r < end; r++) {
      each_lanes<T>(inner, [&](Index i, auto at) { body(r * inner + i, k, at, Repeated{}); });
      if (++k == c) k = 0;
    }
  });
}

/// max(y, 0); a NaN stays.
template <class T>
FLAMBEAU_INLINE Lanes<T> rectified(Lanes<T> y) {
  return y <= Lanes<T>{} ? Lanes<T>{} : y;
}

/// (x - mean) scale + shift, the three by channel.
template <class T>
struct Normal {
  const T *mean, *scale, *shift;
  template <class Channel>
  FLAMBEAU_INLINE Lanes<T> operator()(Lanes<T> x, Index k, Channel channel) const {
    return fmadd(x - channel.load(mean + k), channel.load(scale + k), channel.load(shift + k));
  }
};

/// A gradient in front of which stands a relu: it comes through where the normalised number is positive.
template <class T>
struct ThroughRelu {
  Normal<T> normal;
  template <class Channel>
  FLAMBEAU_INLINE Lanes<T> operator()(Lanes<T> grad, Lanes<T> x, Index k, Channel channel) const {
    return normal(x, k, channel) <= Lanes<T>{} ? Lanes<T>{} : grad;
  }
};

/// max((x - mean) scale + shift, 0)
template <class T>
struct RectifiedNormal {
  Normal<T> normal;
  template <class Channel>
  FLAMBEAU_INLINE Lanes<T> operator()(Lanes<T> x, Index k, Channel channel) const {
    return rectified<T>(normal(x, k, channel));
  }
};

/// The gradient of pictures (N,H,W,C) in front of a maximum (N,OH,OW,C) over windows that share no pixel: a pixel has its window's where it won.
template <class T>
struct BehindMaximum {
  const T* grad;
  const int32_t* winners;
  Index h, w, oh, ow, stride_h, stride_w, pad_h, pad_w;

  struct Rows {
    const T* grad;
    const int32_t* winners;
    Index from[most_rows];     // where the window's numbers begin
    int32_t pixel[most_rows];  // y W + x; -1 outside of all windows, which never wins

    FLAMBEAU_INLINE Lanes<T> operator()(Index r, Index k, Whole at) const {
      const auto won = __builtin_convertvector((load<int32_t, WIDTH<T>>(winners + from[r] + k)), Mask<T>);
      return chosen(won, r, k, at);
    }
    FLAMBEAU_INLINE Lanes<T> operator()(Index r, Index k, Part at) const {
      Mask<T> won = {};
      for (int i = 0; i < at.n; i++) won[i] = winners[from[r] + k + i];
      return chosen(won, r, k, at);
    }

   private:
    template <class At>
    FLAMBEAU_INLINE Lanes<T> chosen(Mask<T> won, Index r, Index k, At at) const {
      return won == Mask<T>{} + pixel[r] ? at.load(grad + from[r] + k) : Lanes<T>{};
    }
  };

  Rows rows(Index first, Index count, Index c) const {
    Rows out;
    out.grad = grad;
    out.winners = winners;
    // Counted up, for divisions at every pixel would take as long as the rest.
    Index image = first / (h * w), y = first / w % h, x = first % w;
    for (Index r = 0; r < count; x = 0) {
      const Index i = (y + pad_h) / stride_h, end = x + count - r < w ? x + count - r : w;
      const Index above = (image * oh + i) * ow;
      Index j = (x + pad_w) / stride_w, left = stride_w - (x + pad_w) % stride_w;
      for (; x < end; x++, r++) {
        const bool inside = i < oh && j < ow;
        out.from[r] = inside ? (above + j) * c : 0;
        out.pixel[r] = inside ? static_cast<int32_t>(y * w + x) : -1;
        if (--left > 0) continue;
        left = stride_w;
        j++;
      }
      if (++y < h) continue;
      y = 0;
      image++;
    }
    return out;
  }
};

/// dx = scale (grad - offset - (x - mean) slope), all four by channel.
template <class T>
struct Gradient {
  const T *mean, *scale, *offset, *slope;
  template <class Channel>
  FLAMBEAU_INLINE Lanes<T> operator()(Lanes<T> grad, Lanes<T> x, Index k, Channel channel) const {
    const Lanes<T> d = x - channel.load(mean + k);
    return channel.load(scale + k) * (grad - channel.load(offset + k) - d * channel.load(slope + k));
  }
};

/// From the sums of each channel: the gradients of weight and bias, and the terms of dx, in scratch memory.
template <class T>
Gradient<T> gradient_terms(const Sums* sums, T* dweight, T* dbias, const T* weight, const T* mean, const T* rstd, double count, Index c,
                           Index training) {
  T* terms = scratch<T>(Scratch::columns, 3 * c);
  T *scale = terms, *offset = terms + c, *slope = terms + 2 * c;
  for (Index k = 0; k < c; k++) {
    const double r = rstd[k];
    if (dbias) dbias[k] = static_cast<T>(sums[k].grad);
    if (dweight) dweight[k] = static_cast<T>(sums[k].product * r);
    scale[k] = static_cast<T>(weight ? weight[k] * r : r);
    offset[k] = training ? static_cast<T>(sums[k].grad / count) : 0;
    slope[k] = training ? static_cast<T>(sums[k].product * r * r / count) : 0;
  }
  return {mean, scale, offset, slope};
}

}  // namespace flambeau::TARGET
