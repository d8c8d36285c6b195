// pictureMetrics: the installed models that score pictures, as metrics of evaluations.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "arguments.h"

#include <adtailor/evaluation.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

#include <vector>

namespace adtailor::cli {

// Those that were named (--clip, --aesthetic, --pick-score, --image-reward, --dino) or lie in the
// folder metrics of the user's data. Texts are the products' descriptions, the same for all
// systems. Throws Failure when a model cannot be loaded.
std::vector<Scorer> pictureMetrics(const Arguments& arguments, const EngineOptions& options,
                                   const JobControl& job);

} // namespace adtailor::cli
