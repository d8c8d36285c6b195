// PictureMetrics: published models that score pictures (CLIP, LAION's aesthetic predictor,
// PickScore, ImageReward, DINOv2). Their weights are the user's to install.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// What a model computes, in this order:
enum class PictureModel {
    // cosine to another picture [-1, 1]; cosine to a text [-1, 1]; and with a head the aesthetic
    // score, about 1 to 10
    Clip,
    PickScore, // exp(logit scale) * cosine to a text, near 21
    ImageReward, // standardised reward for picture and text, near -2 to 2
    Dino, // cosine to another picture [-1, 1]
};

struct PictureToScore
{
    const Image& picture; // of any size
    const Image& other; // what it is compared with; may be empty
    const std::string& text; // what it should show; may be empty
};

using PictureScores = std::vector<std::optional<double>>; // none: what it needs is missing

// Move-only; not thread-safe.
class PictureMetrics
{
public:
    // path: Clip and PickScore: a folder with weights, config.json or open_clip_config.json, and
    // tokenizer.json; ImageReward: a folder with ImageReward.pt and vocab.txt or tokenizer.json of
    // bert-base-uncased; Dino: a folder or file of DINOv2. aestheticHead: a file for Clip, or
    // empty. ModelMismatch when the weights are another model's.
    static Result<PictureMetrics> load(PictureModel kind, const std::filesystem::path& path,
                                       const std::filesystem::path& aestheticHead,
                                       const EngineOptions& options, const JobControl& job = {});

    PictureMetrics(PictureMetrics&&) noexcept;
    PictureMetrics& operator=(PictureMetrics&&) noexcept;
    ~PictureMetrics();

    Result<PictureScores> score(const PictureToScore& item) const;
    const std::string& hash() const; // of the weights files, hex

private:
    struct Impl;
    explicit PictureMetrics(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace adtailor
