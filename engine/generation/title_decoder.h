// Writes the titles of a batch of ads, one token at a time, until </prompt>.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "generation/title_constraint.h"
#include "models/uni_adgen.h"

#include <adtailor/generation.h>
#include <adtailor/job.h>

#include <functional>
#include <string>
#include <vector>

namespace adtailor {

struct TitleTask
{
    torch::Tensor prompt; // [1, T, D], ends with the text <prompt>
    SamplingOptions sampling;
    int maxTokens = 128;
    std::vector<std::uint64_t> seeds; // one an ad
    std::int32_t endToken = -1;
    std::vector<std::int32_t> forbidden; // tokens that no title may hold (placeholders, ...)
    std::function<std::string(const std::vector<std::int32_t>&)> decode; // ids to bytes
    TitleConstraint constraint{ {}, {} }; // not active: any text
};

struct WrittenTitle
{
    std::vector<std::int32_t> tokens; // as drawn, without the end token
    std::string text; // before </prompt>, stripped
    bool finished = false;
};

// written: called after every position; texts so far hold back a piece of a character or tag.
std::vector<WrittenTitle>
writeTitles(UniAdGen& network, const TitleTask& task, const JobControl& job,
            const std::function<void(const std::vector<WrittenTitle>&)>& written);

// What stands before </prompt>, stripped. While the title is not closed, the end that may still
// become another character or the closing tag is held back.
struct TitleText
{
    std::string text;
    bool closed = false;
};
TitleText readTitle(const std::string& bytes);

} // namespace adtailor
