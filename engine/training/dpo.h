// Direct preference optimisation (Rafailov et al. 2023): of two ads for one request, make the one
// that people chose more likely than the other, measured against a frozen reference.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/ad_samples.h"

namespace adtailor {

// Log-probabilities [B] of whole ads: title and picture, summed over their tokens.
struct AdLogProbabilities
{
    torch::Tensor chosen, rejected;
};

struct DpoLoss
{
    torch::Tensor loss; // mean over pairs of -log sigmoid(beta * advantage)
    double margin = 0; // mean beta * advantage: how much further apart than in the reference
    double accuracy = 0; // share of pairs whose advantage is above 0
};

// advantage = (policy.chosen - reference.chosen) - (policy.rejected - reference.rejected)
DpoLoss dpoLoss(const AdLogProbabilities& policy, const AdLogProbabilities& reference, double beta);

// The rejected ads of `source`'s records (columns rejected_f_path and rejected_title), row for row
// beside `chosen`; pairs of which one ad cannot be read are taken out of both, with a sentence in
// chosen.skipped.
AdSamples loadRejected(AdSampleSource source, AdSamples& chosen, UniAdGen& model,
                       const TrainingImages& images, const JobControl& job);

} // namespace adtailor
