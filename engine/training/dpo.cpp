// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/dpo.h"

#include "core/failure.h"

#include <algorithm>
#include <set>

namespace adtailor {

namespace {

std::set<std::int64_t> numbersOf(const AdSamples& data)
{
    std::set<std::int64_t> numbers;
    for (const AdSample& sample : data.samples)
        numbers.insert(sample.number);
    return numbers;
}

// The sentence of the reader names PAd1M's fields, which the rows may well have.
AdSamples readRejected(const AdSampleSource& source, UniAdGen& model, const TrainingImages& images,
                       const JobControl& job)
{
    try {
        return loadAdSamples(source, model, images, job);
    } catch (const Failure& failure) {
        if (failure.code() != ErrorCode::InvalidInput)
            throw;
        throw Failure(ErrorCode::InvalidInput,
                      std::string("The objective dpo reads rejected_f_path and rejected_title from "
                                  "each row beside its ad. ")
                          + failure.what());
    }
}

} // namespace

DpoLoss dpoLoss(const AdLogProbabilities& policy, const AdLogProbabilities& reference, double beta)
{
    const auto advantage
        = (policy.chosen - reference.chosen) - (policy.rejected - reference.rejected);
    return { .loss = -torch::log_sigmoid(beta * advantage).mean(),
             .margin = beta * advantage.mean().item<double>(),
             .accuracy = (advantage > 0).to(torch::kFloat32).mean().item<double>() };
}

AdSamples loadRejected(AdSampleSource source, AdSamples& chosen, UniAdGen& model,
                       const TrainingImages& images, const JobControl& job)
{
    source.columns["f_path"] = "rejected_f_path";
    source.columns["gt_title_cn"] = "rejected_title";
    if (!source.cache.empty())
        source.cache += ".rejected";
    AdSamples rejected = readRejected(source, model, images, job);
    const auto left = numbersOf(chosen), right = numbersOf(rejected);
    const auto isAlone = [&](const AdSample& sample) {
        return !left.contains(sample.number) || !right.contains(sample.number);
    };
    std::erase_if(rejected.samples, isAlone);
    std::erase_if(chosen.samples, [&](const AdSample& sample) {
        if (isAlone(sample))
            chosen.skipped.push_back("Pair " + std::to_string(sample.number)
                                     + " is left out: its rejected ad cannot be read.");
        return isAlone(sample);
    });
    if (chosen.samples.empty())
        throw Failure(ErrorCode::InvalidInput,
                      source.records.string()
                          + ": no pair has both its ads; each row needs rejected_f_path and "
                            "rejected_title beside its ad");
    return rejected;
}

} // namespace adtailor
