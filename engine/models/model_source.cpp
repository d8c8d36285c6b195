// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/model_source.h"

#include "core/failure.h"
#include "core/free_memory.h"
#include "core/hub_cache.h"
#include "core/strict_json.h"
#include "models/janus_names.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string headPrefix = "language_model.lm_head.";
const std::string decoderPrefix = "language_model.model.layers.";

json readModelConfig(const fs::path& folder)
{
    const fs::path file = folder / "config.json";
    if (!fs::is_regular_file(file))
        throw Failure(ErrorCode::FileNotFound,
                      "The model folder " + folder.string()
                          + " has no config.json; a model is a folder with config.json, "
                            "tokenizer.json and the weights.");
    return readJsonFile(file, limits::jsonStringBytes);
}

// The parts of an architecture, with no memory behind its weights.
UniAdGen buildWithoutMemory(const UniAdGenConfig& config)
{
    const DeferredInit deferred;
    return UniAdGen(config);
}

StateDictRules rulesOf(const ModelSource& source)
{
    StateDictRules rules;
    rules.optional = source.fresh;
    if (source.tiedHead)
        rules.optional.push_back(headPrefix);
    return rules;
}

// What linearOf multiplies: the decoder's layers, the heads and the aligner, by weight name.
std::map<std::string, torch::nn::LinearImpl*> decoderLinears(const UniAdGen& network, bool tiedHead)
{
    std::map<std::string, torch::nn::LinearImpl*> layers;
    for (const auto& item : network->named_modules()) {
        auto* linear = dynamic_cast<torch::nn::LinearImpl*>(item.value().get());
        const std::string name = item.key() + ".weight";
        if (linear
            && (name.starts_with(decoderPrefix) || name.starts_with("gen_head.")
                || name.starts_with("gen_aligner.")
                || (!tiedHead && name.starts_with(headPrefix))))
            layers.emplace(name, linear);
    }
    return layers;
}

// Each token is chosen from the heads' sums: 4 bits cost more there than they save.
QuantizedType typeFor(const std::string& name, QuantizedType wanted)
{
    return name.starts_with(decoderPrefix) ? wanted : QuantizedType::Int8;
}

} // namespace

ModelSource ModelSource::open(const fs::path& path)
{
    ModelSource source;
    source.folder = checkpointFolder(path);
    const json config = readModelConfig(source.folder);
    source.layout = layoutOf(config);
    WeightFiles published = openCheckpoint(path);
    source.weights = std::move(published.files);
    source.tensors = published.tensors.renamed(fromJanusName);
    if (source.layout == ModelLayout::AdTailor) {
        source.config = parseUniAdGenConfig(config);
    } else {
        source.config = parseJanusConfig(config);
        source.config.name = hubName(source.folder);
        source.tiedHead = config.contains("tie_word_embeddings")
            && config.at("tie_word_embeddings") == true
            && !source.tensors.contains(headPrefix + "weight");
    }
    if (fs::is_regular_file(source.folder / "tokenizer.json"))
        source.tokenizer = source.folder / "tokenizer.json";
    return source;
}

std::string ModelSource::mismatch() const
{
    try {
        requireFit(*buildWithoutMemory(config), tensors, rulesOf(*this));
        return {};
    } catch (const Failure& failure) {
        return failure.what();
    }
}

UniAdGen loadModel(const ModelSource& source, torch::ScalarType dtype, torch::Device device,
                   const JobControl& job, std::optional<QuantizedType> quantized)
{
    UniAdGen network = buildWithoutMemory(source.config);
    const auto layers = decoderLinears(network, source.tiedHead);
    const auto pack = [&](const std::string& name) {
        if (const auto layer = layers.find(name); quantized && layer != layers.end())
            quantize(*layer->second, typeFor(name, *quantized));
    };
    const bool merges = !source.lora.tensors().empty()
        || (!source.adapters.empty() && source.adapterMode == LoraMode::Merged);
    StateDictRules rules = rulesOf(source);
    rules.place = [&](const std::string& name) {
        const bool isTokenizer = name.starts_with(vqPrefix);
        return torch::TensorOptions(device).dtype(isTokenizer ? torch::kFloat32 : dtype);
    };
    if (!merges)
        rules.loaded = pack;
    loadStateDict(*network, source.tensors, rules, job);
    if (source.tiedHead)
        shareMemory(network->language_model->lm_head->weight,
                    network->language_model->model->embed_tokens->weight);
    if (!source.lora.tensors().empty())
        applyLora(network, LoraAdapter::inCheckpoint(source.lora), 1, LoraMode::Merged);
    for (const ModelSource::Adapter& item : source.adapters) {
        throwIfCancelled(job);
        applyLora(network, item.adapter, item.weight, source.adapterMode);
    }
    if (merges)
        for (const auto& [name, layer] : layers)
            pack(name);
    network->eval();
    giveBackFreeMemory(); // of reading and converting
    return network;
}

} // namespace adtailor
