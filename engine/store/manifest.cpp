// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/manifest.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

#include <set>

namespace adtailor {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int formatVersion = 1;
constexpr std::size_t maximumBytes = 4U << 20U;
constexpr std::size_t hashDigits = 64;

[[noreturn]] void refuse(const fs::path& path)
{
    throw Failure(ErrorCode::FileCorrupt,
                  path.string() + " is no manifest of this version: delete it and check again.");
}

template<typename T> T number(const json& object, const char* key, const fs::path& path)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer())
        refuse(path);
    return found->get<T>();
}

FileDigest digestOf(const json& object, const fs::path& path)
{
    if (!object.is_object() || !object.contains("sha256") || !object["sha256"].is_string())
        refuse(path);
    FileDigest digest{ number<std::uint64_t>(object, "bytes", path),
                       number<std::int64_t>(object, "modified", path),
                       object["sha256"].get<std::string>() };
    if (digest.sha256.size() != hashDigits)
        refuse(path);
    return digest;
}

} // namespace

bool Manifest::knows(const ModelFile& file) const
{
    const auto found = files.find(file.name);
    return found != files.end() && found->second.bytes == file.bytes
        && found->second.modified == file.modified;
}

std::vector<std::string> absentFiles(const Manifest& manifest, const std::vector<ModelFile>& files)
{
    std::set<std::string> there;
    for (const ModelFile& file : files)
        there.insert(file.name);
    std::vector<std::string> absent;
    for (const auto& [name, digest] : manifest.files)
        if (!there.contains(name))
            absent.push_back(name);
    return absent;
}

Manifest loadManifest(const fs::path& path)
{
    Manifest manifest;
    std::error_code error;
    if (!fs::exists(path, error))
        return manifest;
    const json root = readJsonFile(path, maximumBytes);
    if (!root.is_object() || number<int>(root, "version", path) != formatVersion
        || !root.contains("files") || !root["files"].is_object())
        refuse(path);
    manifest.checked = number<std::int64_t>(root, "checked", path);
    for (const auto& [name, value] : root["files"].items())
        manifest.files.emplace(name, digestOf(value, path));
    return manifest;
}

void saveManifest(const Manifest& manifest, const fs::path& path)
{
    json files = json::object();
    for (const auto& [name, digest] : manifest.files)
        files[name] = { { "bytes", digest.bytes },
                        { "modified", digest.modified },
                        { "sha256", digest.sha256 } };
    const json root{ { "version", formatVersion },
                     { "folder", manifest.folder },
                     { "checked", manifest.checked },
                     { "files", std::move(files) } };
    fs::create_directories(path.parent_path());
    writeFileAtomically(path, root.dump(1, ' ', false, json::error_handler_t::replace));
}

} // namespace adtailor
