// copyModel: one model's files into a new folder, hashed on the way, resumable.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/manifest.h"

#include <adtailor/job.h>

namespace adtailor {

// Copies into `target`, which appears under its name only when it is whole; until then the files
// lie beside it in a hidden folder, where a later call finds and keeps those that are finished.
// Answers the manifest of the copy.
Manifest copyModel(const std::filesystem::path& source, const std::filesystem::path& target,
                   const JobControl& job);

} // namespace adtailor
