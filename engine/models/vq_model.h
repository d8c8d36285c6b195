// VqModel: the VQ-16 image tokenizer: pixels to code ids and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"
#include "nn/vq_blocks.h"

#include <torch/nn/modules/embedding.h>

namespace adtailor {

// pixels [B, 3, H, W] in [-1, 1] -> latents [B, latentChannels, H/16, W/16]
struct VqEncoderImpl : torch::nn::Module
{
    explicit VqEncoderImpl(const VqConfig& config);
    torch::Tensor forward(torch::Tensor pixels);

    torch::nn::Conv2d conv_in{ nullptr }, conv_out{ nullptr };
    torch::nn::ModuleList conv_blocks, mid;
    torch::nn::GroupNorm norm_out{ nullptr };
};
TORCH_MODULE(VqEncoder);

// latents [B, latentChannels, H, W] -> pixels [B, 3, 16H, 16W], nominally in [-1, 1], not clamped
struct VqDecoderImpl : torch::nn::Module
{
    explicit VqDecoderImpl(const VqConfig& config);
    torch::Tensor forward(torch::Tensor latents);

    torch::nn::Conv2d conv_in{ nullptr }, conv_out{ nullptr };
    torch::nn::ModuleList conv_blocks, mid;
    torch::nn::GroupNorm norm_out{ nullptr };
};
TORCH_MODULE(VqDecoder);

// Codebook whose rows and queries are compared after L2 normalisation.
struct VqQuantizerImpl : torch::nn::Module
{
    explicit VqQuantizerImpl(const VqConfig& config);
    torch::Tensor normalizedCodebook() const; // [codes, dim], unit rows
    // z [B, dim, H, W] -> ids int64 [B, H*W], row-major; the nearest row by cosine
    torch::Tensor nearest(const torch::Tensor& z) const;
    // ids [B, H*W] -> unit vectors [B, dim, H, W]
    torch::Tensor lookUp(const torch::Tensor& ids, std::int64_t height, std::int64_t width) const;

    torch::nn::Embedding embedding{ nullptr };
};
TORCH_MODULE(VqQuantizer);

struct VqModelImpl : torch::nn::Module
{
    explicit VqModelImpl(const VqConfig& config);
    // pixels [B, 3, H, W] in [-1, 1] -> code ids int64 [B, H/16 * W/16], row-major
    torch::Tensor encode(const torch::Tensor& pixels);
    // ids [B, h*w] -> pixels [B, 3, 16h, 16w]
    torch::Tensor decode(const torch::Tensor& ids, std::int64_t height, std::int64_t width);
    // Latents before quantisation [B, dim, h, w]; decoding of any latents, for training.
    torch::Tensor latents(const torch::Tensor& pixels);
    torch::Tensor decodeLatents(const torch::Tensor& latents);

    VqEncoder encoder{ nullptr };
    VqDecoder decoder{ nullptr };
    torch::nn::Conv2d quant_conv{ nullptr }, post_quant_conv{ nullptr };
    VqQuantizer quantize{ nullptr };
};
TORCH_MODULE(VqModel);

} // namespace adtailor
