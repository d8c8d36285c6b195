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
    SamplingOptions text{ .temperature = 1.0F, .topP = 1.0F, .topK = 50 };
    SamplingOptions image;
    float guidanceScale = 5.0F; // classifier-free guidance; 1 = off
    float controlStrength = 1.5F; // product control branch; 0 = off
    int count = 1; // ads in one batch, seeds seed ... seed+count-1
    std::uint64_t seed = 0;
    int maxTitleTokens = 128;
    std::optional<std::string> title; // given: keep this text, make only the picture
    std::vector<std::int32_t> imagePrefix; // given: keep these tokens, continue after them
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
