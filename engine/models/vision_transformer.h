// VisionTransformer: the plain pre-norm ViT (Dosovitskiy et al. 2021) with timm's names.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

struct VisionTransformerConfig
{
    std::int64_t imageSize = 224; // pixels
    std::int64_t patch = 16;
    std::int64_t hiddenSize = 768;
    std::int64_t layers = 12;
    std::int64_t heads = 12;
    std::int64_t feedForwardSize = 3072;
    double layerNormEps = 1e-6;

    std::int64_t gridSide() const { return imageSize / patch; }
};

struct VisionTransformerImpl : torch::nn::Module
{
    explicit VisionTransformerImpl(const VisionTransformerConfig& config);
    // pixels [B, 3, imageSize, imageSize] -> final-norm tokens [B, 1 + grid^2, hidden], CLS first,
    // then the patches, row-major
    torch::Tensor tokens(const torch::Tensor& pixels);

private:
    torch::nn::Conv2d m_patches{ nullptr };
    torch::Tensor m_clsToken, m_positions;
    torch::nn::ModuleList m_blocks;
    torch::nn::LayerNorm m_norm{ nullptr };
};
TORCH_MODULE(VisionTransformer);

} // namespace adtailor
