// Several files in one, each with its hash: how studies and votes travel between machines.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/input_file.h"

#include <adtailor/job.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct ContainerItem
{
    std::string name; // "pictures/….png"
    std::filesystem::path file; // its content, or
    std::string text; // when there is no file
};

// "ADSTUDY1", the header's length (64 bits, little-endian), the header as JSON {kind, files:
// [{name, size, sha256}]}, then the contents one after the other.
void writeContainer(const std::filesystem::path& target, const std::string& kind,
                    const std::vector<ContainerItem>& items, const JobControl& job);

class Container
{
public:
    struct Entry
    {
        std::string name, sha256;
        std::uint64_t begin = 0, size = 0;
    };

    // FileCorrupt unless the file is whole and of this kind. what: "study package", for sentences.
    Container(const std::filesystem::path& path, const std::string& kind, const std::string& what);

    const std::vector<Entry>& entries() const { return m_entries; }
    // Both check the hash: FileCorrupt.
    std::string text(const Entry& entry, std::size_t maximumBytes) const;
    void extract(const Entry& entry, const std::filesystem::path& target) const;

private:
    [[noreturn]] void damaged() const;

    InputFile m_file;
    std::string m_what;
    std::vector<Entry> m_entries;
};

bool isContainer(const std::filesystem::path& path);

} // namespace adtailor
