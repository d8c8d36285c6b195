// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/image_reward.h"

#include "nn/group.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

namespace adtailor {

namespace {

namespace fs = std::filesystem;

// Of the rewards on the authors' data; they stand in the published code.
constexpr double rewardMean = 0.16717362830052426, rewardSpread = 1.0333394966054072;
constexpr std::int64_t blipHeadSize = 64;

std::int64_t headsOf(const CheckpointShapes& shapes, std::int64_t width)
{
    if (width % blipHeadSize != 0)
        shapes.refuse("its width " + std::to_string(width) + " is not a multiple of 64");
    return width / blipHeadSize;
}

ImageRewardConfig imageRewardConfig(const TensorSource& source)
{
    const CheckpointShapes shapes(source, "ImageReward model",
                                  "Use ImageReward.pt of ImageReward-v1.0.");
    ImageRewardConfig c;
    const std::string vision = "blip.visual_encoder.", text = "blip.text_encoder.";
    const auto& patches = shapes.of(vision + "patch_embed.proj.weight", 4);
    c.vision.hiddenSize = patches[0];
    c.vision.patch = patches[3];
    c.vision.heads = headsOf(shapes, patches[0]);
    c.vision.imageSize = patches[3] * shapes.gridSide(shapes.of(vision + "pos_embed", 3)[1]);
    c.vision.layers = shapes.count(vision + "blocks.", ".norm1.weight");
    c.vision.feedForwardSize = shapes.of(vision + "blocks.0.mlp.fc1.weight", 2)[0];
    const auto& words = shapes.of(text + "embeddings.word_embeddings.weight", 2);
    const std::string layers = text + "encoder.layer.";
    c.text.vocabularySize = words[0];
    c.text.hiddenSize = words[1];
    c.text.heads = headsOf(shapes, words[1]);
    c.text.positions = shapes.of(text + "embeddings.position_embeddings.weight", 2)[0];
    c.text.tokenTypes = 0;
    c.text.layers = shapes.count(layers, ".attention.self.query.weight");
    c.text.feedForwardSize = shapes.of(layers + "0.intermediate.dense.weight", 2)[0];
    c.text.pictureWidth = shapes.of(layers + "0.crossattention.self.key.weight", 2)[1];
    if (c.text.pictureWidth != c.vision.hiddenSize)
        shapes.refuse("its text encoder reads another width than its picture encoder gives");
    c.headSizes = scoreHeadSizes(shapes, "mlp.");
    return c;
}

ImageReward emptyImageReward(const ImageRewardConfig& config)
{
    const DeferredInit deferred;
    return ImageReward(config);
}

} // namespace

ImageRewardImpl::ImageRewardImpl(const ImageRewardConfig& c)
    : config(c)
{
    auto blip = group(*this, "blip");
    m_vision = blip->register_module("visual_encoder", VisionTransformer(c.vision));
    m_text = blip->register_module("text_encoder", Bert(c.text));
    m_head = register_module("mlp", ScoreHead(c.headSizes));
}

torch::Tensor ImageRewardImpl::forward(const torch::Tensor& pixels, const torch::Tensor& ids)
{
    const auto real = torch::ones_like(ids, torch::kBool);
    const auto tokens = m_text(ids, real, m_vision->tokens(pixels));
    return (m_head(tokens.select(1, 0)).squeeze(-1) - rewardMean) / rewardSpread;
}

fs::path imageRewardFile(const fs::path& path)
{
    std::error_code error;
    const fs::path usual = path / "ImageReward.pt";
    return fs::is_regular_file(usual, error) ? usual : path;
}

ImageReward loadImageReward(const fs::path& path, torch::Device device, const JobControl& job)
{
    const TensorSource source = openCheckpoint(imageRewardFile(path)).tensors;
    ImageReward network = emptyImageReward(imageRewardConfig(source));
    StateDictRules rules;
    rules.ignored = { "blip.text_encoder.embeddings.position_ids", "blip.text_encoder.pooler." };
    rules.place
        = [&](const std::string&) { return torch::TensorOptions(device).dtype(torch::kFloat32); };
    loadStateDict(*network, source, rules, job);
    network->eval();
    return network;
}

} // namespace adtailor
