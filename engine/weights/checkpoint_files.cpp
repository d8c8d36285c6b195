// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/checkpoint_files.h"

#include "core/failure.h"
#include "core/hub_cache.h"
#include "core/paths.h"
#include "core/strict_json.h"
#include "weights/safetensors.h"
#include "weights/torch_zip.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t maximumShards = 1000;
constexpr std::array singleFiles = { "model.safetensors", "pytorch_model.bin" };
constexpr std::array indexFiles
    = { "model.safetensors.index.json", "pytorch_model.bin.index.json" };

[[noreturn]] void refuseIndex(const fs::path& index, const std::string& why)
{
    throw Failure(ErrorCode::FileCorrupt, "The index " + index.string() + " " + why);
}

fs::path shardPath(const fs::path& index, const std::string& name)
{
    const std::string shown = name.substr(0, 100);
    const fs::path relative(name);
    if (name.empty() || name.find('\0') != std::string::npos || relative.filename() != relative
        || name == "." || name == "..")
        refuseIndex(index,
                    "names the file \"" + shown
                        + "\", which does not lie in its own folder: get the model from a source "
                          "that you trust.");
    const fs::path file = index.parent_path() / relative;
    std::error_code error;
    const fs::path real = fs::canonical(file, error);
    if (error)
        throw Failure(ErrorCode::FileNotFound,
                      file.string() + " is missing, although " + index.filename().string()
                          + " names it: copy or download it again.");
    // In a cache the files of a snapshot are links to blobs of the same entry.
    const fs::path folder = fs::canonical(index.parent_path());
    const fs::path entry = hubEntry(folder);
    if (!isBeneath(real, entry.empty() ? folder : entry))
        refuseIndex(index,
                    "names " + shown
                        + ", which is a link out of its folder: put the file itself there.");
    return file;
}

// Tensor name to shard.
std::map<std::string, fs::path> readIndex(const fs::path& index)
{
    const json content = readJsonFile(index, limits::jsonFileBytes);
    const auto found = content.is_object() ? content.find("weight_map") : content.end();
    if (!content.is_object() || found == content.end() || !found->is_object() || found->empty())
        refuseIndex(index, "has no \"weight_map\": download it again.");
    std::map<std::string, fs::path> shards;
    std::map<std::string, fs::path> known;
    for (const auto& [tensor, file] : found->items()) {
        if (!file.is_string())
            refuseIndex(index, "names no file for tensor " + tensor + ": download it again.");
        const auto& name = file.get_ref<const std::string&>();
        if (!known.contains(name)) {
            if (known.size() == maximumShards)
                refuseIndex(index, "names more than 1000 files.");
            known.emplace(name, shardPath(index, name));
        }
        shards.emplace(tensor, known.at(name));
    }
    return shards;
}

fs::path firstIn(const fs::path& folder, const std::array<const char*, 2>& names)
{
    for (const char* name : names) {
        if (fs::exists(folder / name))
            return folder / name;
    }
    return {};
}

fs::path onlyFile(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (const auto& item : fs::directory_iterator(folder)) {
        if (item.path().extension() == ".safetensors")
            files.push_back(item.path());
    }
    if (files.size() != 1)
        throw Failure(ErrorCode::FileNotFound,
                      "The model folder " + folder.string()
                          + (files.empty() ? " has no weights: " : " has several weights files: ")
                          + "model.safetensors, or shards with model.safetensors.index.json, must "
                            "be in it.");
    return files.front();
}

// All tensors of several files, in none of which a name may come twice.
WeightFiles openTensors(std::vector<fs::path> files)
{
    TensorSource all(files.size() == 1 ? files.front() : files.front().parent_path());
    for (const fs::path& path : files) {
        const TensorSource file = openTensorFile(path);
        for (const auto& [name, tensor] : file.tensors()) {
            if (all.contains(name))
                throw Failure(ErrorCode::FileCorrupt,
                              "Tensor " + name + " lies in " + path.string() + " and in "
                                  + all.at(name).file->path().string()
                                  + ": download the model again.");
            all.add(name, tensor);
        }
    }
    return { std::move(files), std::move(all) };
}

// Each name must lie in the file that the index says.
WeightFiles openShards(const fs::path& index)
{
    const auto shards = readIndex(index);
    std::set<fs::path> files;
    for (const auto& [tensor, file] : shards)
        files.insert(file);
    WeightFiles all = openTensors({ files.begin(), files.end() });
    for (const auto& [tensor, file] : shards) {
        if (!all.tensors.contains(tensor) || all.tensors.at(tensor).file->path() != file)
            refuseIndex(index,
                        "says that tensor " + tensor + " lies in " + file.filename().string()
                            + ", but it does not: download both again.");
    }
    for (const auto& [name, tensor] : all.tensors.tensors()) {
        if (!shards.contains(name))
            refuseIndex(index,
                        "does not know tensor " + name + " of "
                            + tensor.file->path().filename().string() + ": download both again.");
    }
    return all;
}

} // namespace

fs::path checkpointFolder(const fs::path& path)
{
    if (!fs::exists(path))
        throw Failure(ErrorCode::FileNotFound,
                      "There is no model " + path.string() + ": name a model folder or file.");
    if (!fs::is_directory(path))
        return path.has_parent_path() ? path.parent_path() : fs::path(".");
    return hubSnapshot(path);
}

TensorSource openTensorFile(const fs::path& path)
{
    auto file = std::make_shared<const InputFile>(path);
    if (isTorchZip(*file))
        return openTorchZip(std::move(file));
    return SafetensorsFile(std::move(file));
}

WeightFiles openCheckpoint(const fs::path& path)
{
    const fs::path folder = checkpointFolder(path);
    if (!fs::is_directory(path))
        return openTensors({ path });
    if (const fs::path file = firstIn(folder, singleFiles); !file.empty())
        return openTensors({ file });
    if (const fs::path index = firstIn(folder, indexFiles); !index.empty())
        return openShards(index);
    return openTensors({ onlyFile(folder) });
}

} // namespace adtailor
