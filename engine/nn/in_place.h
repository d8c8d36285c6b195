// The same result in the argument's own memory where no gradient needs the old value.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace adtailor {

// For tensors that nobody else reads, such as the result of the layer before.
inline torch::Tensor siluOf(torch::Tensor x)
{
    return x.requires_grad() ? torch::silu(x) : torch::silu_(x);
}

// x: likewise; y, of the same shape, is only read.
inline torch::Tensor sumOf(torch::Tensor x, const torch::Tensor& y)
{
    const bool fresh = x.requires_grad() || y.requires_grad() || x.scalar_type() != y.scalar_type();
    return fresh ? x + y : x.add_(y);
}

} // namespace adtailor
