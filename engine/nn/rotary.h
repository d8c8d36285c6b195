// RotaryEmbedding: rotate-half position embedding (RoPE) of LLaMA.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace adtailor {

// Llama 3's stretching: frequencies that turn less than `lowFrequency` times within the original
// context are divided by `factor`, those above `highFrequency` kept, and those between blended.
struct RotaryScaling
{
    double factor = 1; // 1: none
    double lowFrequency = 1, highFrequency = 4;
    double originalPositions = 8192;
};

// cos and sin of positions [start, start+length), each [length, headDim], in `like`'s dtype and
// device. Angles are computed in float32: position * theta^(-2i/headDim), the first half of the
// head dimension repeated in the second.
struct RotaryTable
{
    static RotaryTable make(std::int64_t start, std::int64_t length, std::int64_t headDim,
                            double theta, const torch::Tensor& like,
                            const RotaryScaling& scaling = {});
    // x: [B, heads, length, headDim] -> the same, rotated.
    torch::Tensor rotate(const torch::Tensor& x) const;

    torch::Tensor cos, sin;
};

} // namespace adtailor
