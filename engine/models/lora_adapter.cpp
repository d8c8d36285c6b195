// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lora_adapter.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/strict_json.h"
#include "models/janus_names.h"
#include "nn/lora.h"
#include "weights/checkpoint_files.h"
#include "weights/state_dict.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Layers = std::map<std::string, std::shared_ptr<torch::nn::LinearImpl>>;

constexpr double checkpointAlpha = 32;
constexpr std::int64_t largestRank = 4096;

// How PEFT turns a rank into a factor.
struct Scaling
{
    std::int64_t rank = 8;
    double alpha = 8;
    bool rankStabilized = false;
    std::map<std::string, std::int64_t> ranks; // per layer, by the end of its name
    std::map<std::string, double> alphas;

    double of(std::int64_t actual, double a) const
    {
        const double r = static_cast<double>(actual);
        return a / (rankStabilized ? std::sqrt(r) : r);
    }
};

[[noreturn]] void refuse(ErrorCode code, const fs::path& where, const std::string& why)
{
    throw Failure(code, "The adapter " + where.string() + " " + why);
}

bool isSet(const json& config, const char* key)
{
    const auto found = config.find(key);
    return found != config.end() && !found->is_null() && *found != false
        && !(found->is_structured() && found->empty());
}

// Options that change what the matrices mean, or change more than them.
void requirePlain(const json& config, const fs::path& folder)
{
    if (config.value("peft_type", json()) != "LORA")
        refuse(ErrorCode::ModelMismatch, folder,
               "is of another kind than LoRA, which AdTailor does not have: train a LoRA adapter.");
    for (const char* option :
         { "use_dora", "use_qalora", "fan_in_fan_out", "lora_bias", "modules_to_save",
           "target_parameters", "trainable_token_indices", "megatron_config",
           "alora_invocation_tokens", "layer_replication", "corda_config", "eva_config",
           "use_bdlora", "kasa_config", "velora_config", "monteclora_config", "arrow_config" }) {
        if (isSet(config, option))
            refuse(ErrorCode::ModelMismatch, folder,
                   std::string("uses \"") + option
                       + "\", which AdTailor does not have: merge it into its model with PEFT.");
    }
    // These train against a base whose weights they have changed first.
    const json start = config.value("init_lora_weights", json(true));
    if (start.is_string() && start != "gaussian" && start != "orthogonal")
        refuse(
            ErrorCode::ModelMismatch, folder,
            "was trained on changed weights (init_lora_weights): convert it with PEFT to a plain "
            "LoRA adapter.");
    if (config.value("bias", json("none")) != "none")
        refuse(ErrorCode::ModelMismatch, folder,
               "changes biases as well, which AdTailor does not: train it with bias \"none\".");
}

double positive(const json& value, const char* key, double largest, const fs::path& folder)
{
    const double number = value.is_number() ? value.get<double>() : -1;
    if (!(number > 0 && number <= largest))
        refuse(ErrorCode::FileCorrupt, folder,
               std::string("has a \"") + key + "\" that is no sensible number.");
    return number;
}

template<typename Number>
std::map<std::string, Number> pattern(const json& config, const char* key, double largest,
                                      const fs::path& folder)
{
    std::map<std::string, Number> result;
    if (!isSet(config, key))
        return result;
    for (const auto& [layer, value] : config.at(key).items()) {
        if (layer.find_first_of("*+?[](){}|\\^$") != std::string::npos)
            refuse(ErrorCode::ModelMismatch, folder,
                   std::string("has a \"") + key
                       + "\" with regular expressions, which are not read from files.");
        result[layer] = static_cast<Number>(positive(value, key, largest, folder));
    }
    return result;
}

