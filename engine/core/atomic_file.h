// AtomicFile: the only way a file is saved; the old file stays until the new one is safe on disk.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace adtailor {

// Writes to a temporary file in the target's folder; commit() flushes it to the disk, renames it
// over the target and flushes the folder. Without commit() the temporary file is removed; one that
// a crash has left is removed by the next process that saves into the folder.
// DiskFull (with the bytes that were missing), or InvalidInput when the place cannot be written.
class AtomicFile
{
public:
    // expectedBytes: the final size if it is known; only used to say how much room is missing.
    explicit AtomicFile(std::filesystem::path target, std::uint64_t expectedBytes = 0);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    void commit();

private:
    [[noreturn]] void fail(int error, std::uint64_t missingBytes) const;
    void openTemporary();
    void syncFolder() const;

    std::filesystem::path m_target;
    std::filesystem::path m_folder;
    std::filesystem::path m_temporary;
    std::uint64_t m_expected = 0;
    std::uint64_t m_written = 0;
    int m_descriptor = -1;
};

void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);

} // namespace adtailor
