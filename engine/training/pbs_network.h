// PbsNetwork: what PBS is trained with: MoCo-v3's pair of encoders (Chen et al. 2021), compared
// inside groups of one product on different backgrounds (arXiv 2605.12138).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/background_encoder.h"

#include <torch/nn/modules/container/modulelist.h>

namespace adtailor {

struct PbsTrainingConfig
{
    BackgroundEncoderConfig encoder;
    std::int64_t group = 2; // pictures of one product, each on another background
    std::int64_t projectorSize = 4096; // hidden width of projector and predictor
    double temperature = 0.2;
    double momentum = 0.99; // of the second encoder at the start; 1 at the end
    // Share of pictures whose second view is another picture of the same product on a background of
    // the same style, where there is one; 0 as published: both views are of one picture.
    double siblingViews = 0;
    bool freezeBackbone = false; // then only compress layer, projector and predictor learn
};

// Bias-free linear layers, each followed by batch normalisation, and ReLU between them; the last
// normalisation has no affine part. widths: in, hidden ..., out.
struct NormalizedMlpImpl : torch::nn::Module
{
    explicit NormalizedMlpImpl(const std::vector<std::int64_t>& widths);
    torch::Tensor forward(torch::Tensor x); // [B, in] -> [B, out]

private:
    std::vector<torch::nn::Linear> m_linears;
    std::vector<BatchNorm> m_norms;
};
TORCH_MODULE(NormalizedMlp);

// Rows of q and k in groups of `group` pictures of one product: in each, the same picture is the
// right answer and its other backgrounds are the wrong ones. 2T times the mean cross-entropy.
torch::Tensor groupContrast(const torch::Tensor& q, const torch::Tensor& k, std::int64_t group,
                            double temperature);

struct PbsNetworkImpl : torch::nn::Module
{
    explicit PbsNetworkImpl(const PbsTrainingConfig& config);

    // Two views of the same pictures [groups * group, 3, S, S] -> the loss, a scalar.
    torch::Tensor loss(const torch::Tensor& first, const torch::Tensor& second);
    // After the weights moved: momentum = rate * momentum + (1 - rate) * base.
    void followBase(double rate);
    // The second encoder becomes a copy of the first, as at the start.
    void copyBase();

    const PbsTrainingConfig config;
    BackgroundEncoder base_encoder{ nullptr }, momentum_encoder{ nullptr };
    NormalizedMlp predictor{ nullptr };

private:
    torch::Tensor query(const torch::Tensor& pixels);
    torch::Tensor key(const torch::Tensor& pixels);

    NormalizedMlp m_head{ nullptr }, m_momentumHead{ nullptr };
};
TORCH_MODULE(PbsNetwork);

} // namespace adtailor
