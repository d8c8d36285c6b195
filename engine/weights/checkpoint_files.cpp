// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/checkpoint_files.h"

#include "core/failure.h"
#include "core/limits.h"
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

bool isBeneath(const fs::path& path, const fs::path& root)
{
    return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

// In a Hugging Face cache the files of a snapshot are links to blobs of the same entry.
fs::path rootOfLinks(const fs::path& folder)
{
    const fs::path real = fs::canonical(folder);
    const bool snapshot = real.parent_path().filename() == "snapshots"
        && real.parent_path().parent_path().filename().string().starts_with("models--");
    return snapshot ? real.parent_path().parent_path() : real;
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
    if (!isBeneath(real, rootOfLinks(index.parent_path())))
        refuseIndex(index,
                    "names " + shown
                        + ", which is a link out of its folder: put the file itself there.");
    return file;
}

// Tensor name to shard.
std::map<std::string, fs::path> readIndex(const fs::path& index)
{
    const json content
        = parseStrictJson(readTextFile(index, limits::jsonFileBytes), index.string());
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

fs::path indexIn(const fs::path& folder)
{
    for (const char* name : indexFiles) {
        if (fs::exists(folder / name))
            return folder / name;
    }
    return {};
}

fs::path singleIn(const fs::path& folder)
{
    for (const char* name : singleFiles) {
        if (fs::exists(folder / name))
            return folder / name;
    }
    return {};
}

std::vector<fs::path> looseFiles(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (const auto& item : fs::directory_iterator(folder)) {
        if (item.path().extension() == ".safetensors")
            files.push_back(item.path());
    }
    std::ranges::sort(files);
    return files;
}

// The revision that "main" points at, or the only one.
fs::path snapshotIn(const fs::path& entry)
{
    const fs::path main = entry / "refs" / "main";
    if (fs::is_regular_file(main)) {
        std::string revision = readTextFile(main, 200);
        while (!revision.empty() && std::isspace(static_cast<unsigned char>(revision.back())))
            revision.pop_back();
        const fs::path folder = entry / "snapshots" / fs::path(revision).filename();
        if (!revision.empty() && fs::is_directory(folder))
            return folder;
    }
    std::vector<fs::path> folders;
    for (const auto& item : fs::directory_iterator(entry / "snapshots")) {
        if (item.is_directory())
            folders.push_back(item.path());
    }
    if (folders.size() != 1)
        throw Failure(ErrorCode::FileNotFound,
                      "The cache entry " + entry.string() + " holds "
                          + std::to_string(folders.size())
                          + " snapshots and none is marked as current: name one of them.");
    return folders.front();
}

} // namespace

fs::path checkpointFolder(const fs::path& path)
{
    if (!fs::exists(path))
        throw Failure(ErrorCode::FileNotFound,
                      "There is no model " + path.string() + ": name a model folder or file.");
    if (!fs::is_directory(path))
        return path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (fs::is_directory(path / "snapshots") && !fs::exists(path / "config.json"))
        return snapshotIn(path);
    return path;
}

std::vector<fs::path> checkpointFiles(const fs::path& path)
{
    const fs::path folder = checkpointFolder(path);
    if (!fs::is_directory(path))
        return { path };
    if (const fs::path file = singleIn(folder); !file.empty())
        return { file };
    if (const fs::path index = indexIn(folder); !index.empty()) {
        std::set<fs::path> files;
        for (auto& [tensor, file] : readIndex(index))
            files.insert(file);
        return { files.begin(), files.end() };
    }
    auto loose = looseFiles(folder);
    if (loose.size() != 1)
        throw Failure(ErrorCode::FileNotFound,
                      "The model folder " + folder.string()
                          + (loose.empty() ? " has no weights: " : " has several weights files: ")
                          + "model.safetensors, or shards with model.safetensors.index.json, must "
                            "be in it.");
    return loose;
}

TensorSource openTensorFile(const fs::path& path)
{
    auto file = std::make_shared<const InputFile>(path);
    if (isTorchZip(*file))
        return openTorchZip(std::move(file));
    return SafetensorsFile::open(path);
}

TensorSource openTensors(const std::vector<fs::path>& files)
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
    return all;
}

TensorSource openCheckpoint(const fs::path& path)
{
    const auto files = checkpointFiles(path);
    TensorSource all = openTensors(files);
    const fs::path index = indexIn(files.front().parent_path());
    if (index.empty() || !fs::is_directory(path) || !singleIn(files.front().parent_path()).empty())
        return all;
    const auto shards = readIndex(index);
    for (const auto& [tensor, file] : shards) {
        if (!all.contains(tensor) || all.at(tensor).file->path() != file)
            refuseIndex(index,
                        "says that tensor " + tensor + " lies in " + file.filename().string()
                            + ", but it does not: download both again.");
    }
    for (const auto& [name, tensor] : all.tensors()) {
        if (!shards.contains(name))
            refuseIndex(index,
                        "does not know tensor " + name + " of "
                            + tensor.file->path().filename().string() + ": download both again.");
    }
    return all;
}

} // namespace adtailor
