// Training of the VQ-16 tokenizer on crops of the scenes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/run_config.h"
#include "training/training_task.h"

#include <adtailor/training.h>

#include <memory>

namespace adtailor {

std::unique_ptr<TrainingTask> makeVqTask(const RunConfig& config, const TrainingImages& images,
                                         const JobControl& job);

} // namespace adtailor
