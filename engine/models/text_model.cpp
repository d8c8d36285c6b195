// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/text_model.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/strict_json.h"
#include "models/config_fields.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void refuseTextModel(const std::string& what)
{
    throw Failure(ErrorCode::ModelMismatch,
                  "This text model " + what
                      + ", which AdTailor does not have: use Qwen2.5, Qwen3 or a "
                        "DeepSeek-R1-Distill model.");
}

TextModelKind kindOf(const Fields& root)
{
    std::string type;
    root.optional("model_type", type);
    if (type == "qwen2")
        return TextModelKind::Qwen2;
    if (type == "qwen3")
        return TextModelKind::Qwen3;
    if (type == "llama")
        return TextModelKind::Llama;
    refuseTextModel("is of the type \"" + type.substr(0, 40) + '"');
}

// Both the older rope_scaling and the newer rope_parameters, which holds rope_theta as well.
void readRope(const Fields& root, LanguageModelConfig& c)
{
    root.optional("rope_theta", c.ropeTheta);
    const char* key = root.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    if (!root.has(key))
        return;
    const Fields fields = root.child(key);
    fields.optional("rope_theta", c.ropeTheta);
    std::string type = "default";
    fields.optional("type", type);
    fields.optional("rope_type", type);
    if (type == "default")
        return;
    if (type != "llama3")
        refuseTextModel("stretches its positions in the way \"" + type.substr(0, 40) + '"');
    RopeScalingConfig& scaling = c.ropeScaling;
    fields("factor", scaling.factor);
    fields("low_freq_factor", scaling.lowFrequency);
    fields("high_freq_factor", scaling.highFrequency);
    fields("original_max_position_embeddings", scaling.originalPositions);
    if (!(scaling.factor >= 1 && scaling.lowFrequency > 0
          && scaling.highFrequency > scaling.lowFrequency && scaling.originalPositions >= 1))
        refuseField(key, "has numbers that do not go together");
}

void refuseVariants(const Fields& root, TextModelKind kind)
{
    std::string activation = "silu";
    root.optional("hidden_act", activation);
    if (activation != "silu")
        refuseTextModel("has another activation than SiLU");
    for (const char* key : { "use_sliding_window", "mlp_bias" }) {
        bool on = false;
        root.optional(key, on);
        if (on)
            refuseTextModel(std::string("asks for ") + key);
    }
    bool bias = kind == TextModelKind::Qwen2;
    root.optional("attention_bias", bias);
    if (bias != (kind == TextModelKind::Qwen2))
        refuseTextModel("has biases in its attention");
}

LanguageModelConfig parseTextModelConfig(const Fields& root, TextModelKind kind)
{
    LanguageModelConfig c;
    refuseVariants(root, kind);
    root("hidden_size", c.hiddenSize);
    root("num_hidden_layers", c.layers);
    root("num_attention_heads", c.heads);
    c.keyValueHeads = c.heads;
    root.optional("num_key_value_heads", c.keyValueHeads);
    root("intermediate_size", c.feedForwardSize);
    root("vocab_size", c.vocabularySize);
    root("rms_norm_eps", c.rmsNormEps);
    if (kind == TextModelKind::Qwen3)
        c.headSize = 128;
    root.optional("head_dim", c.headSize);
    c.attentionBias = kind == TextModelKind::Qwen2;
    c.normalizesHeads = kind == TextModelKind::Qwen3;
    readRope(root, c);
    if (c.layers < 1 || c.heads < 1 || c.keyValueHeads < 1 || c.heads % c.keyValueHeads != 0)
        refuseField("num_key_value_heads", "does not divide the number of heads evenly");
    if ((c.headSize == 0 && c.hiddenSize % c.heads != 0) || c.headDim() < 2 || c.headDim() % 2 != 0)
        refuseField("head_dim", "is no even size of heads");
    return c;
}

// A number or a list of numbers.
void addEndTokens(const json& config, std::vector<std::int32_t>& tokens)
{
    const auto found = config.find("eos_token_id");
    if (found == config.end() || found->is_null())
        return;
    const json list = found->is_array() ? *found : json::array({ *found });
    for (const json& id : list) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() > 10'000'000)
            refuseField("eos_token_id", "is not a token or a list of tokens");
        tokens.push_back(id.get<std::int32_t>());
    }
}

json readObjectFile(const fs::path& file)
{
    json config = readJsonFile(file, limits::jsonStringBytes);
    if (!config.is_object())
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " is not an object. Get the file again.");
    return config;
}

LanguageModel emptyTextModel(const LanguageModelConfig& config)
{
    const DeferredInit deferred;
    return LanguageModel(config);
}

} // namespace

TextModelSource TextModelSource::open(const fs::path& path)
{
    TextModelSource source;
    source.folder = checkpointFolder(path);
    const fs::path file = source.folder / "config.json";
    if (!fs::is_regular_file(file))
        throw Failure(ErrorCode::FileNotFound,
                      "The folder " + source.folder.string()
                          + " has no config.json; a text model is a folder with config.json, "
                            "tokenizer.json and the weights.");
    const json config = readObjectFile(file);
    const Fields root(config, "");
    source.kind = kindOf(root);
    source.config = parseTextModelConfig(root, source.kind);
    WeightFiles published = openCheckpoint(path);
    source.weights = std::move(published.files);
    source.tensors = std::move(published.tensors);
    // Before the network is built: a damaged number must not make a million layers.
    if (const std::string last = "model.layers." + std::to_string(source.config.layers - 1);
        !source.tensors.contains(last + ".input_layernorm.weight"))
        throw Failure(ErrorCode::ModelMismatch,
                      source.tensors.path().string() + " has no layer " + last
                          + ", which config.json speaks of. Use files that belong together.");
    bool tied = false;
    root.optional("tie_word_embeddings", tied);
    source.tiedHead = tied && !source.tensors.contains("lm_head.weight");
    addEndTokens(config, source.endTokens);
    if (const fs::path generation = source.folder / "generation_config.json";
        fs::is_regular_file(generation))
        addEndTokens(readObjectFile(generation), source.endTokens);
    return source;
}

LanguageModel loadTextModel(const TextModelSource& source, torch::ScalarType dtype,
                            torch::Device device, const JobControl& job)
{
    LanguageModel network = emptyTextModel(source.config);
    StateDictRules rules;
    if (source.tiedHead)
        rules.optional = { "lm_head." };
    rules.place = [&](const std::string&) { return torch::TensorOptions(device).dtype(dtype); };
    loadStateDict(*network, source.tensors, rules, job);
    if (source.tiedHead)
        shareMemory(network->lm_head->weight, network->model->embed_tokens->weight);
    network->eval();
    return network;
}

} // namespace adtailor
