// checkTextModel: a published text model against expected logits and greedy tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selftest_report.h"

#include <adtailor/job.h>
#include <adtailor/model.h>

namespace adtailor {

// What such expected values hold: the tokens of a prompt, int64 [1, T].
inline constexpr const char* answerPrompt = "answer_prompt";

// Compares answer_logits, of the whole prompt and the expected answer behind it, and answer_tokens,
// which our own loop writes.
void checkTextModel(const std::filesystem::path& model, const EngineOptions& options,
                    const ExpectedValues& expected, SelfTestReport& report, const JobControl& job);

} // namespace adtailor
