// Dinov2: the vision transformer that reads the product cutout (Oquab et al. 2023).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

#include <string>

namespace adtailor {

struct Dinov2Impl : torch::nn::Module
{
    explicit Dinov2Impl(const Dinov2Config& config);
    // pixels [B, 3, n*patch, n*patch] -> final-norm tokens without CLS [B, n*n, hidden], row-major
    torch::Tensor forward(const torch::Tensor& pixels) { return tokens(pixels).slice(1, 1); }
    // The same with CLS in front [B, 1 + n*n, hidden]
    torch::Tensor tokens(const torch::Tensor& pixels);

private:
    torch::Tensor positions(std::int64_t side) const; // [1, 1 + side^2, hidden]

    Dinov2Config m_config;
    torch::Tensor m_clsToken, m_positions;
    torch::nn::Conv2d m_patches{ nullptr };
    torch::nn::ModuleList m_layers;
    torch::nn::LayerNorm m_norm{ nullptr };
};
TORCH_MODULE(Dinov2);

// Newer versions of transformers call the attention by other names: theirs to ours.
std::string olderDinov2Name(std::string name);

} // namespace adtailor
