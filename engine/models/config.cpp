// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/config.h"

#include "models/config_fields.h"

namespace adtailor {

namespace {

using nlohmann::json;

class Writer
{
public:
    template<typename T> void operator()(const char* key, T& value) { result[key] = value; }
    json result = json::object();
};

template<typename Visitor> void visit(LanguageModelConfig& c, Visitor&& field)
{
    field("hidden_size", c.hiddenSize);
    field("num_hidden_layers", c.layers);
    field("num_attention_heads", c.heads);
    field("num_key_value_heads", c.keyValueHeads);
    field("intermediate_size", c.feedForwardSize);
    field("vocab_size", c.vocabularySize);
    field("rope_theta", c.ropeTheta);
    field("rms_norm_eps", c.rmsNormEps);
}

template<typename Visitor> void visit(VqConfig& c, Visitor&& field)
{
    field("base_channels", c.baseChannels);
    field("channel_multipliers", c.channelMultipliers);
    field("num_res_blocks", c.resBlocks);
    field("z_channels", c.latentChannels);
    field("norm_groups", c.normGroups);
    field("codebook_size", c.codebookSize);
    field("code_dim", c.codeDim);
}

template<typename Visitor> void visit(Dinov2Config& c, Visitor&& field)
{
    field("hidden_size", c.hiddenSize);
    field("num_hidden_layers", c.layers);
    field("num_attention_heads", c.heads);
    field("intermediate_size", c.feedForwardSize);
    field("patch_size", c.patch);
    field("native_side", c.nativeSide);
    field("layer_norm_eps", c.layerNormEps);
}

template<typename Visitor> void visit(PreferenceConfig& c, Visitor&& field)
{
    field("history_length", c.historyLength);
    field("image_size", c.imageSize);
    field("title_tokens", c.titleTokens);
    field("heads", c.heads);
    field("mask_layers", c.maskLayers);
    field("fusion_layers", c.fusionLayers);
    field("keep_ratio", c.keepRatio);
    field("mask_padding", c.maskPadding);
}

template<typename Config> json written(Config config)
{
    Writer writer;
    visit(config, writer);
    return writer.result;
}

void requireDivides(const char* what, std::int64_t whole, std::int64_t part)
{
    if (part < 1 || whole < 1 || whole % part != 0)
        refuseField(what, "does not divide its width evenly");
}

} // namespace

void requireSane(const UniAdGenConfig& c)
{
    requireDivides("language_model.num_attention_heads", c.language.hiddenSize, c.language.heads);
    requireDivides("language_model.num_key_value_heads", c.language.heads,
                   c.language.keyValueHeads);
    requireDivides("image_size", c.imageSize, 16);
    requireDivides("vq.norm_groups", c.vq.baseChannels, c.vq.normGroups);
    if (c.vq.channelMultipliers.size() != 5)
        refuseField("vq.channel_multipliers",
                    "does not have five levels (one token per 16 pixels)");
    if (c.language.layers < 1 || c.vq.codebookSize < 2 || c.vq.codeDim < 1 || c.vq.resBlocks < 1)
        refuseField("language_model, vq", "has an empty part");
    if (c.control) {
        requireDivides("control.encoder.num_attention_heads", c.control->encoder.hiddenSize,
                       c.control->encoder.heads);
        if (c.control->interval < 1 || c.control->encoder.patch < 1 || c.control->shift > 1)
            refuseField("control", "has an interval, patch or shift out of range");
    }
    if (c.preference) {
        requireDivides("preference.heads", c.language.hiddenSize, c.preference->heads);
        requireDivides("preference.image_size", c.preference->imageSize, 16);
        if (!(c.preference->keepRatio > 0 && c.preference->keepRatio <= 1))
            refuseField("preference.keep_ratio", "is not in (0, 1]");
    }
}

UniAdGenConfig parseUniAdGenConfig(const json& source)
{
    UniAdGenConfig c;
    const Fields root(source, "");
    root("name", c.name);
    root("quality", c.quality);
    root("image_size", c.imageSize);
    visit(c.language, root.child("language_model"));
    visit(c.vq, root.child("vq"));
    if (root.has("control")) {
        const Fields fields = root.child("control");
        c.control.emplace();
        fields("interval", c.control->interval);
        fields("shift", c.control->shift);
        const Fields encoder = fields.child("encoder");
        visit(c.control->encoder, encoder);
        std::string rule;
        encoder("interpolation", rule);
        if (rule != "scale_factor" && rule != "target_size")
            refuseField("control.encoder.interpolation", "is neither scale_factor nor target_size");
        c.control->encoder.interpolation = rule == "scale_factor"
            ? PositionInterpolation::ScaleFactor
            : PositionInterpolation::TargetSize;
    }
    if (root.has("preference")) {
        c.preference.emplace();
        visit(*c.preference, root.child("preference"));
    }
    if (root.has("title_joints"))
        root("title_joints", c.titleJoints);
    requireSane(c);
    return c;
}

json toJson(const UniAdGenConfig& c)
{
    json result = { { "format", "adtailor-uni-adgen" }, { "version", 1 } };
    result["name"] = c.name;
    result["quality"] = c.quality;
    result["image_size"] = c.imageSize;
    result["language_model"] = written(c.language);
    result["vq"] = written(c.vq);
    if (c.control) {
        json encoder = written(c.control->encoder);
        const bool scale = c.control->encoder.interpolation == PositionInterpolation::ScaleFactor;
        encoder["interpolation"] = scale ? "scale_factor" : "target_size";
        result["control"] = { { "interval", c.control->interval },
                              { "shift", c.control->shift },
                              { "encoder", encoder } };
    }
    if (c.preference)
        result["preference"] = written(*c.preference);
    if (!c.titleJoints.empty())
        result["title_joints"] = c.titleJoints;
    return result;
}

} // namespace adtailor
