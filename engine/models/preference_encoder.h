// Multimodal preference extraction (MPE): which history tokens to keep, and their fusion.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

// Post-norm block: y = norm1(y + attention(y)); y = norm2(y + mlp(y)). y: [B, S, D]
struct PreferenceBlockImpl : torch::nn::Module
{
    PreferenceBlockImpl(std::int64_t width, std::int64_t heads);
    // real: bool [B, S], false = padding that no position reads; undefined: all real
    torch::Tensor forward(torch::Tensor y, const torch::Tensor& real);

    torch::nn::ModuleList ff;
    torch::nn::LayerNorm norm1{ nullptr }, norm2{ nullptr };

private:
    torch::Tensor attention(const torch::Tensor& y, const torch::Tensor& real);

    torch::nn::Linear m_query{ nullptr }, m_key{ nullptr }, m_value{ nullptr }, m_proj{ nullptr };
    std::int64_t m_heads;
};
TORCH_MODULE(PreferenceBlock);

struct MaskedTokens
{
    torch::Tensor tokens; // [B, n, T, D]
    torch::Tensor kept; // [B, n*T], 1 = kept, 0 = dropped; carries the gradient of weights
    torch::Tensor weights; // [B, n*T], the softmax that the kept tokens were chosen by
    torch::Tensor cosine; // [B, n*T], similarity of a token before and after the blocks
};

// Keeps the keepRatio tokens of largest softmax(cosine + noise); one budget over all items.
struct MaskGeneratorImpl : torch::nn::Module
{
    MaskGeneratorImpl(const PreferenceConfig& config, std::int64_t width,
                      std::int64_t tokensPerItem);
    // x [B, n, T, D]. noise [B, n*T]: Gumbel(0, 1), or undefined for a deterministic mask.
    // real: bool [B, n*T] or undefined. Source: the public code; the paper's formula multiplies
    // the input instead of the block output.
    // keepsAll: every real token, whatever its weight.
    MaskedTokens forward(const torch::Tensor& x, const torch::Tensor& noise,
                         const torch::Tensor& real, bool keepsAll = false);

private:
    torch::Tensor m_positions; // [1, T, D]
    torch::nn::ModuleList m_blocks;
    torch::nn::Linear m_outputProjection{ nullptr };
    torch::nn::LayerNorm m_layerNorm{ nullptr };
    double m_keepRatio;
};
TORCH_MODULE(MaskGenerator);

// Lets pictures and titles read each other.
struct FusionEncoderImpl : torch::nn::Module
{
    FusionEncoderImpl(const PreferenceConfig& config, std::int64_t width);
    // images [B, n, Ti, D], titles [B, m, Tt, D]; realTitles bool [B, m*Tt] or undefined
    // -> [B, n*Ti + m*Tt, D], image tokens first
    torch::Tensor forward(const torch::Tensor& images, const torch::Tensor& titles,
                          const torch::Tensor& realTitles);

private:
    torch::Tensor m_imagePositions, m_textPositions; // [1, Ti, D], [1, Tt, D]
    torch::nn::Embedding m_modality{ nullptr }; // 0 image, 1 title
    torch::nn::ModuleList m_proj, m_blocks;
    torch::nn::LayerNorm m_finalNorm{ nullptr };
    torch::nn::Linear m_outputProj{ nullptr };
};
TORCH_MODULE(FusionEncoder);

} // namespace adtailor
