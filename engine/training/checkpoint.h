// Checkpoint: everything a run needs to go on exactly, in a folder that is either whole or absent.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training_task.h"

#include <optional>

namespace adtailor {

struct Checkpoint
{
    std::int64_t step = 0;
    std::filesystem::path folder;
};

// Where the held-out loss was lowest. best.json in the run folder names it.
struct BestStep
{
    std::int64_t step = 0;
    double heldOutLoss = 0;
};

// Writes runFolder/checkpoints/step_N (weights.safetensors, optimizer.safetensors, manifest.json
// last), renames it into place and removes all but the newest two and the best. On any failure the
// older checkpoints stay, and nothing of the new one.
// state: what the optimiser and the task need beside the weights.
void saveCheckpoint(const std::filesystem::path& runFolder, std::int64_t step,
                    const NamedTensors& weights, const NamedTensors& state);

// The newest checkpoint whose manifest is there and matches its files' sizes.
std::optional<Checkpoint> newestCheckpoint(const std::filesystem::path& runFolder);

// Fills `weights` in place and answers the state. ModelMismatch when a weight is missing or has
// another shape.
NamedTensors loadCheckpoint(const Checkpoint& checkpoint, const NamedTensors& weights);

// All weights it holds, newly read.
NamedTensors checkpointWeights(const Checkpoint& checkpoint);
// The one of that step, if it is whole.
std::optional<Checkpoint> checkpointOf(const std::filesystem::path& runFolder, std::int64_t step);

void markBest(const std::filesystem::path& runFolder, const BestStep& best);
std::optional<BestStep> bestStep(const std::filesystem::path& runFolder);
// The best step's checkpoint, if it is still whole.
std::optional<Checkpoint> bestCheckpoint(const std::filesystem::path& runFolder);

} // namespace adtailor
