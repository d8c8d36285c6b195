// bundleRun: makes a model that the engine loads out of what a training run has reached.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <cstdint>
#include <filesystem>

namespace adtailor {

// step 0: the result of a finished run; else the whole checkpoint of that step, laid over the file
// that the run began with. Answers the bundle's folder, runFolder/bundles/RUN[-step_N]; one that is
// there already is taken as it is. No tensor is changed, and none is held in memory as a whole.
Result<std::filesystem::path> bundleRun(const std::filesystem::path& runFolder, std::int64_t step,
                                        const JobControl& job = {});

} // namespace adtailor
