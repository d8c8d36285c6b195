// BackgroundEncoder: the feature model of PBS, a ViT whose CLS token is compressed
// (vit_base_with_compress of arXiv 2605.12138; pbs-mini is the same class, only smaller).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/vision_transformer.h"
#include "nn/batch_norm.h"
#include "weights/tensor_source.h"

#include <adtailor/job.h>

#include <torch/nn/modules/linear.h>

#include <filesystem>

namespace adtailor {

struct BackgroundEncoderConfig
{
    VisionTransformerConfig vision;
    std::int64_t featureSize = 64;

    // The shorter side of a picture is resized to this before the centre is cut out: 256 for 224.
    std::int64_t resizedSide() const { return (vision.imageSize * 8 + 3) / 7; }
};

struct BackgroundEncoderImpl : VisionTransformerImpl
{
    explicit BackgroundEncoderImpl(const BackgroundEncoderConfig& config);
    // pixels [B, 3, S, S] -> CLS tokens [B, hidden]
    torch::Tensor summary(const torch::Tensor& pixels);
    // CLS tokens [B, hidden] -> features [B, featureSize], not normalised
    torch::Tensor compress(const torch::Tensor& summary);
    torch::Tensor forward(const torch::Tensor& pixels) { return compress(summary(pixels)); }

    const BackgroundEncoderConfig config;

private:
    torch::nn::Linear m_linear{ nullptr };
    BatchNorm m_norm{ nullptr };
};
TORCH_MODULE(BackgroundEncoder);

// uint8 RGB [B, 3, S, S] -> float32 with ImageNet's mean 0 and spread 1.
torch::Tensor normalizeForBackground(const torch::Tensor& pixels);

// A checkpoint in the published layout, torch.save's or safetensors: the names may stand below
// model.module.base_encoder., module.base_encoder. or nothing; heads for training, other encoders
// and optimiser state are left aside. All sizes follow from the shapes, with heads 64 wide as in
// every published ViT. ModelMismatch when it is another model.
BackgroundEncoder loadBackgroundEncoder(const std::filesystem::path& path, torch::Device device,
                                        const JobControl& job = {});

// Fills the ViT alone from such a checkpoint, or MoCo-v3's, which has no compress_layer; sizes must
// be equal.
void loadBackbone(BackgroundEncoder& network, const std::filesystem::path& path,
                  const JobControl& job = {});

} // namespace adtailor
