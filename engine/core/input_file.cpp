// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/input_file.h"

#include "core/failure.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace adtailor {

namespace {

// Linux moves at most 2 GiB a call.
constexpr std::size_t largestRead = 1U << 30U;

[[noreturn]] void throwUnreadable(const std::filesystem::path& path, const char* reason)
{
    throw Failure(ErrorCode::FileNotFound,
                  "Cannot read " + path.string() + " (" + reason
                      + "): check that it exists and may be read.");
}

template<typename Container>
Container readWhole(const std::filesystem::path& path, std::size_t maximumBytes)
{
    const InputFile file(path);
    if (file.size() > maximumBytes)
        throw Failure(ErrorCode::InvalidInput,
                      path.string() + " has " + std::to_string(file.size())
                          + " bytes; the limit for this kind of file is "
                          + std::to_string(maximumBytes) + ".");
    Container content(file.size(), typename Container::value_type{});
    file.readAt(0, std::as_writable_bytes(std::span(content.data(), content.size())));
    return content;
}

} // namespace

InputFile::InputFile(std::filesystem::path path)
    : m_path(std::move(path))
{
    // O_NONBLOCK: opening a named pipe must not hang; it is refused below.
    m_descriptor = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0)
        throwUnreadable(m_path, std::strerror(errno));
    struct stat status
    {
    };
    const bool plain = ::fstat(m_descriptor, &status) == 0 && S_ISREG(status.st_mode);
    if (!plain) {
        ::close(std::exchange(m_descriptor, -1));
        throwUnreadable(m_path, "not a plain file");
    }
    m_size = static_cast<std::uint64_t>(status.st_size);
}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
{
}

InputFile& InputFile::operator=(InputFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

InputFile::~InputFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void InputFile::readAt(std::uint64_t offset, std::span<std::byte> out) const
{
    while (!out.empty()) {
        const ssize_t count = ::pread(m_descriptor, out.data(), std::min(out.size(), largestRead),
                                      static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw Failure(ErrorCode::FileCorrupt,
                          "Reading " + m_path.string() + " failed at byte " + std::to_string(offset)
                              + " (" + std::strerror(errno) + "): check the disk.");
        if (count == 0)
            throw Failure(ErrorCode::FileCorrupt,
                          m_path.string() + " ends at byte " + std::to_string(offset) + " although "
                              + std::to_string(out.size())
                              + " more were expected: copy or download it again.");
        out = out.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
}

std::vector<std::byte> readFile(const std::filesystem::path& path, std::size_t maximumBytes)
{
    return readWhole<std::vector<std::byte>>(path, maximumBytes);
}

std::string readTextFile(const std::filesystem::path& path, std::size_t maximumBytes)
{
    return readWhole<std::string>(path, maximumBytes);
}

} // namespace adtailor
