// PatchDiscriminator: judges patches of a picture real or decoded; it teaches the decoder
// sharpness. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

// Source: PatchGAN (Isola et al. 2017) with the hinge loss, as in VQGAN; without normalisation.
class PatchDiscriminatorImpl : public torch::nn::Module
{
public:
    PatchDiscriminatorImpl();

    torch::Tensor forward(torch::Tensor pixels); // [B, 3, H, W] -> scores [B, 1, H/8, W/8]

    // Pushes scores of real pictures above 1 and of made ones below -1. Trains this network only.
    torch::Tensor ownLoss(const torch::Tensor& real, const torch::Tensor& made);
    // Pushes the scores of made pictures up. Gradients reach the pictures, not this network.
    torch::Tensor decoderLoss(const torch::Tensor& made);

    torch::nn::Conv2d conv1, conv2, conv3, conv_out;
};
TORCH_MODULE(PatchDiscriminator);

} // namespace adtailor
