// The building blocks of the VQ-16 image tokenizer (LlamaGen; CompVis VQGAN).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

// Keeps height and width at stride 1.
torch::nn::Conv2d vqConv(std::int64_t in, std::int64_t out, int kernel, int stride = 1);

torch::nn::GroupNorm vqGroupNorm(std::int64_t groups, std::int64_t channels);

// norm, swish, conv 3x3, twice, plus the input; a 1x1 shortcut when the widths differ.
// x: [B, in, H, W] -> [B, out, H, W]
struct VqResBlockImpl : torch::nn::Module
{
    VqResBlockImpl(std::int64_t in, std::int64_t out, std::int64_t groups);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::GroupNorm norm1{ nullptr }, norm2{ nullptr };
    torch::nn::Conv2d conv1{ nullptr }, conv2{ nullptr }, nin_shortcut{ nullptr };
};
TORCH_MODULE(VqResBlock);

// Single-head self-attention over all positions. x: [B, C, H, W] -> the same
struct VqAttnBlockImpl : torch::nn::Module
{
    VqAttnBlockImpl(std::int64_t channels, std::int64_t groups);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::GroupNorm norm{ nullptr };
    torch::nn::Conv2d q{ nullptr }, k{ nullptr }, v{ nullptr }, proj_out{ nullptr };
};
TORCH_MODULE(VqAttnBlock);

enum class VqResample { None, Down, Up };

// Halves (pad right and bottom by 1, conv stride 2) or doubles (nearest, conv) both sides.
struct VqResampleBlockImpl : torch::nn::Module
{
    VqResampleBlockImpl(std::int64_t channels, VqResample kind);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::Conv2d conv{ nullptr };
    VqResample kind;
};
TORCH_MODULE(VqResampleBlock);

// One resolution level: residual blocks, each followed by attention if asked, then resampling.
struct VqLevelImpl : torch::nn::Module
{
    struct Shape
    {
        std::int64_t in, out, blocks, groups;
        bool attention;
        VqResample resample;
    };
    explicit VqLevelImpl(const Shape& shape);
    torch::Tensor forward(torch::Tensor x);

    torch::nn::ModuleList res, attn;
    VqResampleBlock downsample{ nullptr }, upsample{ nullptr };
};
TORCH_MODULE(VqLevel);

// Residual, attention, residual at the lowest resolution, registered as mid.0, mid.1, mid.2.
torch::nn::ModuleList vqMiddle(std::int64_t channels, std::int64_t groups);
torch::Tensor runVqMiddle(torch::nn::ModuleList& middle, torch::Tensor x);

} // namespace adtailor
