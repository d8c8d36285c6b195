// Clip: a picture and a text in one space (Radford et al. 2021), under transformers' names.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

#include <filesystem>

namespace adtailor {

struct ClipTowerConfig
{
    std::int64_t hiddenSize = 768, layers = 12, heads = 12, feedForwardSize = 3072;
    bool usesQuickGelu = true; // x * sigmoid(1.702 x) instead of the exact GELU
};

struct ClipConfig
{
    ClipTowerConfig text, vision;
    std::int64_t imageSize = 224, patch = 14; // pixels
    std::int64_t vocabularySize = 49408, positions = 77;
    std::int64_t projectionSize = 768;
};

struct ClipImpl : torch::nn::Module
{
    explicit ClipImpl(const ClipConfig& config);
    // pixels: float [B, 3, imageSize, imageSize], normalised -> [B, projectionSize]
    torch::Tensor imageFeatures(const torch::Tensor& pixels);
    // ids: int64 [B, T], T <= positions, each row ends with the end token -> [B, projectionSize]
    torch::Tensor textFeatures(const torch::Tensor& ids);

    const ClipConfig config;
    torch::Tensor logit_scale; // the logarithm of it, []

private:
    torch::Tensor m_class, m_imagePositions; // [D], [1 + patches, D]
    torch::nn::Conv2d m_patches{ nullptr };
    torch::nn::Embedding m_words{ nullptr }, m_textPositions{ nullptr };
    torch::nn::ModuleList m_imageLayers, m_textLayers;
    torch::nn::LayerNorm m_before{ nullptr }, m_after{ nullptr }, m_textNorm{ nullptr };
    torch::nn::Linear m_imageProjection{ nullptr }, m_textProjection{ nullptr };
};
TORCH_MODULE(Clip);

// A folder with config.json (transformers) or open_clip_config.json (open_clip, OpenAI's names) and
// weights in the names of the one or the other. float32. ModelMismatch for another model.
Clip loadClip(const std::filesystem::path& folder, torch::Device device,
              const JobControl& job = {});

} // namespace adtailor
