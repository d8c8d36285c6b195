// The open scenes as tensors: index.jsonl of the rendered advertising scenes and their pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/training.h>

#include <torch/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

struct Scene
{
    std::string id, product, style, split;
    std::filesystem::path picture; // the finished scene
    std::filesystem::path control; // the product alone, RGBA, in neutral light
};

std::vector<Scene> readSceneIndex(const std::filesystem::path& folder);

// uint8 [3, side, side]; transparent pixels become white. Any input size; PIL-like bicubic.
torch::Tensor pictureTensor(const Image& image, std::int64_t side);

// True when a picture failed for its own reason, so that the others are worth reading.
bool isBadPicture(ErrorCode code);

struct LoadedPictures
{
    torch::Tensor pixels; // uint8 [N, 3, side, side]; black where a file could not be read
    std::map<std::int64_t, std::string> unreadable; // row -> why, in one sentence
};

// Many files; reports progress.
LoadedPictures loadPictures(const std::vector<std::filesystem::path>& files, std::int64_t side,
                            const TrainingImages& images, const JobControl& job);

// Pictures in rows of `columns`, [-1, 1] or uint8 [N, 3, H, W], as one image.
Image contactSheet(const torch::Tensor& pictures, std::int64_t columns);

} // namespace adtailor
