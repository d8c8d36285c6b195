// Checkpoint: everything a run needs to go on exactly, in a folder that is either whole or absent.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/adamw.h"

#include <optional>

namespace adtailor {

struct Checkpoint
{
    std::int64_t step = 0;
    std::filesystem::path folder;
};

// Writes runFolder/checkpoints/step_N (weights.safetensors, optimizer.safetensors, manifest.json
// last), renames it into place and removes all but the newest two.
void saveCheckpoint(const std::filesystem::path& runFolder, std::int64_t step,
                    const NamedTensors& weights, const AdamW& optimizer);

// The newest checkpoint whose manifest is there and matches its files' sizes.
std::optional<Checkpoint> newestCheckpoint(const std::filesystem::path& runFolder);

void loadCheckpoint(const Checkpoint& checkpoint, const NamedTensors& weights, AdamW& optimizer);

} // namespace adtailor
