// ImageReward (Xu et al. 2023): BLIP reads picture and prompt, a ScoreHead says how well they go.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/bert.h"
#include "models/score_head.h"
#include "models/vision_transformer.h"

namespace adtailor {

struct ImageRewardConfig
{
    VisionTransformerConfig vision;
    BertConfig text;
    std::vector<std::int64_t> headSizes;
};

struct ImageRewardImpl : torch::nn::Module
{
    explicit ImageRewardImpl(const ImageRewardConfig& config);
    // pixels: float [B, 3, S, S], CLIP's mean and spread; ids: int64 [B, T] -> rewards [B],
    // standardised as published
    torch::Tensor forward(const torch::Tensor& pixels, const torch::Tensor& ids);

    const ImageRewardConfig config;

private:
    VisionTransformer m_vision{ nullptr };
    Bert m_text{ nullptr };
    ScoreHead m_head{ nullptr };
};
TORCH_MODULE(ImageReward);

// The weights file: `path` itself, or what it has under the published name.
std::filesystem::path imageRewardFile(const std::filesystem::path& path);

// ImageReward.pt, or the folder it lies in, in the published names; sizes from its shapes, heads 64
// wide. float32. ModelMismatch for another model.
ImageReward loadImageReward(const std::filesystem::path& path, torch::Device device,
                            const JobControl& job = {});

} // namespace adtailor
