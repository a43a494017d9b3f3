// A matrix product by whichever way suits its shape; also what 1 x 1 convolutions are.
#pragma once
#include "product.h"

namespace flambeau::TARGET {

/// out = op(a) op(b) + bias, or added to out; T is float or double. M, N or K may be 0.
template <class T>
void multiply(const Product<T>& product);

extern template void multiply<float>(const Product<float>&);
extern template void multiply<double>(const Product<double>&);

}  // namespace flambeau::TARGET
