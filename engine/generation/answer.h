// Answers: what a language model says after a prompt of text tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/language_model.h"

#include <adtailor/generation.h>
#include <adtailor/job.h>

#include <cstdint>
#include <vector>

namespace adtailor {

struct AnswerTask
{
    std::vector<std::int32_t> prompt; // not empty
    SamplingOptions sampling;
    std::uint64_t seed = 0;
    int maxTokens = 128;
    std::vector<std::int32_t> endTokens;
};

struct Answer
{
    std::vector<std::int32_t> tokens; // without the end token
    bool finished = false;
};

// InvalidInput when a token is none of the model's.
Answer writeAnswer(LanguageModel& model, const AnswerTask& task, const JobControl& job);

} // namespace adtailor
