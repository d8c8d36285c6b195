// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/sample_pbs.h"

#include "metrics/background_scorer.h"

namespace adtailor {

SamplePbs::SamplePbs(const std::filesystem::path& model)
    : m_scorer(std::make_unique<BackgroundScorer>(loadBackgroundEncoder(model, torch::kCPU)))
{
}

SamplePbs::~SamplePbs() = default;

torch::Tensor SamplePbs::features(const std::vector<Image>& pictures)
{
    const auto rows = m_scorer->features(pictures, {});
    return rows / rows.norm(2, 1, true).clamp_min(1e-12);
}

void SamplePbs::add(const Image& clicked, const std::vector<Image>& history)
{
    m_samples.push_back({ .clicked = features({ clicked }) });
    if (!history.empty())
        m_samples.back().history = features(history);
}

std::map<std::string, double> SamplePbs::score(const std::vector<Image>& made)
{
    const auto rows = features(made);
    double clicked = 0, history = 0;
    int people = 0;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const auto own = rows[static_cast<std::int64_t>(i)];
        clicked += m_samples[i].clicked[0].dot(own).item<double>();
        if (!m_samples[i].history.defined())
            continue;
        history += m_samples[i].history.mv(own).mean().item<double>();
        ++people;
    }
    std::map<std::string, double> scores{ { "sample_pbs",
                                            clicked / static_cast<double>(m_samples.size()) } };
    if (people > 0)
        scores["sample_pbs_history"] = history / people;
    return scores;
}

} // namespace adtailor
