// The sizes of a Uni-AdGen network. The embedded mini model, Janus-Pro-1B and 7B differ only here.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// Llama 3's way to stretch positions; see nn/rotary.
struct RopeScalingConfig
{
    double factor = 1; // 1: none
    double lowFrequency = 1, highFrequency = 4;
    double originalPositions = 8192;
};

struct LanguageModelConfig
{
    std::int64_t hiddenSize = 4096;
    std::int64_t layers = 30;
    std::int64_t heads = 32;
    std::int64_t keyValueHeads = 32;
    std::int64_t feedForwardSize = 11008;
    std::int64_t vocabularySize = 102400;
    double ropeTheta = 10000.0;
    double rmsNormEps = 1e-6;
    // Of text models alone; no config.json of this program holds them.
    std::int64_t headSize = 0; // 0: hiddenSize / heads
    RopeScalingConfig ropeScaling;
    bool attentionBias = false; // of query, key and value
    bool normalizesHeads = false; // queries and keys, each head by itself

    std::int64_t headDim() const { return headSize > 0 ? headSize : hiddenSize / heads; }
};

struct VqConfig // VQ-16: four halvings, one token per 16x16 pixels
{
    std::int64_t baseChannels = 128;
    std::vector<std::int64_t> channelMultipliers{ 1, 1, 2, 2, 4 };
    std::int64_t resBlocks = 2; // per encoder level; the decoder has one more
    std::int64_t latentChannels = 256;
    std::int64_t normGroups = 32;
    std::int64_t codebookSize = 16384;
    std::int64_t codeDim = 8;
};

enum class PositionInterpolation {
    ScaleFactor, // transformers 4.38: scale (n + 0.1) / m; what the published checkpoints saw
    TargetSize // later versions, and our own training
};

struct Dinov2Config
{
    std::int64_t hiddenSize = 384;
    std::int64_t layers = 12;
    std::int64_t heads = 6;
    std::int64_t feedForwardSize = 1536;
    std::int64_t patch = 14;
    std::int64_t nativeSide = 37; // patches per side of the stored position table
    double layerNormEps = 1e-6;
    PositionInterpolation interpolation = PositionInterpolation::ScaleFactor;
};

struct ControlConfig // foreground perception
{
    Dinov2Config encoder;
    std::int64_t interval = 6; // one map at the input of every `interval`-th decoder layer
    // Which map entry meets image position k: k (the public code: entry 0 meets image token 0, so
    // the first token is drawn without control), or k + 1 (ControlAR: entry 0 meets the last
    // prompt position, so every token is drawn under its own entry).
    std::int64_t shift = 0;
};

struct PreferenceConfig // history inputs, mask generators and fusion encoder (MPE)
{
    std::int64_t historyLength = 10;
    std::int64_t imageSize = 128; // pixels a history picture is shrunk to
    std::int64_t titleTokens = 30; // a history title is cut or padded to this
    std::int64_t heads = 16;
    std::int64_t maskLayers = 2;
    std::int64_t fusionLayers = 4;
    double keepRatio = 0.4;
    bool maskPadding = false; // keep title padding out of attention and of the kept budget

    std::int64_t imageTokens() const { return (imageSize / 16) * (imageSize / 16); }
};

struct UniAdGenConfig
{
    std::string name;
    std::string quality; // "demo" is shown beside every output
    std::int64_t imageSize = 384;
    LanguageModelConfig language;
    VqConfig vq;
    std::optional<ControlConfig> control;
    std::optional<PreferenceConfig> preference;
    // Texts the model was taught to join selling points with; see TitleConstraint. Empty: free
    // titles.
    std::vector<std::string> titleJoints;

    std::int64_t gridSide() const { return imageSize / 16; }
    std::int64_t imageTokens() const { return gridSide() * gridSide(); }
};

// Throws Failure(FileCorrupt) naming the key when a value is missing, of the wrong type or beyond
// any sane size.
UniAdGenConfig parseUniAdGenConfig(const nlohmann::json& json);
nlohmann::json toJson(const UniAdGenConfig& config);
// FileCorrupt, likewise, when sizes do not go together.
void requireSane(const UniAdGenConfig& config);

} // namespace adtailor
