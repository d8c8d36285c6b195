// The limits of a plan and of an answer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

namespace adtailor {

inline constexpr int mostStudySources = 20;
inline constexpr std::size_t mostStudyItems = 10'000;

// Throws Failure(InvalidInput) or Failure(FileNotFound): numbers, texts, and with checkPictures
// that every picture is there.
void checkPlan(const StudyPlan& plan, bool checkPictures);

// Throws Failure(InvalidInput) when the answer is not one to this question.
void checkAnswer(StudyQuestion question, const StudyAnswer& answer);

} // namespace adtailor
