// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/background_scorer.h"

#include "core/failure.h"
#include "metrics/picture_view.h"
#include "nn/pixels.h"

#include <c10/core/InferenceMode.h>

namespace adtailor {

namespace {

constexpr std::int64_t picturesAtOnce = 16;
constexpr std::int64_t mostMapCells = 8; // a side: each cell costs two passes

} // namespace

Image backgroundView(const Image& picture, const BackgroundEncoderConfig& config)
{
    return pictureView(picture,
                       { .resizedSide = static_cast<int>(config.resizedSide()),
                         .side = static_cast<int>(config.vision.imageSize),
                         .filter = imaging::Filter::Bilinear });
}

std::int64_t BackgroundScorer::parameters() const
{
    std::int64_t count = 0;
    for (const auto& parameter : m_network->parameters())
        count += parameter.numel();
    return count;
}

torch::Tensor BackgroundScorer::view(const Image& picture) const
{
    return toTensor(backgroundView(picture, config()));
}

torch::Tensor BackgroundScorer::features(const torch::Tensor& views, const JobControl& job)
{
    const auto device = m_network->parameters().front().device();
    std::vector<torch::Tensor> parts;
    for (const auto& part : views.split(picturesAtOnce)) {
        throwIfCancelled(job);
        parts.push_back(m_network(normalizeForBackground(part.to(device))).to(torch::kCPU));
    }
    auto features = torch::cat(parts);
    if (!features.isfinite().all().item<bool>())
        throw Failure(ErrorCode::ModelMismatch,
                      "The PBS model gives features that are no numbers: its weights are damaged "
                      "or of another model. Get the checkpoint again.");
    return features;
}

torch::Tensor BackgroundScorer::features(std::span<const Image> pictures, const JobControl& job)
{
    const c10::InferenceMode inference;
    auto features
        = torch::empty({ static_cast<std::int64_t>(pictures.size()), config().featureSize });
    for (std::size_t start = 0; start < pictures.size(); start += picturesAtOnce) {
        const auto part = pictures.subspan(
            start, std::min<std::size_t>(picturesAtOnce, pictures.size() - start));
        std::vector<torch::Tensor> views;
        for (const Image& picture : part)
            views.push_back(view(picture));
        features.narrow(0, static_cast<std::int64_t>(start), static_cast<std::int64_t>(part.size()))
            .copy_(this->features(torch::stack(views), job));
        if (job.report)
            job.report({ .stage = Stage::Data,
                         .done = static_cast<std::int64_t>(start + part.size()),
                         .total = static_cast<std::int64_t>(pictures.size()) });
    }
    return features;
}

DifferenceMap BackgroundScorer::differenceMap(const Image& left, const Image& right,
                                              const JobControl& job)
{
    const c10::InferenceMode inference;
    const std::int64_t grid = config().vision.gridSide();
    std::int64_t side = std::min(grid, mostMapCells);
    while (grid % side != 0)
        --side;
    const std::int64_t cell = config().vision.imageSize / side;
    const auto a = view(left), b = view(right);
    std::vector<torch::Tensor> mixed{ a, b };
    for (const auto& [base, other] : { std::pair(a, b), std::pair(b, a) }) {
        for (std::int64_t i = 0; i < side * side; ++i) {
            const auto cut = [&](const torch::Tensor& picture) {
                return picture.narrow(1, i / side * cell, cell).narrow(2, i % side * cell, cell);
            };
            mixed.push_back(base.clone());
            cut(mixed.back()).copy_(cut(other));
        }
    }
    const auto vectors = features(torch::stack(mixed), job);
    const auto unit = vectors / vectors.norm(2, { 1 }, true).clamp_min(1e-12);
    const auto cells = unit.slice(0, 2).view({ 2, side * side, -1 });
    const auto score = unit[0].dot(unit[1]);
    const auto rise = (cells[0].mv(unit[1]) + cells[1].mv(unit[0])) / 2 - score;
    const float* values = rise.const_data_ptr<float>();
    return { .side = static_cast<int>(side),
             .extent = static_cast<double>(config().vision.imageSize)
                 / static_cast<double>(config().resizedSide()),
             .cells = { values, values + rise.numel() },
             .score = score.item<double>() };
}

} // namespace adtailor
