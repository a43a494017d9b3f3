// Convolution by Winograd's F(4x4,3x3); what it is and where it pays stands in the .cpp file.
#pragma once
#include "shape.h"

namespace flambeau::TARGET {

/// Both directions of a 3 x 3 convolution with stride 1: `in` is x and `out` the result, or, backward, `in` the
/// gradient and `out` that of x. bias may be null. The weights are transformed into `kept`, unless they are there already.
void winograd(const ConvShape& s, bool backward, const float* in, const float* weight, const float* bias, float* out, KeptWeights<float> kept = {});

/// How many numbers the transformed weights are.
Index winograd_weights(const ConvShape& s);

/// dweight of such a convolution.
void winograd_weight_grad(const ConvShape& s, const float* x, const float* grad, float* dweight);

}  // namespace flambeau::TARGET
