// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/hub_cache.h"
#include "core/paths.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "store/byte_progress.h"
#include "store/manifest.h"
#include "store/model_copy.h"
#include "store/model_inspector.h"

#include <adtailor/model_store.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <set>

namespace adtailor {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* placesName = "folders.json";
constexpr std::size_t mostPlaces = 100;
constexpr std::size_t longestName = 100;

fs::path realPath(const fs::path& path)
{
    std::error_code error;
    const fs::path real = fs::weakly_canonical(path, error);
    return error ? fs::absolute(path) : real;
}

// Beside the models, so that read-only folders and caches can be checked too.
fs::path manifestPath(const fs::path& home, const fs::path& folder)
{
    const std::string hash = sha256Hex(realPath(folder).string());
    return home / ".manifests" / (hash.substr(0, 32) + ".json");
}

std::vector<fs::path> readPlaces(const fs::path& home)
{
    const fs::path file = home / placesName;
    std::error_code error;
    if (!fs::exists(file, error))
        return {};
    const json list = readJsonFile(file, limits::jsonStringBytes);
    if (!list.is_array() || list.size() > mostPlaces)
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " is no list of folders: delete it and add them again.");
    std::vector<fs::path> places;
    for (const json& place : list)
        if (place.is_string())
            places.emplace_back(place.get<std::string>());
    return places;
}

void writePlaces(const fs::path& home, const std::vector<fs::path>& places)
{
    json list = json::array();
    for (const fs::path& place : places)
        list.push_back(place.string());
    fs::create_directories(home);
    writeFileAtomically(home / placesName,
                        list.dump(1, ' ', false, json::error_handler_t::replace));
}

// A folder's name that no file system or shell trips over.
std::string safeName(const std::string& wanted)
{
    std::string name;
    for (const char letter : wanted.substr(0, longestName)) {
        const bool plain = static_cast<unsigned char>(letter) > ' ' && letter != '/'
            && letter != '\\' && letter != 0x7F;
        name += plain ? letter : '-';
    }
    while (name.starts_with('.') || name.starts_with('-'))
        name.erase(0, 1);
    return name;
}

// Without the organisation in front of it, which a cache knows.
std::string ownName(const fs::path& folder)
{
    return fs::path(hubName(folder)).filename().string();
}

// Hashes what must be hashed, notes the differences, keeps what it learnt even when stopped.
class Checker
{
public:
    Checker(const fs::path& folder, fs::path manifest, const JobControl& job)
        : m_folder(folder)
        , m_path(std::move(manifest))
        , m_job(job)
        , m_progress(job)
        , m_files(modelFiles(folder))
        , m_known(loadManifest(m_path))
    {
        m_known.folder = folder.string();
        m_check.first = m_known.checked == 0;
        m_check.files = m_files.size();
    }

    ModelCheck run(CheckDepth depth)
    {
        // A manifest whose making was stopped goes on where it was.
        const bool quick = depth == CheckDepth::Quick || m_check.first;
        std::vector<ModelFile> wanted;
        for (const ModelFile& file : m_files)
            if (!quick || !m_known.knows(file)) {
                wanted.push_back(file);
                m_progress.expect(file.bytes);
            }
        for (const ModelFile& file : wanted)
            compare(file);
        m_check.missing = absentFiles(m_known, m_files);
        if (m_check.isIntact()) {
            m_known.checked = std::time(nullptr);
            m_check.time = m_known.checked;
            saveManifest(m_known, m_path);
        }
        return m_check;
    }

private:
    void compare(const ModelFile& file)
    {
        const std::string hash
            = sha256HexOfFile(m_folder / file.name, m_job, [&](std::span<const std::byte> piece) {
                  m_progress.add(piece.size());
              });
        ++m_check.hashed;
        const auto known = m_known.files.find(file.name);
        if (known == m_known.files.end()) {
            if (!m_check.first)
                m_check.added.push_back(file.name);
        } else if (known->second.sha256 != hash) {
            m_check.changed.push_back(file.name);
            return; // the manifest keeps what the file was
        }
        const FileDigest digest{ file.bytes, file.modified, hash };
        if (known != m_known.files.end() && known->second == digest)
            return;
        m_known.files[file.name] = digest;
        saveManifest(m_known, m_path);
    }

    fs::path m_folder, m_path;
    const JobControl& m_job;
    ByteProgress m_progress;
    std::vector<ModelFile> m_files;
    Manifest m_known;
    ModelCheck m_check;
};

} // namespace

ModelStore::ModelStore(fs::path home, fs::path bundled)
    : m_home(std::move(home))
    , m_bundled(std::move(bundled))
{
}

fs::path ModelStore::modelHome()
{
    if (const char* given = std::getenv("ADTAILOR_MODELS"); given && *given)
        return given;
    return userDataFolder() / "models";
}

Result<std::vector<ModelDescription>> ModelStore::list() const
{
    return guarded([this] {
        std::vector<ModelDescription> models;
        std::set<fs::path> known;
        const auto add = [&](const fs::path& folder, bool bundled, bool imported) {
            if (!known.insert(realPath(folder)).second)
                return;
            models.push_back(inspectModel(folder));
            models.back().bundled = bundled;
            models.back().imported = imported;
            if (imported) // under the name that was chosen, so that two of one kind differ
                models.back().name = folder.filename().string();
        };
        if (isModelFolder(m_bundled))
            add(m_bundled, true, false);
        for (const fs::path& folder : modelsIn(m_home))
            add(folder, false, true);
        for (const fs::path& place : readPlaces(m_home))
            for (const fs::path& folder : modelsIn(place))
                add(folder, false, false);
        return models;
    });
}

