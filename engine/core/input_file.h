// InputFile: a file read by position with pread, so that one that shrinks is an error, not a crash.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace adtailor {

class InputFile
{
public:
    // FileNotFound when it cannot be opened or is not a plain file.
    explicit InputFile(std::filesystem::path path);
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    ~InputFile();

    // Fills all of `out`; FileCorrupt when the file ends before.
    void readAt(std::uint64_t offset, std::span<std::byte> out) const;

    std::uint64_t size() const { return m_size; } // at the time of opening
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

// The whole file; InvalidInput when it is larger than maximumBytes.
std::vector<std::byte> readFile(const std::filesystem::path& path, std::size_t maximumBytes);
std::string readTextFile(const std::filesystem::path& path, std::size_t maximumBytes);

} // namespace adtailor
