// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/model_parts.h"

#include "core/failure.h"
#include "core/strict_json.h"
#include "models/dinov2.h"
#include "models/janus_names.h"
#include "weights/checkpoint_files.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

const std::string encoderPrefix = "language_model.model.adapter.model.";
constexpr double largestWeight = 10;

bool hasNameWith(const TensorSource& tensors, std::string_view part)
{
    return std::ranges::any_of(tensors.tensors(), [&](const auto& item) {
        return item.first.find(part) != std::string::npos;
    });
}

std::string withoutPrefix(const std::string& name, std::initializer_list<std::string_view> prefixes)
{
    std::string_view rest = name;
    for (const std::string_view prefix : prefixes) {
        if (rest.starts_with(prefix))
            rest.remove_prefix(prefix.size());
    }
    return std::string(rest);
}

// The names of the public checkpoint (a PEFT wrapper's) to those of UniAdGen; empty: not used.
std::string fromCheckpointName(const std::string& published)
{
    std::string name = withoutPrefix(published, { "vl_gpt.", "base_model.model." });
    // Built but never read by the public code.
    for (const char* unused : { "language_model.model.condition_mlp.uncond_embedding",
                                "language_model.model.condition_projection." }) {
        if (name.starts_with(unused))
            return {};
    }
    if (name.starts_with(encoderPrefix))
        return olderDinov2Name(std::move(name));
    return name;
}

bool isLora(const std::string& name)
{
    return name.find(".lora_A.") != std::string::npos || name.find(".lora_B.") != std::string::npos;
}

// How many numbers stand behind `prefix`: 0, 1, 2, ...
std::int64_t count(const TensorSource& tensors, const std::string& prefix)
{
    std::int64_t number = 0;
    while (hasNameWith(tensors, prefix + std::to_string(number) + '.'))
        ++number;
    return number;
}

std::int64_t extent(const TensorSource& tensors, const std::string& name, std::size_t axis)
{
    const auto& shape = tensors.shape(name);
    if (axis >= shape.size() || shape[axis] < 1)
        throw Failure(ErrorCode::ModelMismatch,
                      "Tensor " + name + " of " + tensors.at(name).file->path().string()
                          + " has another rank than Uni-AdGen's.");
    return shape[axis];
}

std::int64_t wholeRoot(std::int64_t value)
{
    return static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(value))));
}

ControlConfig controlSizes(const TensorSource& tensors)
{
    ControlConfig control; // interval and shift of the public code
    Dinov2Config& encoder = control.encoder;
    const std::string layer = encoderPrefix + "encoder.layer.";
    encoder.hiddenSize = extent(tensors, encoderPrefix + "embeddings.cls_token", 2);
    encoder.layers = count(tensors, layer);
    encoder.heads = std::max<std::int64_t>(encoder.hiddenSize / 64, 1); // in every DINOv2
    encoder.feedForwardSize = extent(tensors, layer + "0.mlp.fc1.weight", 0);
    encoder.patch
        = extent(tensors, encoderPrefix + "embeddings.patch_embeddings.projection.weight", 2);
    encoder.nativeSide
        = wholeRoot(extent(tensors, encoderPrefix + "embeddings.position_embeddings", 1) - 1);
    return control;
}

PreferenceConfig preferenceSizes(const TensorSource& tensors)
{
    PreferenceConfig preference; // heads, keep ratio and history length of the public code
    preference.imageSize
        = 16 * wholeRoot(extent(tensors, "visual_mask_generator.base_transformer.pos_encoding", 1));
    preference.titleTokens
        = extent(tensors, "text_mask_generator.base_transformer.pos_encoding", 1);
    preference.maskLayers
        = count(tensors, "visual_mask_generator.base_transformer.transformer_layers.");
    preference.fusionLayers = count(tensors, "dual_modality_fusion_encoder.cross_modal_layers.");
    return preference;
}

void addCheckpoint(ModelSource& source, const TensorSource& published)
{
    const TensorSource tensors = published.renamed(fromCheckpointName);
    source.lora.overlay(tensors.renamed(
        [](const std::string& name) { return isLora(name) ? name : std::string(); }));
    source.tensors.overlay(tensors.renamed(
        [](const std::string& name) { return isLora(name) ? std::string() : name; }));
    if (!source.config.control && hasNameWith(source.tensors, "language_model.model.adapter_mlp."))
        source.config.control = controlSizes(source.tensors);
    if (!source.config.preference && hasNameWith(source.tensors, "dual_modality_fusion_encoder."))
        source.config.preference = preferenceSizes(source.tensors);
    requireSane(source.config);
}

// A folder checkpoint-N holds one file of a name of its own.
WeightFiles openPart(const fs::path& path)
{
    const fs::path own = path / "trainable_model_parameters.pth";
    return openCheckpoint(fs::is_regular_file(own) ? own : path);
}

// The file states the sizes of its modules, some of which shapes do not tell.
void addTrainedModules(ModelSource& source, const fs::path& path)
{
    const auto file = SafetensorsFile::open(path);
    const auto config = file.metadata().find("config");
    if (config == file.metadata().end())
        throw Failure(ErrorCode::FileCorrupt,
                      path.string()
                          + " does not say which modules it holds: it is not AdTailor's.");
    const UniAdGenConfig trained = parseUniAdGenConfig(parseStrictJson(config->second, path));
    if (hasNameWith(file, "language_model.model.adapter_mlp."))
        source.config.control = trained.control;
    if (hasNameWith(file, "dual_modality_fusion_encoder."))
        source.config.preference = trained.preference;
    requireSane(source.config);
    source.tensors.overlay(file);
    source.weights.push_back(path);
}

} // namespace

void addPart(ModelSource& source, const fs::path& path, double weight)
{
    if (fs::is_regular_file(path / "adapter_config.json")) {
        if (!std::isfinite(weight) || std::abs(weight) > largestWeight)
            throw Failure(ErrorCode::InvalidInput,
                          "The weight of an adapter must lie between -10 and 10.");
        source.adapters.push_back({ LoraAdapter::open(path), weight });
        if (fs::is_regular_file(path / trainedModulesFile))
            addTrainedModules(source, path / trainedModulesFile);
        return;
    }
    const auto [files, tensors] = openPart(path);
    if (hasNameWith(tensors, "language_model.") || hasNameWith(tensors, "_mask_generator.")) {
        addCheckpoint(source, tensors);
    } else if (hasNameWith(tensors, "embeddings.patch_embeddings.projection.")) {
        source.tensors.overlay(tensors.renamed([](const std::string& name) {
            return encoderPrefix + olderDinov2Name(withoutPrefix(name, { "dinov2." }));
        }));
    } else if (hasNameWith(tensors, "quantize.embedding.weight")) {
        source.tensors.overlay(tensors.renamed([](const std::string& name) {
            const std::string rest = withoutPrefix(name, { "model." });
            return rest == "quantize.codebook_used" ? std::string() : vqPrefix + rest;
        }));
    } else {
        throw Failure(ErrorCode::ModelMismatch,
                      path.string()
                          + " is none of the parts that a model can be extended with: a Uni-AdGen "
                            "checkpoint, DINOv2, a VQ-16 image tokenizer or a PEFT adapter.");
    }
    source.weights.insert(source.weights.end(), files.begin(), files.end());
}

} // namespace adtailor
