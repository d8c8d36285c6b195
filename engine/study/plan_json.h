// A plan as JSON, whole or parted into what raters may see and what they must not.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

#include <nlohmann/json_fwd.hpp>

namespace adtailor {

inline constexpr std::size_t studyPlanBytes = 64U << 20U;

nlohmann::json planJson(const StudyPlan& plan);
StudyPlan planFromJson(const nlohmann::json& json); // Failure(InvalidInput) names the field

// planJson in two parts: what raters may see, and the labels, ids, people and briefs.
nlohmann::json openJson(const StudyPlan& plan);
nlohmann::json originJson(const StudyPlan& plan);
// Without an origin (null) sources are called "Source 1" and items "1".
StudyPlan joined(const nlohmann::json& open, const nlohmann::json& origin);

nlohmann::json answerJson(const StudyAnswer& answer);
StudyAnswer answerFromJson(const nlohmann::json& json);

const char* trialKindName(TrialKind kind); // "counted", as in logs
const char* pairChoiceName(PairChoice choice); // "both_bad"
const char* criterionName(int criterion); // "text_accuracy"

} // namespace adtailor
