// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include "core/json_archive.h"

#include <adtailor/protocol.h>

namespace adtailor {

// The names of enum values, in the order of their declaration.

static auto enumNames(HistorySelection)
{
    return std::array{ "pss", "top-k", "random", "in-order" };
}
static auto enumNames(MaskSampling)
{
    return std::array{ "sampled", "deterministic", "keep-all" };
}
static auto enumNames(Precision)
{
    return std::array{ "float32", "bfloat16", "float16", "int8", "int4" };
}
static auto enumNames(Stage)
{
    return std::array{ "load", "preference", "title", "image", "decode", "train", "data" };
}
static auto enumNames(ErrorCode)
{
    return std::array{ "cancelled",    "invalid-input",  "file-not-found",
                       "file-corrupt", "model-mismatch", "out-of-memory",
                       "disk-full",    "engine-gone",    "internal" };
}

// The names of fields, the same for both directions.

template<typename Archive> void fields(Archive& archive, Product& product)
{
    archive("title", product.title);
    archive("selling_points", product.sellingPoints);
    archive("cutout", product.cutout);
}

template<typename Archive> void fields(Archive& archive, HistoryItem& item)
{
    archive("image", item.image);
    archive("title", item.title);
}

template<typename Archive> void fields(Archive& archive, Brief& brief)
{
    archive("product", brief.product);
    archive("history", brief.history);
}

template<typename Archive> void fields(Archive& archive, PreferenceOptions& options)
{
    archive("selection", options.selection);
    archive("masks", options.masks);
    archive("count", options.count);
    archive("seed", options.seed);
    archive("mask_seed", options.maskSeed);
}

template<typename Archive> void fields(Archive& archive, PreferenceProfile::Item& item)
{
    archive("history_index", item.historyIndex);
    archive("similarity", item.similarity);
    archive("patches", item.patches);
    archive("words", item.words);
    archive("word_texts", item.wordTexts);
}

template<typename Archive> void fields(Archive& archive, PreferenceProfile& profile)
{
    archive("items", profile.items);
    archive("similarities", profile.similarities);
    archive("similarity_method", profile.similarityMethod);
}

template<typename Archive> void fields(Archive& archive, SamplingOptions& sampling)
{
    archive("temperature", sampling.temperature);
    archive("top_p", sampling.topP);
    archive("top_k", sampling.topK);
}

template<typename Archive> void fields(Archive& archive, GenerationRequest& request)
{
    archive("brief", request.brief);
    archive("preference", request.preference);
    archive("text", request.text);
    archive("image", request.image);
    archive("guidance_scale", request.guidanceScale);
    archive("control_strength", request.controlStrength);
    archive("count", request.count);
    archive("seed", request.seed);
    archive("maximum_title_tokens", request.maxTitleTokens);
    archive("free_title", request.freeTitle);
    archive("title", request.title);
    archive("image_prefix", request.imagePrefix);
}

template<typename Archive> void fields(Archive& archive, Timings& timings)
{
    archive("preference", timings.preference);
    archive("title", timings.title);
    archive("image", timings.image);
    archive("decode", timings.decode);
    archive("first_token", timings.firstToken);
}

template<typename Archive> void fields(Archive& archive, Ad& ad)
{
    archive("title", ad.title);
    archive("text_tokens", ad.textTokens);
    archive("image_tokens", ad.imageTokens);
    archive("image", ad.image);
    archive("seed", ad.seed);
    archive("timings", ad.timings);
    archive("model_hash", ad.modelHash);
}

template<typename Archive> void fields(Archive& archive, Progress& progress)
{
    archive("stage", progress.stage);
    archive("done", progress.done);
    archive("total", progress.total);
    archive("tokens_per_second", progress.tokensPerSecond);
    archive("titles", progress.titles);
    archive("previews", progress.previews);
    archive("preview_rows", progress.previewRows);
    archive("tokens", progress.tokens);
}

template<typename Archive> void fields(Archive& archive, EngineOptions& options)
{
    archive("device", options.device);
    archive("precision", options.precision);
    archive("threads", options.threads);
    archive("instruction_file", options.instructionFile);
}

template<typename Archive> void fields(Archive& archive, ModelInfo& info)
{
    archive("name", info.name);
    archive("quality", info.quality);
    archive("hash", info.hash);
    archive("device", info.device);
    archive("image_size", info.imageSize);
    archive("grid_side", info.gridSide);
    archive("history_length", info.historyLength);
    archive("parameters", info.parameters);
    archive("instruction", info.instruction);
}

template<typename Archive> void fields(Archive& archive, DifferenceMap& map)
{
    archive("side", map.side);
    archive("extent", map.extent);
    archive("cells", map.cells);
    archive("score", map.score);
}

template<typename Archive> void fields(Archive& archive, Error& error)
{
    archive("code", error.code);
    archive("detail", error.detail);
}

} // namespace adtailor

