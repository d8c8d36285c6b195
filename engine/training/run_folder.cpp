// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/run_folder.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "training/checkpoint.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <span>
#include <sstream>
#include <unistd.h>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t largestInputs = 1U << 16U;
constexpr std::size_t largestSkipped = 16U << 20U;
constexpr const char* skippedKey = "skipped"; // in inputs.json: the hash of skipped.txt

[[noreturn]] void refuse(const fs::path& folder, const std::string& what)
{
    throw Failure(ErrorCode::InvalidInput, "The run folder " + folder.string() + " " + what);
}

// Settings that are relative to the run folder.
constexpr const char* pathSettings[]
    = { "scenes", "records", "held_out", "tokenizer", "instruction", "initial", "base" };

// Weights and adapters.
std::vector<fs::path> baseFiles(const ModelSource& base)
{
    std::vector<fs::path> files = base.weights;
    for (const ModelSource::Adapter& item : base.adapters)
        files.push_back(item.adapter.tensors.path());
    return files;
}

// What the run reads, by its key in run.json. Pictures are named by the records, not hashed.
std::vector<std::pair<std::string, fs::path>> inputFiles(const RunConfig& config)
{
    std::vector<std::pair<std::string, fs::path>> files{ { "initial", config.initial } };
    if (config.base) { // by place: parts of different folders may have equal names
        files.emplace_back("base", config.base->folder / "config.json");
        for (const fs::path& file : baseFiles(*config.base))
            files.emplace_back("base " + std::to_string(files.size()), file);
    }
    if (readsPicturesOnly(config.stage))
        files.emplace_back("scenes", config.scenes / "index.jsonl");
    for (const auto& [key, path] :
         { std::pair("tokenizer", config.tokenizer), std::pair("instruction", config.instruction),
           std::pair("records", config.records), std::pair("held_out", config.heldOut) })
        files.emplace_back(key, readsPicturesOnly(config.stage) ? fs::path() : path);
    std::erase_if(files, [](const auto& file) { return file.second.empty(); });
    return files;
}

// The first sentence that only one of the two lists has.
std::string firstChange(const fs::path& before, const std::vector<std::string>& now)
{
    std::set<std::string> old;
    if (fs::exists(before)) {
        std::istringstream lines(readTextFile(before, largestSkipped));
        for (std::string line; std::getline(lines, line);)
            old.insert(line);
    }
    for (const std::string& sentence : now) {
        if (old.erase(sentence) == 0)
            return sentence;
    }
    return old.empty() ? "their order is another." : "this holds no longer: " + *old.begin();
}

// A base may be a name instead of a path; it stays one.
void makeAbsolute(json& setting, const fs::path& from)
{
    if (!setting.is_string() || setting.get<std::string>().empty())
        return;
    const fs::path path = from / setting.get<std::string>();
    std::error_code ignored;
    if (fs::exists(path, ignored) || setting.get<std::string>().find('/') != std::string::npos)
        setting = fs::absolute(path).lexically_normal().string();
}

} // namespace

RunFolder::RunFolder(fs::path path)
    : m_path(std::move(path))
{
    m_lock.emplace(m_path,
                   "is in use: another process trains in it. Wait for it, or stop it by writing "
                   "the word stop into its file control.",
                   "check its permissions, or copy run.json to another folder.");
}

void RunFolder::fork(const fs::path& from, const fs::path& to)
{
    json settings = readJsonFile(from / "run.json", limits::jsonStringBytes);
    const auto newest = newestCheckpoint(from);
    if (!newest || !settings.is_object())
        refuse(from, "has no checkpoint to go on from; copy its run.json to start anew.");
    if (fs::exists(to / "run.json"))
        refuse(to, "holds a run already; name a new folder.");
    for (const char* key : pathSettings) {
        if (settings.contains(key))
            makeAbsolute(settings[key], from);
    }
    if (settings.contains("add") && settings["add"].is_array()) {
        for (json& part : settings["add"])
            makeAbsolute(part, from);
    }
    std::error_code error;
    fs::create_directories(to / "checkpoints", error);
    if (!error)
        fs::copy(newest->folder, to / "checkpoints" / newest->folder.filename(),
                 fs::copy_options::recursive, error);
    if (error)
        refuse(to,
               "cannot be filled (" + error.message() + "): check the disk and its permissions.");
    if (fs::exists(from / "lineage.json"))
        writeFileAtomically(to / "lineage_before.json",
                            readTextFile(from / "lineage.json", limits::jsonStringBytes));
    writeFileAtomically(to / "run.json", settings.dump(1)); // last: without it there is no run
}

