// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_metric.h"

#include "core/failure.h"
#include "core/paths.h"

#include <adtailor/picture_metrics.h>

#include <memory>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

struct PictureModelRow
{
    PictureModel kind;
    const char* option; // and, with _ for -, the folder
    std::vector<Metric> metrics; // in the order of the model's scores
};

Metric metricOf(const char* key, const char* name, const char* group, const char* about)
{
    return { key, name, group, about, true, {} };
}

const std::vector<PictureModelRow>& pictureModels()
{
    static const std::vector<PictureModelRow> rows{
        { PictureModel::Clip,
          "clip",
          { metricOf("clip_i", "CLIP-I", "pictures", "cosine of CLIP features to the clicked ad"),
            metricOf("clip", "CLIP", "pictures",
                     "cosine of CLIP features to the product's description"),
            metricOf("aesthetic", "ASE", "general", "LAION aesthetic score, about 1 to 10") } },
        { PictureModel::PickScore,
          "pick-score",
          { metricOf("pick_score", "PS", "general",
                     "PickScore, scaled cosine to the product's description") } },
        { PictureModel::ImageReward,
          "image-reward",
          { metricOf("image_reward", "IR", "general",
                     "ImageReward for the product's description") } },
        { PictureModel::Dino,
          "dino",
          { metricOf("dino", "DINO", "pictures", "cosine of DINOv2 features to the clicked ad") } }
    };
    return rows;
}

// What was named, else what is installed; empty: neither, or `none`.
fs::path placeOf(const Arguments& arguments, const std::string& option, const std::string& name)
{
    const auto given = arguments.path(option);
    if (given)
        return *given == "none" ? fs::path() : *given;
    std::error_code error;
    const fs::path installed = userDataFolder() / "metrics" / name;
    return fs::exists(installed, error) ? installed : fs::path();
}

std::string folderName(std::string option)
{
    for (char& letter : option)
        letter = letter == '-' ? '_' : letter;
    return option;
}

Scorer scorerOf(const PictureModelRow& row, const fs::path& place, const fs::path& head,
                const EngineOptions& options, const JobControl& job)
{
    auto model = std::make_shared<PictureMetrics>(
        valueOrThrow(PictureMetrics::load(row.kind, place, head, options, job)));
    Scorer scorer{ row.metrics, nullptr, model->hash() };
    if (row.kind == PictureModel::Clip && head.empty())
        scorer.metrics.pop_back();
    scorer.score = [model, count = scorer.metrics.size()](const AdToScore& ad) {
        if (ad.whole.isEmpty())
            return PictureScores(count);
        return valueOrThrow(model->score({ ad.whole, ad.wholeTarget, ad.record->description }));
    };
    return scorer;
}

} // namespace

std::vector<Scorer> pictureMetrics(const Arguments& arguments, const EngineOptions& options,
                                   const JobControl& job)
{
    const fs::path head = placeOf(arguments, "aesthetic", "aesthetic.pth");
    std::vector<Scorer> scorers;
    for (const PictureModelRow& row : pictureModels()) {
        const fs::path place = placeOf(arguments, row.option, folderName(row.option));
        if (!place.empty())
            scorers.push_back(scorerOf(
                row, place, row.kind == PictureModel::Clip ? head : fs::path(), options, job));
        else if (row.kind == PictureModel::Clip && arguments.has("aesthetic") && !head.empty())
            throw Failure(ErrorCode::InvalidInput,
                          "--aesthetic needs the CLIP model that it reads: name it with --clip.");
    }
    return scorers;
}

} // namespace adtailor::cli
