// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/model_folder.h"

#include "core/failure.h"
#include "core/hub_cache.h"

#include <algorithm>
#include <array>

namespace adtailor {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostFiles = 2000;
constexpr int deepest = 4; // folders below the model's
constexpr std::size_t mostModels = 500;

bool isHidden(const fs::path& path)
{
    return path.filename().string().starts_with('.');
}

// A cache's entry without a current snapshot is no model.
fs::path modelOf(const fs::path& entry)
{
    const auto folder = guarded([&] { return modelFolder(entry); });
    return folder ? *folder : entry;
}

} // namespace

fs::path modelFolder(const fs::path& path)
{
    std::error_code error;
    return hubSnapshot(fs::is_regular_file(path, error) ? path.parent_path() : path);
}

bool isModelFolder(const fs::path& folder)
{
    constexpr std::array telling
        = { "config.json", "adapter_config.json", "model.safetensors",
            "model.safetensors.index.json", "trainable_model_parameters.pth" };
    std::error_code error;
    return std::any_of(telling.begin(), telling.end(),
                       [&](const char* name) { return fs::is_regular_file(folder / name, error); });
}

std::vector<fs::path> modelsIn(const fs::path& place)
{
    const fs::path itself = modelOf(place);
    if (isModelFolder(itself))
        return { itself };
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(place, error)) {
        const fs::path folder = modelOf(entry.path());
        if (!isHidden(entry.path()) && entry.is_directory(error) && isModelFolder(folder))
            found.push_back(folder);
        if (found.size() == mostModels)
            break;
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<ModelFile> modelFiles(const fs::path& folder)
{
    std::vector<ModelFile> files;
    std::error_code error;
    fs::recursive_directory_iterator walk(folder, error);
    if (error)
        throw Failure(ErrorCode::FileNotFound,
                      folder.string() + " cannot be read: " + error.message() + '.');
    for (const auto end = fs::end(walk); walk != end; walk.increment(error)) {
        if (isHidden(walk->path()) || walk.depth() >= deepest)
            walk.disable_recursion_pending();
        std::error_code unreadable; // a file that vanishes meanwhile is no file
        if (isHidden(walk->path()) || !walk->is_regular_file(unreadable))
            continue;
        if (files.size() == mostFiles)
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " has more than " + std::to_string(mostFiles)
                              + " files: choose the folder of one model.");
        files.push_back({ walk->path().lexically_relative(folder).generic_string(),
                          walk->file_size(unreadable),
                          walk->last_write_time(unreadable).time_since_epoch().count() });
    }
    std::sort(files.begin(), files.end(),
              [](const ModelFile& a, const ModelFile& b) { return a.name < b.name; });
    return files;
}

} // namespace adtailor