Result<ModelDescription> ModelStore::find(const std::string& nameOrPath) const
{
    return guarded([&] {
        if (nameOrPath.empty())
            throw Failure(ErrorCode::FileNotFound, "Say which model: a name or a folder.");
        const auto models = valueOrThrow(list());
        const auto matches = [&](const ModelDescription& model) {
            return model.name == nameOrPath || model.folder.filename() == nameOrPath;
        };
        const auto named = std::find_if(models.begin(), models.end(), matches);
        if (named != models.end())
            return *named;
        const fs::path folder = modelFolder(nameOrPath);
        const fs::path real = realPath(folder);
        const auto listed
            = std::find_if(models.begin(), models.end(), [&](const ModelDescription& model) {
                  return realPath(model.folder) == real;
              });
        if (listed != models.end())
            return *listed;
        if (!isModelFolder(folder))
            throw Failure(ErrorCode::FileNotFound,
                          "There is no model \"" + nameOrPath.substr(0, 200)
                              + "\": `adtailor models list` shows the names; a path must lead to a "
                                "folder with config.json and weights.");
        return inspectModel(folder);
    });
}

Result<ModelDescription> ModelStore::import(const fs::path& source, const std::string& name,
                                            const JobControl& job) const
{
    return guarded([&] {
        const fs::path folder = modelFolder(source);
        if (!isModelFolder(folder))
            throw Failure(ErrorCode::FileNotFound,
                          source.string()
                              + " is no model: choose a folder with config.json (or "
                                "adapter_config.json) and weights.");
        const std::string chosen = safeName(name.empty() ? ownName(folder) : name);
        if (chosen.empty() || chosen == placesName)
            throw Failure(ErrorCode::InvalidInput,
                          "The name \"" + name.substr(0, 80) + "\" cannot be a folder's name.");
        const fs::path target = m_home / chosen;
        if (fs::exists(target))
            throw Failure(ErrorCode::InvalidInput,
                          "There is a model \"" + chosen
                              + "\" already: remove it first, or import under another name.");
        const std::string inside = fs::relative(realPath(m_home), realPath(folder)).string();
        if (!inside.empty() && !inside.starts_with(".."))
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " holds the models' own folder: choose one model.");
        const Manifest manifest = copyModel(folder, target, job);
        saveManifest(manifest, manifestPath(m_home, target));
        ModelDescription model = inspectModel(target);
        model.imported = true;
        model.name = chosen;
        return model;
    });
}

Result<void> ModelStore::addFolder(const fs::path& folder) const
{
    return guarded([&] {
        const fs::path place = realPath(folder);
        if (modelsIn(place).empty())
            throw Failure(ErrorCode::FileNotFound,
                          folder.string()
                              + " holds no model: choose a model's folder, or one with "
                                "models inside.");
        std::vector<fs::path> places = readPlaces(m_home);
        if (std::find(places.begin(), places.end(), place) != places.end())
            return;
        if (places.size() == mostPlaces)
            throw Failure(ErrorCode::InvalidInput,
                          "There are " + std::to_string(mostPlaces)
                              + " folders already: remove one first.");
        places.push_back(place);
        writePlaces(m_home, places);
    });
}

Result<std::vector<fs::path>> ModelStore::folders() const
{
    return guarded([this] { return readPlaces(m_home); });
}

Result<bool> ModelStore::remove(const std::string& nameOrPath) const
{
    return guarded([&] {
        const ModelDescription model = valueOrThrow(find(nameOrPath));
        if (model.bundled)
            throw Failure(ErrorCode::InvalidInput,
                          "\"" + model.name + "\" came with AdTailor and stays.");
        std::error_code error;
        fs::remove(manifestPath(m_home, model.folder), error);
        if (model.imported) {
            // First the name, then the files: a crash leaves no half model in the list.
            const fs::path doomed = m_home / (".removed-" + model.folder.filename().string());
            fs::remove_all(doomed);
            fs::rename(model.folder, doomed);
            fs::remove_all(doomed);
            return true;
        }
        std::vector<fs::path> places = readPlaces(m_home);
        const auto holds = [&](const fs::path& place) {
            const std::vector<fs::path> inside = modelsIn(place);
            return std::any_of(inside.begin(), inside.end(), [&](const fs::path& folder) {
                return realPath(folder) == realPath(model.folder);
            });
        };
        if (std::erase_if(places, holds) == 0)
            throw Failure(ErrorCode::InvalidInput,
                          model.folder.string() + " is in no list; its files were left alone.");
        writePlaces(m_home, places);
        return false;
    });
}

Result<ModelCheck> ModelStore::check(const ModelDescription& model, CheckDepth depth,
                                     const JobControl& job) const
{
    return guarded(
        [&] { return Checker(model.folder, manifestPath(m_home, model.folder), job).run(depth); });
}

Result<ModelCheck> ModelStore::lastCheck(const ModelDescription& model) const
{
    return guarded([&] {
        const Manifest manifest = loadManifest(manifestPath(m_home, model.folder));
        ModelCheck check;
        check.first = manifest.checked == 0;
        check.time = manifest.checked;
        if (check.first)
            return check;
        const std::vector<ModelFile> files = modelFiles(model.folder);
        check.files = files.size();
        for (const ModelFile& file : files) {
            if (!manifest.files.contains(file.name))
                check.added.push_back(file.name);
            else if (!manifest.knows(file))
                check.changed.push_back(file.name);
        }
        check.missing = absentFiles(manifest, files);
        return check;
    });
}

} // namespace adtailor
