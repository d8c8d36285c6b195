// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/vision_transformer.h"

#include "nn/group.h"
#include "nn/multi_head.h"

#include <torch/nn/modules/linear.h>

namespace adtailor {

namespace {

// x: [B, T, hidden] -> the same
struct TransformerBlockImpl : torch::nn::Module
{
    explicit TransformerBlockImpl(const VisionTransformerConfig& c)
        : heads(c.heads)
        , norm1(register_module("norm1", layerNorm(c.hiddenSize, c.layerNormEps)))
        , norm2(register_module("norm2", layerNorm(c.hiddenSize, c.layerNormEps)))
    {
        const std::int64_t width = c.hiddenSize;
        auto attention = group(*this, "attn");
        qkv = attention->register_module("qkv", torch::nn::Linear(width, 3 * width));
        proj = attention->register_module("proj", torch::nn::Linear(width, width));
        auto mlp = group(*this, "mlp");
        fc1 = mlp->register_module("fc1", torch::nn::Linear(width, c.feedForwardSize));
        fc2 = mlp->register_module("fc2", torch::nn::Linear(c.feedForwardSize, width));
    }

    torch::Tensor forward(torch::Tensor x)
    {
        const auto parts = qkv(norm1(x)).chunk(3, -1);
        x = x + proj(multiHeadAttention(parts[0], parts[1], parts[2], heads));
        return x + fc2(torch::gelu(fc1(norm2(x))));
    }

    std::int64_t heads;
    torch::nn::LayerNorm norm1{ nullptr }, norm2{ nullptr };
    torch::nn::Linear qkv{ nullptr }, proj{ nullptr }, fc1{ nullptr }, fc2{ nullptr };
};
TORCH_MODULE(TransformerBlock);

} // namespace

VisionTransformerImpl::VisionTransformerImpl(const VisionTransformerConfig& config)
{
    const std::int64_t width = config.hiddenSize;
    const std::int64_t positions = 1 + config.gridSide() * config.gridSide();
    m_patches = group(*this, "patch_embed")
                    ->register_module(
                        "proj",
                        torch::nn::Conv2d(
                            torch::nn::Conv2dOptions(3, width, config.patch).stride(config.patch)));
    m_clsToken = register_parameter("cls_token", torch::randn({ 1, 1, width }) * 0.02);
    m_positions = register_parameter("pos_embed", torch::randn({ 1, positions, width }) * 0.02);
    m_blocks = register_module("blocks", torch::nn::ModuleList());
    for (std::int64_t i = 0; i < config.layers; ++i)
        m_blocks->push_back(TransformerBlock(config));
    m_norm = register_module("norm", layerNorm(width, config.layerNormEps));
}

torch::Tensor VisionTransformerImpl::tokens(const torch::Tensor& pixels)
{
    const auto patches = m_patches(pixels).flatten(2).transpose(1, 2); // [B, n*n, hidden]
    auto x = torch::cat({ m_clsToken.expand({ pixels.size(0), -1, -1 }), patches }, 1);
    x = x + m_positions;
    for (std::size_t i = 0; i < m_blocks->size(); ++i)
        x = m_blocks->at<TransformerBlockImpl>(i).forward(x);
    return m_norm(x);
}

} // namespace adtailor