std::string RunFolder::inputHashes(const RunConfig& config, const JobControl& job)
{
    json hashes = json::object();
    for (const auto& [key, path] : inputFiles(config))
        hashes[key] = sha256HexOfFile(path, job);
    return hashes.dump(1);
}

void RunFolder::checkInputs(const RunConfig& config, const JobControl& job) const
{
    const json now = json::parse(inputHashes(config, job));
    const fs::path file = m_path / "inputs.json";
    if (!fs::exists(file) || !newestCheckpoint(m_path)) { // nothing has come of the old ones yet
        writeFileAtomically(file, now.dump(1));
        return;
    }
    const json before = readJsonFile(file, largestInputs);
    for (const auto& [key, path] : inputFiles(config)) {
        if (!before.contains(key) || before[key] != now[key])
            throw Failure(
                ErrorCode::InvalidInput,
                path.string() + " (\"" + key + "\" in run.json) has changed since the run in "
                    + m_path.string()
                    + " began. Put the old file back to resume, or go on with the new one "
                      "in a fork: adtailor train "
                    + m_path.string() + " --fork NEW_FOLDER.");
    }
}

std::string RunFolder::controlWord() const
{
    const fs::path file = m_path / "control";
    if (!fs::exists(file))
        return {};
    std::string word = readTextFile(file, 64);
    word.erase(word.find_last_not_of(" \r\n\t") + 1);
    return word;
}

void RunFolder::takeStopWord() const
{
    if (controlWord() == "stop")
        fs::remove(m_path / "control");
}

void RunFolder::appendMetrics(const std::string& json) const
{
    const fs::path file = m_path / "metrics.jsonl";
    std::FILE* stream = std::fopen(file.c_str(), "a");
    const bool written = stream && std::fprintf(stream, "%s\n", json.c_str()) > 0;
    const bool closed = stream && std::fclose(stream) == 0;
    if (written && closed)
        return;
    const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    throw Failure(full ? ErrorCode::DiskFull : ErrorCode::InvalidInput,
                  "Cannot write " + file.string() + " (" + std::strerror(errno)
                      + "): free some space or check the folder, and start again; the last "
                        "checkpoint is kept.");
}

void RunFolder::keepSkipped(const std::vector<std::string>& sentences) const
{
    std::string text;
    for (const std::string& sentence : sentences)
        text += sentence + "\n";
    const fs::path inputs = m_path / "inputs.json";
    json known = readJsonFile(inputs, largestInputs);
    if (!known.is_object())
        known = json::object();
    const std::string hash = sha256Hex(std::as_bytes(std::span(text)));
    if (known.contains(skippedKey) && known[skippedKey] != hash && newestCheckpoint(m_path))
        throw Failure(ErrorCode::InvalidInput,
                      "Other data can be used now than when the run in " + m_path.string()
                          + " began: " + firstChange(m_path / "skipped.txt", sentences)
                          + " Put the pictures back as they were to resume, or go on with what "
                            "there is in a fork: adtailor train "
                          + m_path.string() + " --fork NEW_FOLDER.");
    if (known[skippedKey] != hash) {
        known[skippedKey] = hash;
        writeFileAtomically(inputs, known.dump(1));
    }
    if (text.empty())
        fs::remove(m_path / "skipped.txt");
    else
        writeFileAtomically(m_path / "skipped.txt", text);
}

} // namespace adtailor
