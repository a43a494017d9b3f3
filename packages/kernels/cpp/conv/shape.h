// The sizes of a convolution, and which taps of the kernel an output pixel sees.
#pragma once
#include "../gemm/micro.h"

namespace flambeau::TARGET {

/// x (N,H,W,C), out (N,OH,OW,OC), weight (OC,C/G,KH,KW) with G groups.
struct ConvShape {
  Index n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups;

  Index group_in() const { return c / groups; }
  Index group_out() const { return oc / groups; }
  Index taps() const { return kh * kw; }
  Index pixels() const { return n * oh * ow; }
  Index weights() const { return oc * group_in() * taps(); }
  double flops() const { return 2.0 * static_cast<double>(pixels()) * weights(); }
  /// One tap on every pixel: a matrix product.
  bool pointwise() const {
    return kh == 1 && kw == 1 && stride_h == 1 && stride_w == 1 && pad_h == 0 && pad_w == 0 && groups == 1;
  }
  bool depthwise() const { return groups == c && groups == oc && groups > 1; }
};

/// Where a caller keeps packed weights from call to call: null where it does not; `packed` once they are there.
template <class T>
struct KeptWeights {
  T* at = nullptr;
  bool packed = false;
};

/// Positions along one dimension that see the same taps. Tap j of `taps` is tap first_tap + j tap_step of the kernel and
/// reads the input offset_step pixels after tap j - 1: ascending addresses.
struct AxisClass {
  Index first_tap, taps;
  Index begin, count;  // its positions: at[begin ...]
};

/// All positions of one dimension of what is computed, sorted into classes: three for 3 taps and padding 1 (first, inner, last), as
/// many as the stride and more where a gradient looks back through it.
struct Axis {
  Index tap_step, offset_step, classes;
  AxisClass* list;
  Index* at;        // positions, class by class
  Index* base;      // and the input pixel that their tap 0 reads
  Index* class_of;  // the same by position
  Index* base_of;
};

/// `out` positions that read `in` ones: forward, or backward (out is what the forward pass read).
struct AxisSpec {
  Index out, in, kernel, stride, pad, dilation;
  bool backward;
  /// How many numbers an axis needs at most.
  Index storage() const { return 4 * out + out * static_cast<Index>(sizeof(AxisClass) / sizeof(Index)); }
};

/// Makes the axis in `memory`, AxisSpec::storage() numbers.
Axis make_axis(const AxisSpec& spec, Index* memory);

}  // namespace flambeau::TARGET
