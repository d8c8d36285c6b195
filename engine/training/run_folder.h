// RunFolder: what a run keeps beside its checkpoints: its lock, its inputs, its log, the word of
// whoever steers it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/folder_lock.h"
#include "training/run_config.h"

#include <adtailor/job.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

class RunFolder
{
public:
    // Claims the folder until this object dies or the process does. InvalidInput when another
    // process trains in it, or nothing can be written there.
    explicit RunFolder(std::filesystem::path path);
    // For a process that only reads, while another of the same run has claimed it.
    static RunFolder ofOther(std::filesystem::path path) { return { std::move(path), Reader() }; }
    RunFolder(const RunFolder&) = delete;
    RunFolder& operator=(const RunFolder&) = delete;

    // See forkRun.
    static void fork(const std::filesystem::path& from, const std::filesystem::path& to);

    const std::filesystem::path& path() const { return m_path; }

    // The SHA-256 of every file the run reads, by its key in run.json, as JSON.
    static std::string inputHashes(const RunConfig& config, const JobControl& job);
    // Notes the SHA-256 of every file the run reads in inputs.json. Once there is a checkpoint,
    // refuses to go on when one of them has changed: the result would be of neither.
    void checkInputs(const RunConfig& config, const JobControl& job) const;

    std::string controlWord() const; // pause, resume, stop, or empty
    void takeStopWord() const; // obeyed: the next start shall not stop at once

    // One line of metrics.jsonl. A line may be cut by a crash, and steps that are run again after
    // one appear again; readers skip what does not parse and let the later line win.
    void appendMetrics(const std::string& json) const;
    // Writes skipped.txt, if there is any such sentence. Once there is a checkpoint, refuses to go
    // on when they are others than before: a picture that came or went moves all drawn samples.
    void keepSkipped(const std::vector<std::string>& sentences) const;

private:
    struct Reader
    {
    };
    RunFolder(std::filesystem::path path, Reader)
        : m_path(std::move(path))
    {
    }

    std::filesystem::path m_path;
    std::optional<FolderLock> m_lock; // none: of a process that only reads
};

} // namespace adtailor
