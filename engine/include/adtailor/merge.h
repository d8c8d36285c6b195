// mergeModel: one model folder of a base and everything that is added on top of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

#include <filesystem>
#include <optional>
#include <vector>

namespace adtailor {

// Writes the new folder `target` (config.json, model.safetensors, tokenizer, licence, lineage),
// whose model needs neither base nor parts any more. Adapters are added to the weights in float32
// before these are stored as `precision`; empty: as the base stores them.
Result<void> mergeModel(const std::filesystem::path& base, const std::vector<ModelPart>& parts,
                        const std::filesystem::path& target, std::optional<Precision> precision,
                        const JobControl& job = {});

} // namespace adtailor
