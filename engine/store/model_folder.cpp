// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/model_folder.h"

#include "core/failure.h"

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

fs::path newestSnapshot(const fs::path& entry)
{
    fs::path newest;
    fs::file_time_type time;
    std::error_code error;
    for (const auto& snapshot : fs::directory_iterator(entry / "snapshots", error)) {
        const auto changed = snapshot.last_write_time(error);
        if (snapshot.is_directory(error) && (newest.empty() || changed > time)) {
            newest = snapshot.path();
            time = changed;
        }
    }
    return newest.empty() ? entry : newest;
}

} // namespace

fs::path modelFolder(const fs::path& path)
{
    std::error_code error;
    const fs::path folder = fs::is_regular_file(path, error) ? path.parent_path() : path;
    const bool cached = folder.filename().string().starts_with("models--");
    return cached ? newestSnapshot(folder) : folder;
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
    const fs::path itself = modelFolder(place);
    if (isModelFolder(itself))
        return { itself };
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(place, error)) {
        const fs::path folder = modelFolder(entry.path());
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
