// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/vq_blocks.h"

#include "nn/in_place.h"

namespace adtailor {

torch::nn::Conv2d vqConv(std::int64_t in, std::int64_t out, int kernel, int stride)
{
    const int padding = stride == 1 ? kernel / 2 : 0;
    return torch::nn::Conv2d(
        torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(padding));
}

torch::nn::GroupNorm vqGroupNorm(std::int64_t groups, std::int64_t channels)
{
    return torch::nn::GroupNorm(torch::nn::GroupNormOptions(groups, channels).eps(1e-6));
}

VqResBlockImpl::VqResBlockImpl(std::int64_t in, std::int64_t out, std::int64_t groups)
    : norm1(register_module("norm1", vqGroupNorm(groups, in)))
    , norm2(register_module("norm2", vqGroupNorm(groups, out)))
    , conv1(register_module("conv1", vqConv(in, out, 3)))
    , conv2(register_module("conv2", vqConv(out, out, 3)))
{
    if (in != out)
        nin_shortcut = register_module("nin_shortcut", vqConv(in, out, 1));
}

torch::Tensor VqResBlockImpl::forward(const torch::Tensor& x)
{
    auto h = conv1(siluOf(norm1(x)));
    h = norm2(h);
    h = conv2(siluOf(std::move(h)));
    return sumOf(std::move(h), nin_shortcut ? nin_shortcut(x) : x);
}

VqAttnBlockImpl::VqAttnBlockImpl(std::int64_t channels, std::int64_t groups)
    : norm(register_module("norm", vqGroupNorm(groups, channels)))
    , q(register_module("q", vqConv(channels, channels, 1)))
    , k(register_module("k", vqConv(channels, channels, 1)))
    , v(register_module("v", vqConv(channels, channels, 1)))
    , proj_out(register_module("proj_out", vqConv(channels, channels, 1)))
{
}

torch::Tensor VqAttnBlockImpl::forward(const torch::Tensor& x)
{
    const auto h = norm(x);
    const auto flat = [](const torch::Tensor& t) { // [B, C, H, W] -> [B, 1, H*W, C]
        return t.flatten(2).transpose(1, 2).unsqueeze(1);
    };
    const auto mixed = at::scaled_dot_product_attention(flat(q(h)), flat(k(h)), flat(v(h)));
    return x + proj_out(mixed.squeeze(1).transpose(1, 2).reshape(x.sizes()));
}

VqResampleBlockImpl::VqResampleBlockImpl(std::int64_t channels, VqResample kind_)
    : conv(
        register_module("conv", vqConv(channels, channels, 3, kind_ == VqResample::Down ? 2 : 1)))
    , kind(kind_)
{
}

torch::Tensor VqResampleBlockImpl::forward(const torch::Tensor& x)
{
    if (kind == VqResample::Down)
        return conv(torch::constant_pad_nd(x, { 0, 1, 0, 1 }));
    return conv(torch::upsample_nearest2d(x, { 2 * x.size(2), 2 * x.size(3) }));
}

VqLevelImpl::VqLevelImpl(const Shape& shape)
    : res(register_module("res", torch::nn::ModuleList()))
    , attn(register_module("attn", torch::nn::ModuleList()))
{
    for (std::int64_t i = 0; i < shape.blocks; ++i) {
        res->push_back(VqResBlock(i == 0 ? shape.in : shape.out, shape.out, shape.groups));
        if (shape.attention)
            attn->push_back(VqAttnBlock(shape.out, shape.groups));
    }
    if (shape.resample == VqResample::Down)
        downsample = register_module("downsample", VqResampleBlock(shape.out, VqResample::Down));
    if (shape.resample == VqResample::Up)
        upsample = register_module("upsample", VqResampleBlock(shape.out, VqResample::Up));
}

torch::Tensor VqLevelImpl::forward(torch::Tensor x)
{
    for (std::size_t i = 0; i < res->size(); ++i) {
        x = res->at<VqResBlockImpl>(i).forward(x);
        if (!attn->is_empty())
            x = attn->at<VqAttnBlockImpl>(i).forward(x);
    }
    if (downsample)
        return downsample(x);
    return upsample ? upsample(x) : x;
}

torch::nn::ModuleList vqMiddle(std::int64_t channels, std::int64_t groups)
{
    torch::nn::ModuleList middle;
    middle->push_back(VqResBlock(channels, channels, groups));
    middle->push_back(VqAttnBlock(channels, groups));
    middle->push_back(VqResBlock(channels, channels, groups));
    return middle;
}

torch::Tensor runVqMiddle(torch::nn::ModuleList& middle, torch::Tensor x)
{
    x = middle->at<VqResBlockImpl>(0).forward(x);
    x = middle->at<VqAttnBlockImpl>(1).forward(x);
    return middle->at<VqResBlockImpl>(2).forward(x);
}

} // namespace adtailor
