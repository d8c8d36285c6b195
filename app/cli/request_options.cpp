// SPDX-License-Identifier: GPL-3.0-or-later
#include "request_options.h"

namespace adtailor::cli {

namespace {

void applySampling(const Arguments& arguments, const std::string& prefix, SamplingOptions& sampling)
{
    sampling.temperature
        = static_cast<float>(arguments.numberOr(prefix + "temperature", sampling.temperature));
    sampling.topK = static_cast<int>(arguments.integerOr(prefix + "top-k", sampling.topK));
    sampling.topP = static_cast<float>(arguments.numberOr(prefix + "top-p", sampling.topP));
}

void applyPreference(const Arguments& arguments, PreferenceOptions& preference)
{
    preference.masks = static_cast<MaskSampling>(
        arguments.choiceOr("masks", { "sampled", "deterministic", "keep-all" },
                           static_cast<std::size_t>(preference.masks)));
    preference.selection = static_cast<HistorySelection>(
        arguments.choiceOr("selection", { "pss", "topk", "random", "order" },
                           static_cast<std::size_t>(preference.selection)));
    preference.count = static_cast<int>(arguments.integerOr("history-count", preference.count));
}

} // namespace

std::vector<Option> requestOptionList()
{
    return {
        { "count", "N", "Ads in one batch, with seeds SEED, SEED+1, ... (default: 1)" },
        { "seed", "N", "Makes the same ad again (default: 0)" },
        { "guidance", "X", "How strictly the picture follows the brief; 1 = off (default: 3)" },
        { "control", "X", "How strictly it keeps room for the product (default: 1)" },
        { "temperature", "X", "Of the picture; 0 takes the likeliest token (default: 0.6)" },
        { "top-k", "N", "Of the picture; 0 = off (default: 0)" },
        { "top-p", "X", "Of the picture; 1 = off (default: 1)" },
        { "text-temperature", "X", "Of the title (default: 0.7)" },
        { "text-top-k", "N", "Of the title (default: 50)" },
        { "text-top-p", "X", "Of the title (default: 1)" },
        { "title", "TEXT", "Keep this title and make only the picture" },
        { "masks", "KIND",
          "What the person liked: sampled, deterministic or keep-all (default: sampled)" },
        { "selection", "KIND", "History items to read: pss, topk, random or order (default: pss)" },
        { "history-count", "N", "How many; 0 = as many as the model reads (default: 0)" }
    };
}

void applyRequestOptions(const Arguments& arguments, GenerationRequest& request)
{
    request.count = static_cast<int>(arguments.integerOr("count", request.count));
    request.seed = arguments.unsignedOr("seed", request.seed);
    request.guidanceScale
        = static_cast<float>(arguments.numberOr("guidance", request.guidanceScale));
    request.controlStrength
        = static_cast<float>(arguments.numberOr("control", request.controlStrength));
    applySampling(arguments, "", request.image);
    applySampling(arguments, "text-", request.text);
    if (const auto title = arguments.text("title"))
        request.title = *title;
    applyPreference(arguments, request.preference);
}

} // namespace adtailor::cli