namespace adtailor::protocol {

template<typename Archive> void fields(Archive& archive, Generate& message)
{
    archive("job", message.job);
    archive("request", message.request);
}

template<typename Archive> void fields(Archive& archive, ExtractPreferences& message)
{
    archive("job", message.job);
    archive("brief", message.brief);
    archive("options", message.options);
    archive("seed", message.seed);
}

template<typename Archive> void fields(Archive& archive, ReadBackgrounds& message)
{
    archive("job", message.job);
    archive("pictures", message.pictures);
}

template<typename Archive> void fields(Archive& archive, MapDifference& message)
{
    archive("job", message.job);
    archive("left", message.left);
    archive("right", message.right);
}

template<typename Archive> void fields(Archive& archive, Cancel& message)
{
    archive("job", message.job);
}

template<typename Archive> void fields(Archive&, Quit&) { }

template<typename Archive> void fields(Archive& archive, Ready& message)
{
    archive("protocol", message.protocolVersion);
    archive("model", message.model);
}

template<typename Archive> void fields(Archive& archive, Progressed& message)
{
    archive("job", message.job);
    archive("progress", message.progress);
}

template<typename Archive> void fields(Archive& archive, Generated& message)
{
    archive("job", message.job);
    archive("ads", message.ads);
}

template<typename Archive> void fields(Archive& archive, Extracted& message)
{
    archive("job", message.job);
    archive("profile", message.profile);
}

template<typename Archive> void fields(Archive& archive, BackgroundsRead& message)
{
    archive("job", message.job);
    archive("features", message.features);
    archive("model_hash", message.modelHash);
}

template<typename Archive> void fields(Archive& archive, DifferenceMapped& message)
{
    archive("job", message.job);
    archive("map", message.map);
}

template<typename Archive> void fields(Archive& archive, Failed& message)
{
    archive("job", message.job);
    archive("error", message.error);
}

} // namespace adtailor::protocol

namespace adtailor {

template<typename T> nlohmann::json toJson(const T& value, const ImageWriter& images)
{
    return JsonWriter(images).value(value);
}

template<typename T> T fromJson(const nlohmann::json& json, const ImageReader& images)
{
    T value;
    JsonReader reader(json, {}, images);
    fields(reader, value);
    reader.refuseUnknownFields();
    return value;
}

#define ADTAILOR_JSON(T)                                                                           \
    template nlohmann::json toJson(const T&, const ImageWriter&);                                  \
    template T fromJson(const nlohmann::json&, const ImageReader&);

ADTAILOR_JSON(Brief)
ADTAILOR_JSON(PreferenceOptions)
ADTAILOR_JSON(PreferenceProfile)
ADTAILOR_JSON(GenerationRequest)
ADTAILOR_JSON(Ad)
ADTAILOR_JSON(Timings)
ADTAILOR_JSON(Progress)
ADTAILOR_JSON(ModelInfo)
ADTAILOR_JSON(EngineOptions)
ADTAILOR_JSON(Error)
ADTAILOR_JSON(protocol::Generate)
ADTAILOR_JSON(protocol::ExtractPreferences)
ADTAILOR_JSON(protocol::ReadBackgrounds)
ADTAILOR_JSON(protocol::MapDifference)
ADTAILOR_JSON(protocol::Cancel)
ADTAILOR_JSON(protocol::Quit)
ADTAILOR_JSON(protocol::Ready)
ADTAILOR_JSON(protocol::Progressed)
ADTAILOR_JSON(protocol::Generated)
ADTAILOR_JSON(protocol::Extracted)
ADTAILOR_JSON(protocol::BackgroundsRead)
ADTAILOR_JSON(protocol::DifferenceMapped)
ADTAILOR_JSON(protocol::Failed)

} // namespace adtailor
