// The quality filter for scenes: which may not become an ad, and why.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/catalogue.h"

#include <adtailor/job.h>

#include <cstdint>

namespace adtailor {

using DropCounts = std::map<std::string, std::int64_t>; // reason -> how many

// Removes bad scenes from the catalogue and counts them by reason. checkPictures decodes every
// cutout; otherwise only the index is judged.
void dropBadScenes(Catalogue& catalogue, bool checkPictures, DropCounts& dropped,
                   const JobControl& job);

} // namespace adtailor
