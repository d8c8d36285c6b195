// runTraining: the loop of every stage: step, check, log, validate, checkpoint, obey.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/ranks.h"
#include "training/run_folder.h"
#include "training/training_task.h"

#include <adtailor/training.h>

namespace adtailor {

// Goes on from the newest whole checkpoint, if there is one. A run that is stopped at any step and
// started again ends with the same weights, bit for bit, as one that never stopped.
// ranks: the first one steers, observes and writes the run folder; the others only take steps.
TrainingOutcome runTraining(const RunFolder& folder, const RunConfig& config, TrainingTask& task,
                            const TrainingObserver& observer, const JobControl& job,
                            const Ranks& ranks = {});

// Seconds that one step takes once memory is warm; leaves the task's weights changed.
double measureStep(const RunConfig& config, TrainingTask& task);

} // namespace adtailor