Scaling readScaling(const json& config, const fs::path& folder)
{
    Scaling scaling;
    scaling.rank = static_cast<std::int64_t>(
        positive(config.value("r", json()), "r", static_cast<double>(largestRank), folder));
    scaling.alpha = positive(config.value("lora_alpha", json()), "lora_alpha", 1e6, folder);
    scaling.rankStabilized = isSet(config, "use_rslora");
    scaling.ranks
        = pattern<std::int64_t>(config, "rank_pattern", static_cast<double>(largestRank), folder);
    scaling.alphas = pattern<double>(config, "alpha_pattern", 1e6, folder);
    return scaling;
}

// PEFT's rule: the key is the whole name or its end behind a dot.
template<typename Number>
Number matched(const std::map<std::string, Number>& patterns, const std::string& layer,
               Number otherwise)
{
    for (const auto& [key, value] : patterns) {
        if (layer == key || layer.ends_with('.' + key))
            return value;
    }
    return otherwise;
}

// "base_model.model.PATH.lora_A.weight" -> PATH, and as this program calls it.
std::string layerOf(std::string path)
{
    if (path.starts_with("model.layers.") || path.starts_with("model.embed_tokens"))
        path = "language_model." + path; // trained on the language model alone
    const std::string weight = ".weight";
    std::string own = fromJanusName(path + weight);
    return own.empty() ? path : own.substr(0, own.size() - weight.size());
}

void addPair(LoraAdapter& adapter, const std::string& path, const std::string& down,
             const std::string& up, const Scaling& scaling)
{
    const auto& a = adapter.tensors.shape(down);
    const auto& b = adapter.tensors.shape(up);
    if (a.size() != 2 || b.size() != 2 || a[0] != b[1])
        refuse(ErrorCode::FileCorrupt, adapter.name,
               "has matrices for " + path + " that do not go together: " + shapeText(a) + " and "
                   + shapeText(b) + '.');
    const std::int64_t stated = matched(scaling.ranks, path, scaling.rank);
    if (a[0] != stated || a[0] > std::min(a[1], b[0]))
        refuse(ErrorCode::FileCorrupt, adapter.name,
               "has rank " + std::to_string(a[0]) + " for " + path + ", where its config says "
                   + std::to_string(stated) + " and the layer allows at most "
                   + std::to_string(std::min(a[1], b[0])) + '.');
    const double alpha = matched(scaling.alphas, path, scaling.alpha);
    adapter.pairs.push_back({ layerOf(path), down, up, scaling.of(a[0], alpha) });
}

fs::path weightsOf(const fs::path& folder)
{
    for (const char* name : { "adapter_model.safetensors", "adapter_model.bin" }) {
        if (fs::is_regular_file(folder / name))
            return folder / name;
    }
    refuse(ErrorCode::FileNotFound, folder, "has no adapter_model.safetensors: copy it there.");
}

void collectPairs(LoraAdapter& adapter, const Scaling& scaling)
{
    const std::string start = "base_model.model.", down = ".lora_A.weight", up = ".lora_B.weight";
    std::string unknown;
    for (const std::string& name : adapter.tensors.names()) {
        if (name.starts_with(start) && name.ends_with(down)) {
            const std::string path
                = name.substr(start.size(), name.size() - start.size() - down.size());
            addPair(adapter, path, name, start + path + up, scaling);
        } else if (!(name.starts_with(start) && name.ends_with(up))) {
            unknown = name;
        }
    }
    if (!unknown.empty() || adapter.pairs.empty()
        || adapter.tensors.tensors().size() != 2 * adapter.pairs.size())
        refuse(ErrorCode::ModelMismatch, adapter.name,
               unknown.empty() ? std::string("does not hold pairs of low-rank matrices.")
                               : "holds " + unknown
                       + ", which is no low-rank matrix of a linear layer: only those are read.");
}

Layers linearLayers(const UniAdGen& network)
{
    Layers layers;
    for (const auto& item : network->named_modules()) {
        if (auto linear = std::dynamic_pointer_cast<torch::nn::LinearImpl>(item.value()))
            layers.emplace(item.key(), std::move(linear));
    }
    return layers;
}

// Those of the decoder's layers, which call forwardWithLora.
bool knowsSidePaths(const std::string& layer)
{
    return layer.starts_with("language_model.model.layers.");
}

} // namespace

