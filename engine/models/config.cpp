// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/config.h"

#include "core/failure.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr std::int64_t largestSize = 1 << 20;

[[noreturn]] void refuse(const std::string& key, const std::string& why)
{
    throw Failure(ErrorCode::FileCorrupt,
                  "config.json: \"" + key + "\" " + why
                      + ". Use the file that came with the model.");
}

// Reads and writes one field by the same line, so that the two directions cannot drift apart.
class Fields
{
public:
    Fields(const json& source, std::string path)
        : m_source(source)
        , m_path(std::move(path))
    {
        if (!source.is_object())
            refuse(m_path, "is not an object");
    }

    void operator()(const char* key, std::int64_t& value) const
    {
        const json& field = at(key);
        if (!field.is_number_integer() || field.is_number_float())
            refuse(m_path + key, "is not a whole number");
        value = field.get<std::int64_t>();
        if (value < 0 || value > largestSize)
            refuse(m_path + key, "is out of range");
    }
    void operator()(const char* key, double& value) const
    {
        if (!at(key).is_number())
            refuse(m_path + key, "is not a number");
        value = at(key).get<double>();
    }
    void operator()(const char* key, bool& value) const
    {
        if (!at(key).is_boolean())
            refuse(m_path + key, "is not true or false");
        value = at(key).get<bool>();
    }
    void operator()(const char* key, std::string& value) const
    {
        if (!at(key).is_string())
            refuse(m_path + key, "is not a text");
        value = at(key).get<std::string>();
    }
    void operator()(const char* key, std::vector<std::int64_t>& value) const
    {
        const json& field = at(key);
        if (!field.is_array() || field.empty() || field.size() > 8)
            refuse(m_path + key, "is not a list of 1 to 8 numbers");
        value.clear();
        for (const json& item : field) {
            if (!item.is_number_integer() || item.get<std::int64_t>() < 1
                || item.get<std::int64_t>() > 64)
                refuse(m_path + key, "holds something other than small whole numbers");
            value.push_back(item.get<std::int64_t>());
        }
    }
    void operator()(const char* key, std::vector<std::string>& value) const
    {
        const json& field = at(key);
        if (!field.is_array() || field.size() > 256)
            refuse(m_path + key, "is not a list of at most 256 texts");
        value.clear();
        for (const json& item : field) {
            if (!item.is_string() || item.get_ref<const std::string&>().size() > 100)
                refuse(m_path + key, "holds something other than short texts");
            value.push_back(item.get<std::string>());
        }
    }
    const json& at(const char* key) const
    {
        const auto found = m_source.find(key);
        if (found == m_source.end())
            refuse(m_path + key, "is missing");
        return *found;
    }
    bool has(const char* key) const { return m_source.contains(key) && !m_source[key].is_null(); }
    Fields child(const char* key) const { return { at(key), m_path + key + "." }; }

private:
    const json& m_source;
    std::string m_path;
};

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
        refuse(what, "does not divide its width evenly");
}

void check(const UniAdGenConfig& c)
{
    requireDivides("language_model.num_attention_heads", c.language.hiddenSize, c.language.heads);
    requireDivides("language_model.num_key_value_heads", c.language.heads,
                   c.language.keyValueHeads);
    requireDivides("image_size", c.imageSize, 16);
    requireDivides("vq.norm_groups", c.vq.baseChannels, c.vq.normGroups);
    if (c.vq.channelMultipliers.size() != 5)
        refuse("vq.channel_multipliers", "does not have five levels (one token per 16 pixels)");
    if (c.language.layers < 1 || c.vq.codebookSize < 2 || c.vq.codeDim < 1 || c.vq.resBlocks < 1)
        refuse("language_model, vq", "has an empty part");
    if (c.control) {
        requireDivides("control.encoder.num_attention_heads", c.control->encoder.hiddenSize,
                       c.control->encoder.heads);
        if (c.control->interval < 1 || c.control->encoder.patch < 1 || c.control->shift > 1)
            refuse("control", "has an interval, patch or shift out of range");
    }
    if (c.preference) {
        requireDivides("preference.heads", c.language.hiddenSize, c.preference->heads);
        requireDivides("preference.image_size", c.preference->imageSize, 16);
        if (!(c.preference->keepRatio > 0 && c.preference->keepRatio <= 1))
            refuse("preference.keep_ratio", "is not in (0, 1]");
    }
}

} // namespace

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
            refuse("control.encoder.interpolation", "is neither scale_factor nor target_size");
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
    check(c);
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
