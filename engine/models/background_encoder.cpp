// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/background_encoder.h"

#include "core/failure.h"
#include "nn/attention.h"
#include "nn/group.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace adtailor {

namespace {

constexpr std::int64_t publishedHeadSize = 64;

// In front of the names; the first is the whole file, the others parts of it that were kept.
constexpr std::array backgroundPrefixes
    = { "model.module.base_encoder.", "state_dict.module.base_encoder.", "module.base_encoder.",
        "base_encoder.", "" };

[[noreturn]] void refuseBackgroundModel(const TensorSource& source, const std::string& why)
{
    throw Failure(ErrorCode::ModelMismatch,
                  source.path().string() + " is no PBS feature model: " + why
                      + ". Use a vit_base_with_compress checkpoint, or pbs-mini.");
}

std::string backgroundPrefix(const TensorSource& source)
{
    for (const char* prefix : backgroundPrefixes) {
        if (source.contains(std::string(prefix) + "patch_embed.proj.weight"))
            return prefix;
    }
    refuseBackgroundModel(source, "it has no tensor patch_embed.proj.weight");
}

// The sizes that a checkpoint's shapes tell.
class BackgroundShapes
{
public:
    BackgroundShapes(const TensorSource& source, std::string prefix)
        : m_source(source)
        , m_prefix(std::move(prefix))
    {
    }

    BackgroundEncoderConfig config() const
    {
        BackgroundEncoderConfig c;
        const auto patches = shapeOf("patch_embed.proj.weight", 4);
        c.vision.hiddenSize = patches[0];
        c.vision.patch = patches[3];
        c.vision.heads = patches[0] / publishedHeadSize;
        if (c.vision.heads < 1 || patches[0] % publishedHeadSize != 0)
            refuse("its width " + std::to_string(patches[0]) + " is not a multiple of 64");
        const std::int64_t cells = shapeOf("pos_embed", 3)[1] - 1;
        const auto side
            = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(cells))));
        if (cells < 1 || side * side != cells || side * c.vision.patch > 4096)
            refuse("its table pos_embed is not that of a square picture");
        c.vision.imageSize = side * c.vision.patch;
        c.vision.layers = 0;
        while (has("blocks." + std::to_string(c.vision.layers) + ".norm1.weight"))
            ++c.vision.layers;
        if (c.vision.layers == 0)
            refuse("it has no tensor blocks.0.norm1.weight");
        c.vision.feedForwardSize = shapeOf("blocks.0.mlp.fc1.weight", 2)[0];
        if (!has("compress_layer.0.weight"))
            refuse("it is a ViT without the layer compress_layer, which PBS is trained with");
        c.featureSize = shapeOf("compress_layer.0.weight", 2)[0];
        return c;
    }

private:
    bool has(const std::string& name) const { return m_source.contains(m_prefix + name); }

    const std::vector<std::int64_t>& shapeOf(const std::string& name, std::size_t rank) const
    {
        if (!has(name))
            refuse("it has no tensor " + name);
        const auto& shape = m_source.shape(m_prefix + name);
        const auto isEmpty = [](std::int64_t size) { return size < 1; };
        if (shape.size() != rank || std::ranges::any_of(shape, isEmpty))
            refuse("its tensor " + name + " has another form");
        return shape;
    }

    [[noreturn]] void refuse(const std::string& why) const { refuseBackgroundModel(m_source, why); }

    const TensorSource& m_source;
    std::string m_prefix;
};

StateDictRules backgroundRules(const TensorSource& source)
{
    StateDictRules rules;
    rules.prefix = backgroundPrefix(source);
    for (const char* part : { "head.", "compress_layer.1.num_batches_tracked" })
        rules.ignored.push_back(rules.prefix + part);
    for (const char* other : { "momentum_encoder.", "predictor.", "optimizer.", "scaler." })
        rules.ignored.emplace_back(other);
    return rules;
}

BackgroundEncoder emptyBackgroundEncoder(const BackgroundEncoderConfig& config)
{
    const DeferredInit deferred;
    return BackgroundEncoder(config);
}

} // namespace

BackgroundEncoderImpl::BackgroundEncoderImpl(const BackgroundEncoderConfig& config_)
    : VisionTransformerImpl(config_.vision)
    , config(config_)
{
    auto layers = group(*this, "compress_layer");
    m_linear
        = layers->register_module("0", plainLinear(config.vision.hiddenSize, config.featureSize));
    m_norm = layers->register_module("1", BatchNorm(config.featureSize, false));
}

torch::Tensor BackgroundEncoderImpl::summary(const torch::Tensor& pixels)
{
    return tokens(pixels).select(1, 0);
}

torch::Tensor BackgroundEncoderImpl::compress(const torch::Tensor& summary)
{
    return m_norm(m_linear(summary));
}

torch::Tensor normalizeForBackground(const torch::Tensor& pixels)
{
    const auto row = [&](float r, float g, float b) {
        return torch::tensor({ r, g, b }).view({ 3, 1, 1 }).to(pixels.device());
    };
    return pixels.to(torch::kFloat32)
        .div_(255)
        .sub_(row(0.485F, 0.456F, 0.406F))
        .div_(row(0.229F, 0.224F, 0.225F));
}

BackgroundEncoder loadBackgroundEncoder(const std::filesystem::path& path, torch::Device device,
                                        const JobControl& job)
{
    const TensorSource source = openCheckpoint(path).tensors;
    StateDictRules rules = backgroundRules(source);
    auto network = emptyBackgroundEncoder(BackgroundShapes(source, rules.prefix).config());
    rules.place
        = [&](const std::string&) { return torch::TensorOptions(device).dtype(torch::kFloat32); };
    loadStateDict(*network, source, rules, job);
    network->eval();
    return network;
}

void loadBackbone(BackgroundEncoder& network, const std::filesystem::path& path,
                  const JobControl& job)
{
    const TensorSource source = openCheckpoint(path).tensors;
    StateDictRules rules = backgroundRules(source);
    rules.optional = { "compress_layer.", "head." };
    const torch::NoGradGuard noGrad;
    loadStateDict(*network, source.renamed([&](const std::string& name) {
        const bool isBackbone = !name.starts_with(rules.prefix + "compress_layer.")
            && !name.starts_with(rules.prefix + "head.");
        return isBackbone ? name : std::string();
    }),
                  rules, job);
}

} // namespace adtailor
