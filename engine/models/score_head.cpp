// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/score_head.h"

#include "nn/group.h"
#include "weights/checkpoint_files.h"
#include "weights/state_dict.h"

#include <array>

namespace adtailor {

namespace {

constexpr std::array headLayers = { "0", "2", "4", "6", "7" };

} // namespace

ScoreHeadImpl::ScoreHeadImpl(const std::vector<std::int64_t>& sizes)
{
    auto layers = group(*this, "layers");
    for (std::size_t i = 0; i < headLayers.size(); ++i)
        m_layers.push_back(layers->register_module(
            headLayers[i], torch::nn::Linear(sizes.at(i), sizes.at(i + 1))));
}

torch::Tensor ScoreHeadImpl::forward(torch::Tensor x)
{
    for (auto& layer : m_layers)
        x = layer(x);
    return x;
}

std::vector<std::int64_t> scoreHeadSizes(const CheckpointShapes& shapes, const std::string& prefix)
{
    std::vector<std::int64_t> sizes;
    for (const char* layer : headLayers) {
        const auto& shape = shapes.of(prefix + "layers." + layer + ".weight", 2);
        if (!sizes.empty() && shape[1] != sizes.back())
            shapes.refuse("its layers do not follow each other");
        if (sizes.empty())
            sizes.push_back(shape[1]);
        sizes.push_back(shape[0]);
    }
    if (sizes.back() != 1)
        shapes.refuse("it does not end in one number");
    return sizes;
}

ScoreHead loadScoreHead(const std::filesystem::path& file, std::int64_t width, torch::Device device,
                        const JobControl& job)
{
    const TensorSource source = openTensorFile(file);
    const CheckpointShapes shapes(source, "aesthetic predictor",
                                  "Use sac+logos+ava1-l14-linearMSE.pth with CLIP ViT-L/14.");
    const auto sizes = scoreHeadSizes(shapes, "");
    if (sizes.front() != width)
        shapes.refuse("it reads " + std::to_string(sizes.front())
                      + " numbers, and the CLIP model "
                        "gives "
                      + std::to_string(width));
    ScoreHead head(sizes);
    const torch::NoGradGuard noGrad;
    loadStateDict(*head, source, {}, job);
    head->to(device);
    head->eval();
    return head;
}

} // namespace adtailor
