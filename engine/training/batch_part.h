// takePart: the rows of a batch that one of several processes trains on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/objective.h"

namespace adtailor {

// batch: of all ranks together, the same on each; it becomes the rank's equal share. Answers the
// factor for means over text labels: with it, their mean over the ranks is that over the batch.
double takePart(TrainingBatch& batch, int rank, int ranks);

} // namespace adtailor
