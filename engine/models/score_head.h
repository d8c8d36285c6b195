// ScoreHead: the MLP without activations on top of a picture's features (LAION aesthetic,
// ImageReward): linear layers layers.0, 2, 4, 6 and 7, with dropout between them in training.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/checkpoint_shapes.h"

#include <adtailor/job.h>

#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>

#include <filesystem>
#include <vector>

namespace adtailor {

struct ScoreHeadImpl : torch::nn::Module
{
    explicit ScoreHeadImpl(const std::vector<std::int64_t>& sizes); // six, from input to 1
    torch::Tensor forward(torch::Tensor x); // [..., sizes[0]] -> [..., 1]

private:
    std::vector<torch::nn::Linear> m_layers;
};
TORCH_MODULE(ScoreHead);

// Of the tensors PREFIXlayers.N.weight.
std::vector<std::int64_t> scoreHeadSizes(const CheckpointShapes& shapes, const std::string& prefix);

// A file such as sac+logos+ava1-l14-linearMSE.pth, for features of `width`. ModelMismatch when it
// is for others.
ScoreHead loadScoreHead(const std::filesystem::path& file, std::int64_t width, torch::Device device,
                        const JobControl& job = {});

} // namespace adtailor
