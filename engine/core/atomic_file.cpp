// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"

#include "core/failure.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace adtailor {

namespace {

constexpr std::size_t largestWrite = 1U << 30U;

// A temporary file is called prefix, process id, '-', counter, suffix.
constexpr std::string_view temporaryPrefix = ".adtailor-", temporarySuffix = ".part";

// Another machine may share the folder, and its process ids mean nothing here; but a file that
// grows is not that old.
constexpr auto leftoverAge = std::chrono::minutes(10);

bool isDiskFull(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

// The process that made a temporary file of this name; 0 when the name is not one of ours.
pid_t makerOf(std::string_view name)
{
    if (!name.starts_with(temporaryPrefix) || !name.ends_with(temporarySuffix)
        || name.size() < temporaryPrefix.size() + temporarySuffix.size())
        return 0;
    name.remove_prefix(temporaryPrefix.size());
    name.remove_suffix(temporarySuffix.size());
    pid_t maker = 0;
    unsigned counter = 0;
    const char* const end = name.data() + name.size();
    const auto dash = std::from_chars(name.data(), end, maker);
    if (dash.ec != std::errc() || dash.ptr == end || *dash.ptr != '-' || maker < 1)
        return 0;
    const auto rest = std::from_chars(dash.ptr + 1, end, counter);
    return rest.ec == std::errc() && rest.ptr == end ? maker : 0;
}

bool isLeftover(const std::filesystem::directory_entry& entry)
{
    const pid_t maker = makerOf(entry.path().filename().string());
    if (maker == 0 || (::kill(maker, 0) == 0 || errno != ESRCH))
        return false;
    std::error_code error;
    if (!std::filesystem::is_regular_file(entry.symlink_status(error)) || error)
        return false;
    const auto written = entry.last_write_time(error);
    return !error && std::filesystem::file_time_type::clock::now() - written > leftoverAge;
}

// Removes what processes that died while they saved have left in the folder. Once for each folder,
// because folders may be large; failures are no reason not to save.
void sweep(const std::filesystem::path& folder)
{
    static std::mutex mutex;
    static std::set<std::filesystem::path> swept;
    std::error_code error;
    {
        const std::lock_guard lock(mutex);
        if (!swept.insert(std::filesystem::absolute(folder, error)).second)
            return;
    }
    std::vector<std::filesystem::path> leftovers;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (isLeftover(*entry))
            leftovers.push_back(entry->path());
    }
    for (const auto& leftover : leftovers)
        ::unlink(leftover.c_str());
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path target, std::uint64_t expectedBytes)
    : m_target(std::move(target))
    , m_folder(m_target.has_parent_path() ? m_target.parent_path() : ".")
    , m_expected(expectedBytes)
{
    sweep(m_folder);
    openTemporary();
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

void AtomicFile::openTemporary()
{
    static std::atomic<unsigned> counter = 0;
    struct stat old
    {
    };
    const bool replaces = ::stat(m_target.c_str(), &old) == 0;
    if (replaces && !S_ISREG(old.st_mode))
        fail(EISDIR, 0);
    do { // a name left by a killed process with our id is skipped, never written into
        m_temporary = m_folder
            / std::string(temporaryPrefix)
                  .append(std::to_string(::getpid()) + '-' + std::to_string(counter++))
                  .append(temporarySuffix);
        m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (m_descriptor < 0 && errno == EEXIST);
    if (m_descriptor < 0) {
        m_temporary.clear();
        fail(errno, m_expected);
    }
    if (replaces)
        ::fchmod(m_descriptor, old.st_mode & 07777U);
}

void AtomicFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count
            = ::write(m_descriptor, bytes.data(), std::min(bytes.size(), largestWrite));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            fail(count < 0 ? errno : ENOSPC,
                 std::max(static_cast<std::uint64_t>(bytes.size()),
                          m_expected > m_written ? m_expected - m_written : 0));
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        m_written += static_cast<std::uint64_t>(count);
    }
}

void AtomicFile::write(std::string_view text)
{
    write(std::as_bytes(std::span(text.data(), text.size())));
}

void AtomicFile::commit()
{
    // A failed fsync is never retried: the kernel may have dropped the pages already.
    if (::fsync(m_descriptor) != 0)
        fail(errno, m_written);
    if (::close(std::exchange(m_descriptor, -1)) != 0)
        fail(errno, m_written);
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        fail(errno, m_written);
    m_temporary.clear();
    syncFolder();
}

void AtomicFile::syncFolder() const
{
    const int folder = ::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        fail(errno, 0);
    const int error = ::fsync(folder) == 0 ? 0 : errno;
    ::close(folder);
    // Some network file systems cannot sync a folder; the rename is then theirs to keep.
    if (error != 0 && error != EINVAL && error != ENOTSUP)
        fail(error, 0);
}

void AtomicFile::fail(int error, std::uint64_t missingBytes) const
{
    if (isDiskFull(error))
        throw Failure(ErrorCode::DiskFull,
                      "The disk of " + m_folder.string() + " is full: "
                          + m_target.filename().string() + " needs " + std::to_string(missingBytes)
                          + " more bytes; free some space and save again.");
    throw Failure(ErrorCode::InvalidInput,
                  "Cannot save " + m_target.string() + " (" + std::strerror(error)
                      + "): check the folder and its permissions, or choose another place.");
}

void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes)
{
    AtomicFile file(path, bytes.size());
    file.write(bytes);
    file.commit();
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view text)
{
    writeFileAtomically(path, std::as_bytes(std::span(text.data(), text.size())));
}

} // namespace adtailor
