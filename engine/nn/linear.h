// linearOf: what a linear layer gives, by the fastest way that this processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/linear.h>

namespace adtailor {

// The layer's own result. LibTorch multiplies bfloat16 slowly on processors without bfloat16
// arithmetic; there, when no gradient is recorded, few rows go through kernels/bf16_rows and many
// through float32 products of some hundred columns at once. Both round once, at the end.
torch::Tensor linearOf(torch::nn::LinearImpl& layer, const torch::Tensor& x);

} // namespace adtailor
