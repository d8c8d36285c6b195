// SPDX-License-Identifier: GPL-3.0-or-later
#include "pbs_metric.h"

#include "core/failure.h"

#include <adtailor/background_similarity.h>

namespace adtailor::cli {

namespace {

using Values = std::vector<std::optional<double>>;

BackgroundFeature featureOf(const BackgroundSimilarity& model, const Image& picture,
                            const JobControl& job)
{
    return valueOrThrow(model.features({ &picture, 1 }, job)).front();
}

class PbsMetric
{
public:
    PbsMetric(BackgroundSimilarity model, const JobControl& job)
        : m_model(std::move(model))
        , m_job{ .stop = job.stop } // no progress of single pictures
    {
    }

    Values score(const AdToScore& ad)
    {
        if (ad.target.isEmpty() || (ad.composed.isEmpty() && ad.drawn.isEmpty()))
            return Values(2);
        if (m_targetNumber != ad.record->number) {
            m_target = featureOf(m_model, ad.target, m_job);
            m_targetNumber = ad.record->number;
        }
        const auto against = [&](const Image& picture) -> std::optional<double> {
            if (picture.isEmpty())
                return std::nullopt;
            return backgroundScore(featureOf(m_model, picture, m_job), m_target);
        };
        return { against(ad.composed.isEmpty() ? ad.drawn : ad.composed), against(ad.drawn) };
    }

private:
    BackgroundSimilarity m_model;
    JobControl m_job;
    std::int64_t m_targetNumber = 0; // of the clicked ad whose feature is kept
    BackgroundFeature m_target;
};

} // namespace

Scorer pbsMetric(const std::filesystem::path& model, const EngineOptions& options,
                 const JobControl& job)
{
    auto loaded = valueOrThrow(BackgroundSimilarity::load(model, options, job));
    const std::string identity = loaded.info().hash;
    auto metric = std::make_shared<PbsMetric>(std::move(loaded), job);
    return { { { "pbs",
                 "PBS",
                 "personal",
                 "cosine of background features: the finished ad against the clicked one",
                 true,
                 {} },
               { "pbs_drawn",
                 "PBS, drawn",
                 "pictures",
                 "the same of the picture before the product is laid on top",
                 true,
                 {} } },
             [metric](const AdToScore& ad) { return metric->score(ad); },
             identity };
}

} // namespace adtailor::cli
