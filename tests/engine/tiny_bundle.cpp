// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tiny_bundle.h"

#include "core/atomic_file.h"
#include "models/uni_adgen.h"
#include "text/bpe_tokenizer.h"
#include "weights/named_weights.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t spareTokens = 16; // room for the tokens that are registered when loading

UniAdGenConfig tinyConfig(int imageSize, std::int64_t vocabulary)
{
    UniAdGenConfig config;
    config.name = "tiny";
    config.quality = "test";
    config.imageSize = imageSize;
    config.language = { .hiddenSize = 32,
                        .layers = 2,
                        .heads = 2,
                        .keyValueHeads = 2,
                        .feedForwardSize = 48,
                        .vocabularySize = vocabulary };
    config.vq = { .baseChannels = 4,
                  .channelMultipliers = { 1, 1, 2, 2, 2 },
                  .resBlocks = 1,
                  .latentChannels = 8,
                  .normGroups = 2,
                  .codebookSize = 64,
                  .codeDim = 4 };
    config.control
        = ControlConfig{ .encoder = { .hiddenSize = 16,
                                      .layers = 1,
                                      .heads = 2,
                                      .feedForwardSize = 32,
                                      .patch = 8,
                                      .nativeSide = imageSize / 16,
                                      .interpolation = PositionInterpolation::TargetSize },
                         .interval = 2 };
    config.preference = PreferenceConfig{ .historyLength = 3,
                                          .imageSize = 32,
                                          .titleTokens = 6,
                                          .heads = 2,
                                          .maskLayers = 1,
                                          .fusionLayers = 1 };
    return config;
}

void spoil(const fs::path& weights, BundleFault fault)
{
    if (fault == BundleFault::Truncated)
        fs::resize_file(weights, fs::file_size(weights) / 2);
    if (fault == BundleFault::NotSafetensors)
        writeFileAtomically(weights,
                            std::string_view("<html>Not the file you are looking for</html>"));
}

} // namespace

void writeTinyBundle(const fs::path& folder, const TinyBundleOptions& options)
{
    fs::create_directories(folder);
    const fs::path tokenizerFile = fs::path(ADTAILOR_FIXTURES) / "tokenizer_janus.json";
    fs::copy_file(tokenizerFile, folder / "tokenizer.json", fs::copy_options::overwrite_existing);
    const auto tokens
        = static_cast<std::int64_t>(BpeTokenizer::load(tokenizerFile).vocabularySize());
    const UniAdGenConfig config = tinyConfig(options.imageSize, tokens + spareTokens);
    writeFileAtomically(folder / "config.json", toJson(config).dump(1));

    UniAdGen network(config);
    fillByName(*network, "");
    auto tensors = stateDict(*network);
    const std::string spoiled = "language_model.model.norm.weight";
    if (options.fault == BundleFault::WrongShape)
        tensors.at(spoiled) = torch::ones({ 5 });
    if (options.fault == BundleFault::WrongName) {
        tensors.emplace("language_model.model.norm.wait", tensors.at(spoiled));
        tensors.erase(spoiled);
    }
    writeSafetensors(folder / "model.safetensors", tensors);
    spoil(folder / "model.safetensors", options.fault);
}

} // namespace adtailor
