// AdapterFolder: what a fine-tuning run gives, a PEFT folder that Python's peft loads as well:
// adapter_config.json and adapter_model.safetensors (LoRA), trained_modules.safetensors (modules
// that were trained whole), lineage.json.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/run_config.h"
#include "training/training_task.h"

#include <adtailor/job.h>

namespace adtailor {

// The weights after `step` steps of the run, with the run's lineage. An older folder at `target` is
// replaced once the new one is whole.
void writeAdapterFolder(const std::filesystem::path& target, const NamedTensors& trained,
                        const RunConfig& config, const std::filesystem::path& runFolder,
                        std::int64_t step);

// The same from a checkpoint; with the moving average, if the run keeps one. step 0: the best one,
// or the newest when none is marked. InvalidInput when there is no such checkpoint, or the run
// trains no LoRA, or target exists.
void exportCheckpoint(const std::filesystem::path& runFolder, const RunConfig& config,
                      std::int64_t step, const std::filesystem::path& target);

} // namespace adtailor
