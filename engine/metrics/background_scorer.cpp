// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/background_scorer.h"

#include "core/failure.h"
#include "imaging/pil_resize.h"
#include "nn/pixels.h"

#include <c10/core/InferenceMode.h>

#include <cmath>

namespace adtailor {

namespace {

constexpr std::int64_t picturesAtOnce = 16;
constexpr std::int64_t mostMapCells = 8; // a side: each cell costs two passes

Image opaquePicture(const Image& picture)
{
    return picture.hasAlpha() ? toImage(toTensor(picture)) : picture;
}

// Columns x ... x+side-1 and rows y ... y+side-1.
Image squareOf(const Image& image, int x, int y, int side)
{
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(side) * side * 3);
    for (int row = y; row < y + side; ++row) {
        const std::uint8_t* first = image.row(row) + static_cast<std::size_t>(x) * 3;
        pixels.insert(pixels.end(), first, first + static_cast<std::size_t>(side) * 3);
    }
    return { side, side, 3, std::move(pixels) };
}

// torchvision's CenterCrop: half of what is left over, ties to even as Python rounds.
int cropStart(int size, int side)
{
    return static_cast<int>(std::nearbyint((size - side) / 2.0));
}

// The longer side of a picture whose shorter one becomes `shorter`, as torchvision's Resize. One
// that is extremely long loses its ends: they lie far outside the centre.
int resizedLength(int longer, int shorter, int to)
{
    return static_cast<int>(static_cast<std::int64_t>(to) * longer / shorter);
}

Image centreOfLong(const Image& picture)
{
    constexpr int longestRatio = 8;
    const int width = picture.width(), height = picture.height();
    const int shorter = std::min(width, height), longer = std::max(width, height);
    if (longer / shorter < longestRatio)
        return picture;
    const int kept = shorter * 4;
    const int start = (longer - kept) / 2;
    const auto pixels = toTensor(picture);
    return toImage(pixels.narrow(width > height ? 2 : 1, start, kept));
}

} // namespace

Image backgroundView(const Image& given, const BackgroundEncoderConfig& config)
{
    if (given.isEmpty())
        throw Failure(ErrorCode::InvalidInput, "A picture is missing; PBS compares two pictures.");
    const Image picture = centreOfLong(opaquePicture(given));
    const int width = picture.width(), height = picture.height();
    const int shorter = static_cast<int>(config.resizedSide());
    const int side = static_cast<int>(config.vision.imageSize);
    const Image resized = imaging::pilResize(
        picture, width <= height ? shorter : resizedLength(width, height, shorter),
        height <= width ? shorter : resizedLength(height, width, shorter),
        imaging::Filter::Bilinear);
    return squareOf(resized, cropStart(resized.width(), side), cropStart(resized.height(), side),
                    side);
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
