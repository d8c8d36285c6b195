// Training of PBS's feature model on scenes of the same products on different backgrounds.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/run_config.h"
#include "training/training_task.h"

#include <adtailor/training.h>

#include <memory>

namespace adtailor {

std::unique_ptr<TrainingTask> makePbsTask(const RunConfig& config, const TrainingImages& images,
                                          const JobControl& job);

// How well similarity tells backgrounds apart within products: over all pairs of pictures of one
// product, the probability that a pair on the same background scores above one on different ones
// (ROC AUC, ties count half), averaged over all such comparisons; NaN when there are none.
struct Separation
{
    double auc = 0;
    double sameMean = 0, otherMean = 0;
};
// unit: [N, D], unit length
Separation separationOf(const torch::Tensor& unit, const std::vector<std::string>& products,
                        const std::vector<std::string>& backgrounds);

} // namespace adtailor
