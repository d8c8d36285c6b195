// TrainingTask: one stage of training as the loop sees it: weights, a loss, a held-out loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/counter_rng.h"

#include <torch/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

// The key of heldOutLoss() that says which weights are best.
inline constexpr const char* heldOutTotal = "held_out";

using NamedTensors = std::map<std::string, torch::Tensor>;

struct LossTerms
{
    torch::Tensor total; // scalar with gradient
    std::map<std::string, double> parts; // for the log
};

// Whose clicks are trained on, in a form that names nobody.
struct TrainedUsers
{
    std::int64_t count = 0;
    std::string hash; // SHA-256 over all of them
};

class TrainingTask
{
public:
    virtual ~TrainingTask() = default;

    virtual NamedTensors trainedWeights() = 0; // by checkpoint name; these get gradients
    // Share of the learning rate that a trained weight gets.
    virtual double rate(const std::string& /*name*/) const { return 1; }
    virtual NamedTensors modelWeights() = 0; // all that a finished model file needs
    // Loss of one freshly drawn batch. Every random choice comes from `random` or from torch's
    // default generator, which the loop seeds for the step, so a step can be repeated exactly.
    virtual LossTerms loss(CounterRng& random, std::int64_t step) = 0;
    // Not called for a step that was skipped because it was not finite.
    virtual void afterStep(std::int64_t /*step*/) { }
    // What later steps depend on beside weights and step number; shared tensors, kept in every
    // checkpoint and filled in place when a run is resumed.
    virtual NamedTensors state() { return {}; }
    // What of the data could not be used, one sentence each.
    virtual std::vector<std::string> skipped() const { return {}; }
    virtual TrainedUsers users() const { return {}; }
    virtual std::map<std::string, double> heldOutLoss() = 0;
    // Answers what was measured on the samples, for the log.
    virtual std::map<std::string, double> writeSamples(const std::filesystem::path& folder,
                                                       std::int64_t step)
        = 0;
};

} // namespace adtailor
