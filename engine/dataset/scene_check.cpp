// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/scene_check.h"

#include "core/failure.h"
#include "dataset/path_guard.h"

#include <adtailor/imaging.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace adtailor {

namespace {

constexpr int boxTolerance = 3; // pixels; the index was measured with another threshold
constexpr double ratioTolerance = 0.03;

// Empty when nothing is wrong.
std::string indexProblem(const Scene& scene, int side)
{
    const auto& [x, y, width, height] = scene.box;
    if (width < 1 || height < 1)
        return "scene without a product";
    if (x <= 0 || y <= 0 || x + width >= side || y + height >= side)
        return "product cut by the frame";
    const double ratio = static_cast<double>(std::max(width, height)) / side;
    return std::abs(ratio - scene.maxRatio) > ratioTolerance
        ? "max_ratio does not match the product"
        : "";
}

std::string pictureProblem(const Scene& scene, PathGuard& guard)
{
    std::filesystem::path neutral;
    try {
        guard.resolve(scene.file);
        neutral = guard.resolve(scene.neutral);
    } catch (const Failure&) {
        return "picture missing";
    }
    const Result<Image> image = imaging::load(neutral);
    if (!image)
        return "cutout unreadable";
    const Result<imaging::Cutout> cutout = imaging::extractCutout(*image);
    if (!cutout)
        return "cutout without a product";
    for (std::size_t i = 0; i < scene.box.size(); ++i) {
        if (std::abs(cutout->box[i] - scene.box[i]) > boxTolerance)
            return "cutout does not match its scene";
    }
    return "";
}

} // namespace

void dropBadScenes(Catalogue& catalogue, bool checkPictures, DropCounts& dropped,
                   const JobControl& job)
{
    constexpr int sceneSide = 256;
    PathGuard guard(catalogue.sceneFolder, true);
    std::vector<Scene> kept;
    for (Scene& scene : catalogue.scenes) {
        throwIfCancelled(job);
        std::string problem = indexProblem(scene, sceneSide);
        if (problem.empty() && checkPictures)
            problem = pictureProblem(scene, guard);
        if (problem.empty())
            kept.push_back(std::move(scene));
        else
            ++dropped[problem];
    }
    catalogue.scenes = std::move(kept);
    catalogue.scenesByProductAndStyle.clear();
    for (std::size_t i = 0; i < catalogue.scenes.size(); ++i) {
        const Scene& scene = catalogue.scenes[i];
        catalogue.scenesByProductAndStyle[{ scene.product, scene.style }].push_back(
            static_cast<int>(i));
    }
}

} // namespace adtailor
