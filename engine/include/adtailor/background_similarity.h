// BackgroundSimilarity: PBS, how alike the backgrounds of two ads are (arXiv 2605.12138): the
// cosine of two short features, in [-1, 1], that follow the background and not the product.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace adtailor {

using BackgroundFeature = std::vector<float>; // not normalised

struct BackgroundModelInfo
{
    std::string hash; // SHA-256 of the weights file, hex
    std::string device;
    int imageSize = 0; // pixels a side of what the model sees: the centre of the picture
    int featureSize = 0;
    std::int64_t parameters = 0;
};

// Where two backgrounds differ: by how much PBS rises when a cell of one picture is put into the
// other, the mean of both ways. High: the backgrounds differ here; near 0 or below: they do not.
struct DifferenceMap
{
    int side = 0; // cells
    double extent = 1; // the cells cover this share of the shorter side, about the centre
    std::vector<float> cells; // row-major
    double score = 0; // PBS of the two pictures as they are
};

// One loaded feature model; may be moved; not for several threads at once.
class BackgroundSimilarity
{
public:
    // path: a checkpoint as published, .pth or .safetensors, or the folder of one.
    static Result<BackgroundSimilarity> load(const std::filesystem::path& path,
                                             const EngineOptions& options = {},
                                             const JobControl& job = {});
    BackgroundSimilarity(BackgroundSimilarity&&) noexcept;
    BackgroundSimilarity& operator=(BackgroundSimilarity&&) noexcept;
    ~BackgroundSimilarity();

    const BackgroundModelInfo& info() const;

    // One feature for each picture, computed in batches. Pictures of any size are read as the
    // public tool does it: shorter side to 256 pixels (Pillow's bilinear), centre of 224 (both
    // smaller for smaller models); transparent pixels are white. ModelMismatch when a feature is
    // not finite. The public tool saves each picture as JPEG before: see imaging::jpegRoundTrip.
    Result<std::vector<BackgroundFeature>> features(std::span<const Image> pictures,
                                                    const JobControl& job = {}) const;
    Result<DifferenceMap> differenceMap(const Image& left, const Image& right,
                                        const JobControl& job = {}) const;

private:
    struct Impl;
    explicit BackgroundSimilarity(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

// PBS of two features of equal length; 0 when one of them is all zero.
double backgroundScore(const BackgroundFeature& left, const BackgroundFeature& right);

} // namespace adtailor
