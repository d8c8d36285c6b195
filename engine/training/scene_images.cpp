// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/scene_images.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "nn/pixels.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace adtailor {

namespace {

constexpr std::size_t largestIndex = 64U << 20U;
constexpr JsonLimits rowLimits{ .depth = 8, .stringBytes = 4096, .values = 1000 };

// The text under `key`, or an empty one.
std::string textOf(const nlohmann::json& row, const char* key)
{
    const auto found = row.find(key);
    return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Scene toScene(const nlohmann::json& row, const std::filesystem::path& folder,
              const std::string& what)
{
    const std::string picture = textOf(row, "file"), control = textOf(row, "neutral");
    if (picture.empty() || control.empty())
        throw Failure(ErrorCode::FileCorrupt,
                      what
                          + " is not a scene row: it needs \"file\" and \"neutral\". Render the "
                            "index again.");
    return { textOf(row, "id"),    textOf(row, "product"), textOf(row, "style"),
             textOf(row, "split"), folder / picture,       folder / control };
}

} // namespace

std::vector<Scene> readSceneIndex(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "index.jsonl";
    std::istringstream lines(readTextFile(file, largestIndex));
    std::vector<Scene> scenes;
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const std::string what = file.string() + ", line " + std::to_string(number);
        scenes.push_back(toScene(parseStrictJson(line, what, rowLimits), folder, what));
    }
    return scenes;
}

torch::Tensor pictureTensor(const Image& image, std::int64_t side)
{
    return resizeBicubic(toTensor(image), side, side);
}

bool isBadPicture(ErrorCode code)
{
    return code == ErrorCode::FileNotFound || code == ErrorCode::FileCorrupt
        || code == ErrorCode::InvalidInput;
}

LoadedPictures loadPictures(const std::vector<std::filesystem::path>& files, std::int64_t side,
                            const TrainingImages& images, const JobControl& job)
{
    const auto count = static_cast<std::int64_t>(files.size());
    LoadedPictures loaded{ .pixels = torch::empty({ count, 3, side, side }, torch::kUInt8) };
    for (std::int64_t i = 0; i < count; ++i) {
        throwIfCancelled(job);
        auto image = images.load(files[static_cast<std::size_t>(i)]);
        if (!image && isBadPicture(image.error().code)) {
            loaded.pixels[i].zero_();
            loaded.unreadable[i] = image.error().detail;
        } else {
            loaded.pixels[i].copy_(pictureTensor(valueOrThrow(std::move(image)), side));
        }
        if (job.report && i % 64 == 0)
            job.report({ .stage = Stage::Data, .done = i, .total = count });
    }
    return loaded;
}

Image contactSheet(const torch::Tensor& pictures, std::int64_t columns)
{
    std::vector<torch::Tensor> rows;
    for (std::int64_t start = 0; start + columns <= pictures.size(0); start += columns)
        rows.push_back(torch::cat(pictures.narrow(0, start, columns).unbind(0), 2));
    return toImage(torch::cat(rows, 1));
}

} // namespace adtailor
