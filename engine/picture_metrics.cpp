// PictureMetrics: the public door of the models that score pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/sha256.h"
#include "engine_error.h"
#include "engine_model.h"
#include "metrics/picture_scorer.h"
#include "models/image_reward.h"
#include "weights/checkpoint_files.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>

namespace adtailor {

struct PictureMetrics::Impl
{
    std::unique_ptr<PictureScorer> scorer;
    std::string hash;
};

namespace {

std::string weightsHash(const std::filesystem::path& path, const std::filesystem::path& head,
                        const JobControl& job)
{
    std::string all;
    for (const auto& file : openCheckpoint(imageRewardFile(path)).files)
        all += sha256HexOfFile(file, job);
    return head.empty() ? sha256Hex(all) : sha256Hex(all + sha256HexOfFile(head, job));
}

} // namespace

Result<PictureMetrics> PictureMetrics::load(PictureModel kind, const std::filesystem::path& path,
                                            const std::filesystem::path& aestheticHead,
                                            const EngineOptions& options, const JobControl& job)
{
    return guarded(
        [&] {
            makeDeterministic(options);
            auto scorer
                = loadPictureScorer(kind, path, aestheticHead, parseDevice(options.device), job);
            return PictureMetrics(std::make_unique<Impl>(
                Impl{ std::move(scorer), weightsHash(path, aestheticHead, job) }));
        },
        engineError);
}

PictureMetrics::PictureMetrics(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
PictureMetrics::PictureMetrics(PictureMetrics&&) noexcept = default;
PictureMetrics& PictureMetrics::operator=(PictureMetrics&&) noexcept = default;
PictureMetrics::~PictureMetrics() = default;

const std::string& PictureMetrics::hash() const
{
    return m_impl->hash;
}

Result<PictureScores> PictureMetrics::score(const PictureToScore& item) const
{
    return guarded(
        [&] {
            const c10::InferenceMode inference;
            PictureScores scores = m_impl->scorer->score(item);
            const bool isBroken = std::ranges::any_of(
                scores, [](const auto& value) { return value && !std::isfinite(*value); });
            if (isBroken)
                throw Failure(ErrorCode::ModelMismatch,
                              "The model gives scores that are no numbers: its weights are damaged "
                              "or of another model. Get the checkpoint again.");
            return scores;
        },
        engineError);
}

} // namespace adtailor
