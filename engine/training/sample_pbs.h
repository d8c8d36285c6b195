// SamplePbs: how near the backgrounds of a run's samples come to what their people clicked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <torch/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace adtailor {

class BackgroundScorer;

class SamplePbs
{
public:
    explicit SamplePbs(const std::filesystem::path& model); // see BackgroundSimilarity::load
    ~SamplePbs();

    // The next sample: the ad that was really clicked, and the clicks before it (may be none).
    void add(const Image& clicked, const std::vector<Image>& history);

    // made: one picture for each sample added. "sample_pbs": mean PBS to the clicked ads;
    // "sample_pbs_history": the mean over people of that to their history; absent without any.
    std::map<std::string, double> score(const std::vector<Image>& made);

private:
    struct Sample
    {
        torch::Tensor clicked, history; // unit features [1, F], [n, F]
    };
    torch::Tensor features(const std::vector<Image>& pictures); // [n, F], of length 1

    std::unique_ptr<BackgroundScorer> m_scorer;
    std::vector<Sample> m_samples;
};

} // namespace adtailor
