// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/patch_discriminator.h"

namespace adtailor {

namespace {

constexpr std::int64_t firstWidth = 24; // channels after the first layer
constexpr double slope = 0.2;

torch::nn::Conv2d halving(std::int64_t in, std::int64_t out)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 4).stride(2).padding(1));
}

void setTrainable(torch::nn::Module& module, bool on)
{
    for (auto& parameter : module.parameters())
        parameter.set_requires_grad(on);
}

} // namespace

PatchDiscriminatorImpl::PatchDiscriminatorImpl()
    : conv1(register_module("conv1", halving(3, firstWidth)))
    , conv2(register_module("conv2", halving(firstWidth, 2 * firstWidth)))
    , conv3(register_module("conv3", halving(2 * firstWidth, 4 * firstWidth)))
    , conv_out(register_module(
          "conv_out", torch::nn::Conv2d(torch::nn::Conv2dOptions(4 * firstWidth, 1, 3).padding(1))))
{
}

torch::Tensor PatchDiscriminatorImpl::forward(torch::Tensor pixels)
{
    auto h = torch::leaky_relu(conv1(pixels), slope);
    h = torch::leaky_relu(conv2(h), slope);
    return conv_out(torch::leaky_relu(conv3(h), slope));
}

torch::Tensor PatchDiscriminatorImpl::ownLoss(const torch::Tensor& real, const torch::Tensor& made)
{
    return torch::relu(1 - forward(real)).mean() + torch::relu(1 + forward(made.detach())).mean();
}

torch::Tensor PatchDiscriminatorImpl::decoderLoss(const torch::Tensor& made)
{
    setTrainable(*this, false); // the graph of this pass keeps no gradient for our weights
    const auto loss = -forward(made).mean();
    setTrainable(*this, true);
    return loss;
}

} // namespace adtailor
