// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/fine_tuning.h"

#include "core/failure.h"
#include "models/model_parts.h"
#include "nn/lora.h"
#include "training/initialize.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

#include <nlohmann/json.hpp>
#include <torch/nn/init.h>

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* embeddingName = "language_model.model.embed_tokens.weight";
constexpr const char* adapterPrefix = "language_model.model.adapter.";
constexpr std::array controlPrefixes
    = { "language_model.model.adapter_mlp.", "language_model.model.condition_mlp.",
        "language_model.model.condition_layers." };
constexpr std::array preferencePrefixes
    = { "visual_mask_generator.", "text_mask_generator.", "dual_modality_fusion_encoder." };

template<typename Prefixes> bool startsWithAny(const std::string& name, const Prefixes& prefixes)
{
    return std::ranges::any_of(prefixes,
                               [&](const char* prefix) { return name.starts_with(prefix); });
}

void planControl(ModelSource& source)
{
    source.config.control = ControlConfig{};
    source.fresh.insert(source.fresh.end(), controlPrefixes.begin(), controlPrefixes.end());
    const auto names = source.tensors.names();
    if (std::ranges::none_of(names, [](const auto& n) { return n.starts_with(adapterPrefix); }))
        throw Failure(ErrorCode::InvalidInput,
                      "run.json: the base " + source.folder.string()
                          + " has no foreground perception, and a new one starts from an image "
                            "encoder: name a DINOv2 folder in \"add\".");
}

void planPreference(ModelSource& source)
{
    source.config.preference = PreferenceConfig{};
    source.fresh.insert(source.fresh.end(), preferencePrefixes.begin(), preferencePrefixes.end());
}

void initializeFresh(UniAdGen& model, const ModelSource& source)
{
    for (const auto& [name, tensor] : stateDict(*model)) {
        if (tensor.is_meta())
            materialize(tensor, torch::TensorOptions(torch::kFloat32).device(model->device()));
    }
    const auto isFresh = [&](const char* prefix) {
        return std::ranges::find(source.fresh, prefix) != source.fresh.end();
    };
    if (isFresh(controlPrefixes.front()))
        initializeControl(model);
    if (isFresh(preferencePrefixes.front()))
        initializePreferenceParts(model);
}

bool isTrained(const std::string& name, const RunConfig& config)
{
    if (config.dpoBeta)
        return isLoraWeight(name);
    if (isPreferenceWeight(name))
        return config.stage == TrainingStage::Personalised;
    return isLoraWeight(name) || isControlWeight(name)
        || (config.trainEmbedTokens && name == embeddingName);
}

} // namespace

bool isControlWeight(const std::string& name)
{
    return name.starts_with(adapterPrefix) || startsWithAny(name, controlPrefixes);
}

bool isPreferenceWeight(const std::string& name)
{
    return startsWithAny(name, preferencePrefixes);
}

bool isLoraWeight(const std::string& name)
{
    return name.ends_with(".lora.lora_A") || name.ends_with(".lora.lora_B");
}

ModelSource openBase(const fs::path& base, const std::vector<fs::path>& add, TrainingStage stage,
                     const json& sizes)
{
    ModelSource source = ModelSource::open(base);
    for (const fs::path& part : add)
        addPart(source, part);
    const bool lacksControl = !source.config.control;
    const bool lacksPreference = stage == TrainingStage::Personalised && !source.config.preference;
    if (lacksControl)
        planControl(source);
    if (lacksPreference)
        planPreference(source);
    json config = toJson(source.config);
    if (lacksControl && sizes.contains("control"))
        config["control"] = sizes["control"];
    if (lacksPreference && sizes.contains("preference"))
        config["preference"] = sizes["preference"];
    source.config = parseUniAdGenConfig(config);
    if (const std::string text = source.mismatch(); !text.empty())
        throw Failure(ErrorCode::ModelMismatch, text);
    return source;
}

UniAdGen loadBase(const RunConfig& config, const JobControl& job)
{
    UniAdGen model = loadModel(*config.base, torch::kFloat32, torch::kCPU, job);
    initializeFresh(model, *config.base);
    if (!config.lora)
        return model;
    addTrainablePaths(*model->language_model->model->layers, *config.lora);
    for (auto& item : model->named_parameters())
        item.value().set_requires_grad(isTrained(item.key(), config));
    return model;
}

void addTrainablePaths(torch::nn::Module& decoder, const LoraConfig& config)
{
    const auto isTarget = [&](const std::string& name) {
        return std::ranges::any_of(
            config.targets, [&](const auto& target) { return name.ends_with("." + target); });
    };
    const double scale = config.alpha / static_cast<double>(config.rank);
    for (const auto& item : decoder.named_modules()) {
        const auto layer = std::dynamic_pointer_cast<torch::nn::LinearImpl>(item.value());
        if (!layer || !isTarget(item.key()))
            continue;
        const auto options = layer->weight.options();
        auto down = torch::empty({ config.rank, layer->weight.size(1) }, options);
        torch::nn::init::kaiming_uniform_(down, std::sqrt(5.0));
        const auto up = torch::zeros({ layer->weight.size(0), config.rank }, options);
        addLoraPath(*layer, "lora", LoraPath(down, up, scale, config.dropout));
    }
}

} // namespace adtailor
