// PictureScorer: one published model that scores pictures, from its files to its numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>
#include <adtailor/picture_metrics.h>

#include <torch/types.h>

#include <filesystem>
#include <memory>

namespace adtailor {

class PictureScorer
{
public:
    virtual ~PictureScorer() = default;
    // In the order of the metrics of its kind; see PictureMetrics. Called under InferenceMode.
    virtual PictureScores score(const PictureToScore& item) = 0;
};

// head: of PictureModel::Clip, for the aesthetic score; may be empty. Throws Failure.
std::unique_ptr<PictureScorer> loadPictureScorer(PictureModel kind,
                                                 const std::filesystem::path& path,
                                                 const std::filesystem::path& head,
                                                 torch::Device device, const JobControl& job);

} // namespace adtailor