LoraAdapter LoraAdapter::open(const fs::path& folder)
{
    const fs::path file = folder / "adapter_config.json";
    if (!fs::is_regular_file(file))
        refuse(ErrorCode::FileNotFound, folder,
               "has no adapter_config.json: name the folder that PEFT wrote.");
    const json config = readJsonFile(file, limits::jsonStringBytes);
    if (!config.is_object())
        refuse(ErrorCode::FileCorrupt, folder, "has a broken adapter_config.json.");
    requirePlain(config, folder);
    LoraAdapter adapter;
    adapter.name = folder.string();
    if (const json base = config.value("base_model_name_or_path", json()); base.is_string())
        adapter.base = base.get<std::string>().substr(0, 200);
    adapter.tensors = openTensorFile(weightsOf(folder));
    collectPairs(adapter, readScaling(config, folder));
    return adapter;
}

LoraAdapter LoraAdapter::inCheckpoint(const TensorSource& tensors)
{
    LoraAdapter adapter;
    adapter.name = tensors.path().string();
    adapter.tensors = tensors;
    for (const std::string& name : tensors.names()) {
        const auto place = name.find(".lora_A.");
        if (place == std::string::npos)
            continue;
        std::string up = name;
        up.replace(place, 8, ".lora_B.");
        Scaling scaling{ .rank = tensors.shape(name).empty() ? 0 : tensors.shape(name)[0],
                         .alpha = checkpointAlpha };
        addPair(adapter, name.substr(0, place), name, up, scaling);
    }
    return adapter;
}

std::string LoraAdapter::mismatch(const UniAdGen& network) const
{
    const Layers layers = linearLayers(network);
    std::size_t missing = 0, different = 0;
    std::string lacks, differs;
    for (const Pair& pair : pairs) {
        const auto layer = layers.find(pair.layer);
        const std::int64_t in = tensors.shape(pair.down)[1], out = tensors.shape(pair.up)[0];
        if (layer == layers.end()) {
            if (missing++ == 0)
                lacks = pair.layer;
        } else if (layer->second->weight.sizes() != torch::IntArrayRef({ out, in })) {
            if (different++ == 0)
                differs = pair.layer + " is " + shapeText(layer->second->weight.sizes())
                    + " here and [" + std::to_string(out) + ", " + std::to_string(in) + "] there";
        }
    }
    if (missing + different == 0)
        return {};
    std::string text = "The adapter " + name + " was made for another model"
        + (base.empty() ? std::string() : " (" + base + ')') + ':';
    if (missing > 0)
        text += " the model lacks " + std::to_string(missing) + " of its layers (" + lacks + ")";
    if (different > 0)
        text += std::string(missing > 0 ? " and" : "") + " " + std::to_string(different)
            + " have another shape (" + differs + ")";
    return text + ". Use it with its own model.";
}

void applyLora(UniAdGen& network, const LoraAdapter& adapter, double weight, LoraMode mode)
{
    if (std::string text = adapter.mismatch(network); !text.empty())
        throw Failure(ErrorCode::ModelMismatch, text);
    const Layers layers = linearLayers(network);
    for (const LoraAdapter::Pair& pair : adapter.pairs) {
        torch::nn::LinearImpl& layer = *layers.at(pair.layer);
        const auto options = layer.weight.options();
        const bool live = mode == LoraMode::Live && knowsSidePaths(pair.layer);
        // Merging keeps full precision until the sum is made.
        const auto type = live ? options : options.dtype(torch::kFloat32);
        const auto read = [&](const std::string& name) {
            auto values = torch::empty(adapter.tensors.shape(name), type);
            adapter.tensors.readInto(name, values, true);
            return values;
        };
        const LoraPath path(read(pair.down), read(pair.up), pair.scale * weight);
        if (live)
            addLoraPath(layer, "lora_" + std::to_string(layer.children().size()), path);
        else
            mergeLoraPath(layer, path);
    }
}

} // namespace adtailor
