// The weight of a linear layer in 8 or 4 bits: a child of the layer, in place of its own weight.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/quantized_rows.h"

#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

struct PackedWeightImpl : torch::nn::Module
{
    // weight [outer, inner] on the CPU; each value goes to the nearest step.
    PackedWeightImpl(const torch::Tensor& weight, QuantizedType type);
    QuantizedWeight view() const;
    // Rows [begin, begin + count) of the weight.
    torch::Tensor unpacked(std::int64_t begin, std::int64_t count, torch::ScalarType dtype) const;

    torch::Tensor values, scales, sums; // see QuantizedWeight
    QuantizedType type;
    std::int64_t outer, inner;
};
TORCH_MODULE(PackedWeight);

// The layer keeps the shape of its weight, on the meta device, and forward() of its own no longer
// works: linearOf does. Layers whose inner size does not suit stay as they are.
void quantize(torch::nn::LinearImpl& layer, QuantizedType type);
// Null: the layer has its own weight.
std::shared_ptr<PackedWeightImpl> packedWeightOf(const torch::nn::LinearImpl& layer);

} // namespace adtailor
