// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/vq_model.h"

#include "nn/in_place.h"

namespace adtailor {

namespace {

torch::Tensor runLevels(torch::nn::ModuleList& levels, torch::Tensor x)
{
    for (std::size_t i = 0; i < levels->size(); ++i)
        x = levels->at<VqLevelImpl>(i).forward(std::move(x));
    return x;
}

torch::Tensor unit(const torch::Tensor& x, std::int64_t dim)
{
    return x / x.norm(2, dim, true).clamp_min(1e-12);
}

} // namespace

VqEncoderImpl::VqEncoderImpl(const VqConfig& config)
    : conv_in(register_module("conv_in", vqConv(3, config.baseChannels, 3)))
    , conv_blocks(register_module("conv_blocks", torch::nn::ModuleList()))
{
    const auto levels = static_cast<std::int64_t>(config.channelMultipliers.size());
    std::int64_t in = config.baseChannels;
    for (std::int64_t i = 0; i < levels; ++i) {
        const std::int64_t out = config.baseChannels * config.channelMultipliers[i];
        const bool last = i == levels - 1;
        conv_blocks->push_back(
            VqLevel(VqLevelImpl::Shape{ in, out, config.resBlocks, config.normGroups, last,
                                        last ? VqResample::None : VqResample::Down }));
        in = out;
    }
    mid = register_module("mid", vqMiddle(in, config.normGroups));
    norm_out = register_module("norm_out", vqGroupNorm(config.normGroups, in));
    conv_out = register_module("conv_out", vqConv(in, config.latentChannels, 3));
}

torch::Tensor VqEncoderImpl::forward(torch::Tensor pixels)
{
    auto h = runVqMiddle(mid, runLevels(conv_blocks, conv_in(pixels)));
    h = norm_out(h);
    return conv_out(siluOf(std::move(h)));
}

VqDecoderImpl::VqDecoderImpl(const VqConfig& config)
{
    const auto levels = static_cast<std::int64_t>(config.channelMultipliers.size());
    std::int64_t in = config.baseChannels * config.channelMultipliers.back();
    conv_in = register_module("conv_in", vqConv(config.latentChannels, in, 3));
    mid = register_module("mid", vqMiddle(in, config.normGroups));
    conv_blocks = register_module("conv_blocks", torch::nn::ModuleList());
    for (std::int64_t i = levels - 1; i >= 0; --i) {
        const std::int64_t out = config.baseChannels * config.channelMultipliers[i];
        conv_blocks->push_back(VqLevel(
            VqLevelImpl::Shape{ in, out, config.resBlocks + 1, config.normGroups, i == levels - 1,
                                i == 0 ? VqResample::None : VqResample::Up }));
        in = out;
    }
    norm_out = register_module("norm_out", vqGroupNorm(config.normGroups, in));
    conv_out = register_module("conv_out", vqConv(in, 3, 3));
}

torch::Tensor VqDecoderImpl::forward(torch::Tensor latents)
{
    auto h = runLevels(conv_blocks, runVqMiddle(mid, conv_in(latents)));
    h = norm_out(h);
    return conv_out(siluOf(std::move(h)));
}

VqQuantizerImpl::VqQuantizerImpl(const VqConfig& config)
    : embedding(
        register_module("embedding", torch::nn::Embedding(config.codebookSize, config.codeDim)))
{
}

torch::Tensor VqQuantizerImpl::normalizedCodebook() const
{
    return unit(embedding->weight, 1);
}

torch::Tensor VqQuantizerImpl::nearest(const torch::Tensor& z) const
{
    const auto queries = unit(z.flatten(2).transpose(1, 2), 2); // [B, H*W, dim]
    return torch::matmul(queries, normalizedCodebook().t()).argmax(-1);
}

torch::Tensor VqQuantizerImpl::lookUp(const torch::Tensor& ids, std::int64_t height,
                                      std::int64_t width) const
{
    const auto rows = torch::embedding(normalizedCodebook(), ids); // [B, H*W, dim]
    // The channels of a place side by side in memory: the decoder's convolutions keep it so and
    // need no copies in an order of their own.
    return rows.reshape({ ids.size(0), height, width, rows.size(2) }).permute({ 0, 3, 1, 2 });
}

VqModelImpl::VqModelImpl(const VqConfig& config)
    : encoder(register_module("encoder", VqEncoder(config)))
    , decoder(register_module("decoder", VqDecoder(config)))
    , quant_conv(register_module("quant_conv", vqConv(config.latentChannels, config.codeDim, 1)))
    , post_quant_conv(
          register_module("post_quant_conv", vqConv(config.codeDim, config.latentChannels, 1)))
    , quantize(register_module("quantize", VqQuantizer(config)))
{
}

torch::Tensor VqModelImpl::latents(const torch::Tensor& pixels)
{
    return quant_conv(encoder(pixels));
}

torch::Tensor VqModelImpl::decodeLatents(const torch::Tensor& latents)
{
    return decoder(post_quant_conv(latents));
}

torch::Tensor VqModelImpl::encode(const torch::Tensor& pixels)
{
    return quantize->nearest(latents(pixels));
}

torch::Tensor VqModelImpl::decode(const torch::Tensor& ids, std::int64_t height, std::int64_t width)
{
    return decodeLatents(quantize->lookUp(ids, height, width));
}

} // namespace adtailor
