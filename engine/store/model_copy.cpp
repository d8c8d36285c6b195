// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/model_copy.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/sha256.h"
#include "store/byte_progress.h"

#include <algorithm>
#include <ctime>

namespace adtailor {

namespace fs = std::filesystem;

namespace {

constexpr const char* recordName = ".manifest.json"; // of a copy that is not finished

class Copier
{
public:
    Copier(fs::path source, const fs::path& target, const JobControl& job)
        : m_source(std::move(source))
        , m_target(target)
        , m_partial(target.parent_path() / (".importing-" + target.filename().string()))
        , m_job(job)
        , m_progress(job)
        , m_files(modelFiles(m_source))
    {
        for (const ModelFile& file : m_files)
            m_progress.expect(file.bytes);
    }

    Manifest run()
    {
        fs::create_directories(m_partial);
        if (auto before = guarded([this] { return loadManifest(m_partial / recordName); }); before)
            m_copied = *std::move(before);
        dropStrangers();
        requireRoom();
        for (const ModelFile& file : m_files)
            copy(file);
        fs::remove(m_partial / recordName);
        fs::rename(m_partial, m_target);
        return manifestOfCopy();
    }

private:
    // Files of an earlier try that the source has no more.
    void dropStrangers() const
    {
        for (const ModelFile& there : modelFiles(m_partial)) {
            const auto same = [&](const ModelFile& file) { return file.name == there.name; };
            if (std::none_of(m_files.begin(), m_files.end(), same))
                fs::remove(m_partial / there.name);
        }
    }

    // Times of the record are those of the source: a file that changed there is copied again.
    bool isCopied(const ModelFile& file) const
    {
        std::error_code error;
        return m_copied.knows(file)
            && fs::file_size(m_partial / fs::path(file.name), error) == file.bytes;
    }

    void requireRoom() const
    {
        std::uint64_t needed = 0;
        for (const ModelFile& file : m_files)
            needed += isCopied(file) ? 0 : file.bytes;
        const std::uint64_t free = fs::space(m_partial).available;
        if (needed > free)
            throw Failure(ErrorCode::DiskFull,
                          "The model needs " + std::to_string((needed >> 20U) + 1) + " MB but only "
                              + std::to_string(free >> 20U) + " MB are free in "
                              + m_target.parent_path().string()
                              + ": free some space, or list the folder where it is.");
    }

    void copy(const ModelFile& file)
    {
        if (isCopied(file)) {
            m_progress.add(file.bytes);
            return;
        }
        const fs::path target = m_partial / file.name;
        fs::create_directories(target.parent_path());
        AtomicFile output(target, file.bytes);
        const std::string hash
            = sha256HexOfFile(m_source / file.name, m_job, [&](std::span<const std::byte> piece) {
                  output.write(piece);
                  m_progress.add(piece.size());
              });
        output.commit();
        m_copied.files[file.name] = { fs::file_size(target), file.modified, hash };
        saveManifest(m_copied, m_partial / recordName);
    }

    Manifest manifestOfCopy() const
    {
        Manifest manifest;
        manifest.folder = m_target.string();
        manifest.checked = std::time(nullptr);
        for (const ModelFile& file : modelFiles(m_target)) {
            const FileDigest& digest = m_copied.files.at(file.name);
            manifest.files[file.name] = { digest.bytes, file.modified, digest.sha256 };
        }
        return manifest;
    }

    fs::path m_source, m_target, m_partial;
    const JobControl& m_job;
    ByteProgress m_progress;
    std::vector<ModelFile> m_files;
    Manifest m_copied;
};

} // namespace

Manifest copyModel(const fs::path& source, const fs::path& target, const JobControl& job)
{
    return Copier(source, target, job).run();
}

} // namespace adtailor
