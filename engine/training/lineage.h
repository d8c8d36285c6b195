// Lineage: what a fine-tuned adapter was made from: hashes of base and data, how many users, which
// settings. It travels with the adapter, so it holds no names, paths or texts of the data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/run_config.h"
#include "training/training_task.h"

#include <nlohmann/json.hpp>

namespace adtailor {

// Keeps the lineage of the run in its folder's lineage.json, which a fork takes over as what was
// before it. Call after RunFolder::checkInputs.
void writeLineage(const std::filesystem::path& runFolder, const RunConfig& config,
                  const TrainedUsers& users);
nlohmann::json readLineage(const std::filesystem::path& runFolder);

} // namespace adtailor
