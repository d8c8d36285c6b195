// Draws the image tokens of a batch of ads, one position at a time, under guidance and control.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"

#include <adtailor/generation.h>
#include <adtailor/job.h>

#include <functional>

namespace adtailor {

struct ImageTask
{
    // Distinct prompts that end with <begin_of_image>: embeddings [P, T, D], bool mask [P, T].
    torch::Tensor prompts, mask;
    std::vector<std::int64_t> promptOfAd; // which of them each ad continues
    std::optional<std::int64_t> negativePrompt; // none: no guidance
    double guidanceScale = 1;
    std::vector<torch::Tensor> control; // [1, N, D] each, times the control strength; may be empty
    SamplingOptions sampling;
    std::vector<std::int32_t> prefix; // tokens every ad begins with, fewer than N
    std::vector<std::uint64_t> seeds; // one an ad
};

using ImageTokens = std::vector<std::vector<std::int32_t>>; // one row an ad, raster order

// drawn: called after every position with the tokens so far.
ImageTokens drawImages(UniAdGen& network, const ImageTask& task, const JobControl& job,
                       const std::function<void(const ImageTokens&)>& drawn);

} // namespace adtailor
