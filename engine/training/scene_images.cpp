// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/scene_images.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "nn/pixels.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace adtailor {

namespace {

constexpr std::size_t largestIndex = 64U << 20U;

} // namespace

std::vector<Scene> readSceneIndex(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "index.jsonl";
    std::istringstream lines(readTextFile(file, largestIndex));
    std::vector<Scene> scenes;
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const auto row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_object() || !row.contains("file") || !row.contains("neutral"))
            throw Failure(ErrorCode::FileCorrupt,
                          file.string() + ", line " + std::to_string(number)
                              + ": not a scene row. Render the index again.");
        scenes.push_back({ row.value("id", ""), row.value("product", ""), row.value("style", ""),
                           row.value("split", ""), folder / row["file"].get<std::string>(),
                           folder / row["neutral"].get<std::string>() });
    }
    return scenes;
}

torch::Tensor pictureTensor(const Image& image, std::int64_t side)
{
    return resizeBicubic(toTensor(image), side, side);
}

torch::Tensor loadPictures(const std::vector<std::filesystem::path>& files, std::int64_t side,
                           const TrainingImages& images, const JobControl& job)
{
    const auto count = static_cast<std::int64_t>(files.size());
    auto pictures = torch::empty({ count, 3, side, side }, torch::kUInt8);
    for (std::int64_t i = 0; i < count; ++i) {
        throwIfCancelled(job);
        pictures[i].copy_(pictureTensor(valueOrThrow(images.load(files[i])), side));
        if (job.report && i % 64 == 0)
            job.report({ .stage = Stage::Data, .done = i, .total = count });
    }
    return pictures;
}

Image contactSheet(const torch::Tensor& pictures, std::int64_t columns)
{
    std::vector<torch::Tensor> rows;
    for (std::int64_t start = 0; start + columns <= pictures.size(0); start += columns)
        rows.push_back(torch::cat(pictures.narrow(0, start, columns).unbind(0), 2));
    return toImage(torch::cat(rows, 1));
}

} // namespace adtailor
