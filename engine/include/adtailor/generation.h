// GenerationRequest and Ad: one request in, `count` finished ads out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/brief.h>
#include <adtailor/preference.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

struct SamplingOptions
{
    float temperature = 1.0F; // > 0; 0 = greedy
    float topP = 1.0F; // (0, 1]
    int topK = 0; // 0 = off
};

struct GenerationRequest
{
    Brief brief; // an empty history makes an ad without personalisation
    PreferenceOptions preference;
    // The defaults suit the shipped mini model. The published Uni-AdGen draws with temperature 1,
    // guidance 5 and control strength 1.5, and writes with temperature 1 and top-k 50.
    SamplingOptions text{ .temperature = 0.7F, .topP = 1.0F, .topK = 50 };
    SamplingOptions image{ .temperature = 0.6F, .topP = 1.0F, .topK = 0 };
    float guidanceScale = 3.0F; // classifier-free guidance; 1 = off
    float controlStrength = 1.0F; // product control branch; 0 = off
    int count = 1; // ads in one batch, seeds seed ... seed+count-1
    std::uint64_t seed = 0;
    int maxTitleTokens = 128;
    // Titles are kept to whole selling points where the model says how it joins them (the mini
    // model does); true lets it write anything.
    bool freeTitle = false;
    std::optional<std::string> title; // given: keep this text, make only the picture
    // Given: keep these tokens, continue after them; a whole picture stays as it is, and only the
    // title is written.
    std::vector<std::int32_t> imagePrefix;
};

struct Timings // seconds
{
    double preference = 0, title = 0, image = 0, decode = 0;
    double firstToken = 0; // from the start of the request to the first title or image token
};

struct Ad
{
    std::string title;
    std::vector<std::int32_t> textTokens;
    std::vector<std::int32_t> imageTokens; // raster order, side*side
    Image image; // the generated picture, before the product goes on top
    std::uint64_t seed = 0;
    Timings timings; // of the whole batch
    std::string modelHash;
};

} // namespace adtailor
