// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"

#include "core/failure.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace adtailor {

namespace {

constexpr std::size_t largestWrite = 1U << 30U;

bool isDiskFull(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path target, std::uint64_t expectedBytes)
    : m_target(std::move(target))
    , m_folder(m_target.has_parent_path() ? m_target.parent_path() : ".")
    , m_expected(expectedBytes)
{
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
            / (".adtailor-" + std::to_string(::getpid()) + '-' + std::to_string(counter++)
               + ".part");
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
