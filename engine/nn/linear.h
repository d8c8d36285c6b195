// linearOf: what a linear layer gives, by the fastest way that this processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/linear.h>

namespace adtailor {

// The layer's own result, x [..., inner] -> [..., outer]. When no gradient is recorded, few rows go
// through engine/kernels. Many go to LibTorch, but for bfloat16 on processors without bfloat16
// arithmetic, where it is slow, and for packed weights: through products of some hundred columns at
// once, in a type that is fast. Sums are float32 and rounded once, at the end.
torch::Tensor linearOf(torch::nn::LinearImpl& layer, const torch::Tensor& x);

} // namespace adtailor
