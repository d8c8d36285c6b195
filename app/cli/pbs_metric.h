// pbsMetric: PBS as a metric of evaluations, by an installed feature model.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/evaluation.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

namespace adtailor::cli {

// Throws Failure when the model cannot be loaded.
Scorer pbsMetric(const std::filesystem::path& model, const EngineOptions& options,
                 const JobControl& job);

} // namespace adtailor::cli
