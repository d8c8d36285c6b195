// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/janus_config.h"

#include "core/failure.h"
#include "models/config_fields.h"

namespace adtailor {

namespace {

using nlohmann::json;

std::string modelType(const json& config)
{
    const auto found = config.is_object() ? config.find("model_type") : config.end();
    return config.is_object() && found != config.end() && found->is_string()
        ? found->get<std::string>()
        : std::string();
}

[[noreturn]] void refuseVariant(const std::string& what)
{
    throw Failure(ErrorCode::ModelMismatch,
                  "This model " + what
                      + ", which AdTailor does not have: use Janus-Pro-1B, Janus-Pro-7B or a model "
                        "of their kind.");
}

void requireText(const Fields& fields, const char* key, const std::string& wanted,
                 const std::string& variant)
{
    std::string value = wanted;
    fields.optional(key, value);
    if (value != wanted)
        refuseVariant(variant);
}

void requireOff(const Fields& fields, const char* key, const std::string& variant)
{
    bool on = false;
    fields.optional(key, on);
    if (on)
        refuseVariant(variant);
}

void requireNumber(const Fields& fields, const char* key, std::int64_t wanted,
                   const std::string& variant)
{
    std::int64_t value = wanted;
    fields.optional(key, value);
    if (value != wanted)
        refuseVariant(variant);
}

// The older key is rope_theta with rope_scaling, the newer one rope_parameters with both.
void readRotary(const Fields& fields, LanguageModelConfig& c)
{
    if (fields.has("rope_scaling"))
        refuseVariant("stretches its positions (rope_scaling)");
    fields.optional("rope_theta", c.ropeTheta);
    if (!fields.has("rope_parameters"))
        return;
    const Fields parameters = fields.child("rope_parameters");
    requireText(parameters, "rope_type", "default", "stretches its positions (rope_type)");
    parameters.optional("rope_theta", c.ropeTheta);
}

// Missing keys have the values of Janus-Pro-7B, whose config.json leaves them out.
LanguageModelConfig parseLanguageModel(const Fields& fields)
{
    LanguageModelConfig c;
    requireText(fields, "model_type", "llama", "has a language model other than LLaMA");
    requireText(fields, "hidden_act", "silu", "has another activation than SiLU");
    requireOff(fields, "attention_bias", "has biases in its attention");
    requireOff(fields, "mlp_bias", "has biases in its feed-forward layers");
    fields.optional("hidden_size", c.hiddenSize);
    fields.optional("num_hidden_layers", c.layers);
    fields.optional("num_attention_heads", c.heads);
    c.keyValueHeads = c.heads;
    fields.optional("num_key_value_heads", c.keyValueHeads);
    fields.optional("intermediate_size", c.feedForwardSize);
    fields.optional("vocab_size", c.vocabularySize);
    fields.optional("rms_norm_eps", c.rmsNormEps);
    readRotary(fields, c);
    if (c.heads > 0)
        requireNumber(fields, "head_dim", c.headDim(), "has heads of a size of their own");
    return c;
}

// deepseek-ai's repository; "params" holds what its classes were made with.
void parseDeepSeek(const Fields& root, UniAdGenConfig& c)
{
    c.language = parseLanguageModel(root.child("language_config"));
    const Fields vision = root.child("gen_vision_config");
    requireText(vision, "cls", "VQ-16", "has another image tokenizer than VQ-16");
    const Fields tokenizer = vision.child("params");
    tokenizer.optional("image_token_size", c.vq.codebookSize);
    tokenizer.optional("n_embed", c.vq.codeDim);
    const Fields aligner = root.child("gen_aligner_config").child("params");
    requireText(aligner, "projector_type", "mlp_gelu", "has another image aligner");
    requireNumber(aligner, "depth", 2, "has another image aligner");
    if (root.has("vision_config") && root.child("vision_config").has("params"))
        root.child("vision_config").child("params").optional("image_size", c.imageSize);
}

void parseTransformers(const Fields& root, UniAdGenConfig& c)
{
    c.language = parseLanguageModel(root.child("text_config"));
    const Fields vq = root.child("vq_config");
    vq.optional("base_channels", c.vq.baseChannels);
    vq.optional("channel_multiplier", c.vq.channelMultipliers);
    vq.optional("num_res_blocks", c.vq.resBlocks);
    vq.optional("latent_channels", c.vq.latentChannels);
    vq.optional("num_embeddings", c.vq.codebookSize);
    vq.optional("embed_dim", c.vq.codeDim);
    requireOff(vq, "double_latent", "has a variational image tokenizer");
    requireNumber(vq, "num_hidden_layers", 2, "has another image aligner");
    requireText(vq, "hidden_act", "gelu", "has another image aligner");
    // transformers derives the grid of image tokens from the understanding tower.
    std::int64_t patch = 16;
    if (root.has("vision_config")) {
        const Fields vision = root.child("vision_config");
        vision.optional("image_size", c.imageSize);
        vision.optional("patch_size", patch);
    }
    if (patch < 1)
        refuseField("vision_config.patch_size", "is out of range");
    c.imageSize = c.imageSize / patch * 16;
}

} // namespace

ModelLayout layoutOf(const json& config)
{
    const std::string type = modelType(config);
    if (type == "janus")
        return ModelLayout::Transformers;
    return type == "multi_modality" ? ModelLayout::DeepSeek : ModelLayout::AdTailor;
}

UniAdGenConfig parseJanusConfig(const json& config)
{
    UniAdGenConfig result;
    const Fields root(config, "");
    if (layoutOf(config) == ModelLayout::Transformers)
        parseTransformers(root, result);
    else
        parseDeepSeek(root, result);
    requireSane(result);
    return result;
}

} // namespace adtailor
