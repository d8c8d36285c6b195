// Picks the next token of one row: temperature, top-k and top-p in the order of transformers'
// logits warpers, then the inverse distribution function at a given uniform draw.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/generation.h>

#include <cstdint>
#include <span>

namespace adtailor {

// InvalidInput with one sentence when an option is out of its range; `what` names the stage.
void checkSampling(const SamplingOptions& options, const char* what);

// logits: one row, fp32. uniform: in [0, 1); unused when the temperature is 0 (the largest logit,
// the first one among equals). Internal when a logit is not a number.
std::int32_t sampleToken(std::span<const float> logits, const SamplingOptions& options,
                         double uniform);

} // namespace adtailor
