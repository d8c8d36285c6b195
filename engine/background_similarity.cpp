// BackgroundSimilarity: the public door of PBS.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/sha256.h"
#include "engine_error.h"
#include "engine_model.h"
#include "metrics/background_scorer.h"
#include "weights/checkpoint_files.h"

#include <adtailor/background_similarity.h>

namespace adtailor {

struct BackgroundSimilarity::Impl
{
    BackgroundScorer scorer;
    BackgroundModelInfo info;
};

Result<BackgroundSimilarity> BackgroundSimilarity::load(const std::filesystem::path& path,
                                                        const EngineOptions& options,
                                                        const JobControl& job)
{
    return guarded(
        [&] {
            makeDeterministic(options);
            BackgroundScorer scorer(loadBackgroundEncoder(path, parseDevice(options.device), job));
            const BackgroundEncoderConfig& config = scorer.config();
            BackgroundModelInfo info{
                .hash = sha256HexOfFile(openCheckpoint(path).files.front(), job),
                .device = options.device,
                .imageSize = static_cast<int>(config.vision.imageSize),
                .featureSize = static_cast<int>(config.featureSize),
                .parameters = scorer.parameters(),
            };
            return BackgroundSimilarity(
                std::make_unique<Impl>(Impl{ std::move(scorer), std::move(info) }));
        },
        engineError);
}

BackgroundSimilarity::BackgroundSimilarity(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
BackgroundSimilarity::BackgroundSimilarity(BackgroundSimilarity&&) noexcept = default;
BackgroundSimilarity& BackgroundSimilarity::operator=(BackgroundSimilarity&&) noexcept = default;
BackgroundSimilarity::~BackgroundSimilarity() = default;

const BackgroundModelInfo& BackgroundSimilarity::info() const
{
    return m_impl->info;
}

Result<std::vector<BackgroundFeature>>
BackgroundSimilarity::features(std::span<const Image> pictures, const JobControl& job) const
{
    return guarded(
        [&] {
            const auto rows = m_impl->scorer.features(pictures, job);
            std::vector<BackgroundFeature> features;
            features.reserve(pictures.size());
            const float* values = rows.const_data_ptr<float>();
            for (std::int64_t i = 0; i < rows.size(0); ++i, values += rows.size(1))
                features.emplace_back(values, values + rows.size(1));
            return features;
        },
        engineError);
}

Result<DifferenceMap> BackgroundSimilarity::differenceMap(const Image& left, const Image& right,
                                                          const JobControl& job) const
{
    return guarded([&] { return m_impl->scorer.differenceMap(left, right, job); }, engineError);
}

} // namespace adtailor
