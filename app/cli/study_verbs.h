// The larger verbs of `adtailor study`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"

#include <adtailor/study.h>

namespace adtailor::cli {

// --source, --records, --items, --name …, or a plan as a file.
StudyPlan studyPlanOf(const Arguments& arguments, const Context& context);

// simulate STUDY: made-up raters vote in a real study, one line for each vote once it is stored.
void simulateRaters(const Arguments& arguments, const Context& context);
void simulateCoverage(const Arguments& arguments, const Context& context);
void simulateSize(const Arguments& arguments, const Context& context);

} // namespace adtailor::cli
