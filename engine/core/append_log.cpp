// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/append_log.h"

#include "core/failure.h"
#include "core/input_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace adtailor {

namespace {

// Up to the last line break; a crash of the machine may leave zeros where text should stand, which
// JSON never holds.
std::size_t wholeLines(const std::string& text)
{
    const std::size_t zero = text.find('\0');
    const std::size_t end = text.rfind('\n', zero == std::string::npos ? text.size() : zero);
    return end == std::string::npos ? 0 : end + 1;
}

// 0, or errno.
int writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return count < 0 ? errno : ENOSPC;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

} // namespace

AppendLog::AppendLog(std::filesystem::path file, std::size_t maximumBytes, const std::string& busy)
    : m_file(std::move(file))
{
    m_descriptor = ::open(m_file.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (m_descriptor < 0 && errno == ENOENT)
        throw Failure(ErrorCode::FileNotFound, m_file.string() + " does not exist.");
    if (m_descriptor < 0)
        fail(errno);
    try {
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
            throw Failure(ErrorCode::InvalidInput, busy);
        load(maximumBytes);
    } catch (...) {
        ::close(m_descriptor);
        throw;
    }
}

AppendLog::AppendLog(AppendLog&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_broken(other.m_broken)
    , m_text(std::move(other.m_text))
{
}

AppendLog::~AppendLog()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void AppendLog::load(std::size_t maximumBytes)
{
    m_text = readTextFile(m_file, maximumBytes);
    const std::size_t whole = wholeLines(m_text);
    if (whole == m_text.size())
        return;
    m_text.resize(whole);
    takeBack();
}

void AppendLog::takeBack()
{
    m_broken = ::ftruncate(m_descriptor, static_cast<off_t>(m_text.size())) != 0
        || ::fsync(m_descriptor) != 0;
    if (m_broken)
        fail(errno);
}

void AppendLog::append(std::string_view line)
{
    if (m_broken)
        throw Failure(ErrorCode::InvalidInput,
                      m_file.string()
                          + " could not be written before: check the disk, then open it again.");
    const std::string text = std::string(line) + '\n';
    if (const int error = writeAll(m_descriptor, text); error != 0) {
        takeBack();
        fail(error);
    }
    // A failed fsync is never retried: the kernel may have dropped the pages already.
    if (::fsync(m_descriptor) != 0) {
        const int error = errno;
        [[maybe_unused]] const int cut
            = ::ftruncate(m_descriptor, static_cast<off_t>(m_text.size()));
        m_broken = true;
        fail(error);
    }
    m_text += text;
}

void AppendLog::fail(int error) const
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        throw Failure(ErrorCode::DiskFull,
                      "The disk of " + m_file.parent_path().string()
                          + " is full: nothing was added; free some space and try again.");
    throw Failure(ErrorCode::InvalidInput,
                  "Cannot write " + m_file.string() + " (" + std::strerror(error)
                      + "): check the disk and the permissions, then open it again.");
}

std::string readLog(const std::filesystem::path& file, std::size_t maximumBytes)
{
    std::string text = readTextFile(file, maximumBytes);
    text.resize(wholeLines(text));
    return text;
}

} // namespace adtailor
