// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/bounded_read.h"
#include "core/failure.h"

#include <adtailor/ad_export.h>

#include <set>
#include <zlib.h>

namespace adtailor {

namespace {

constexpr std::uint16_t zipVersion = 20; // 2.0
constexpr std::uint16_t namesAreUtf8 = 1U << 11U;
constexpr std::uint16_t firstOfJanuary1980 = 0x21; // files of the same content are the same
constexpr std::size_t mostZipEntries = 10'000;
constexpr std::uint64_t mostZipBytes = 0xFFFFFFFFU;

// What the local header and the directory have in common. Source: PKWARE's APPNOTE.TXT, 4.3.
std::string commonFields(const NamedBytes& entry)
{
    const auto* data = reinterpret_cast<const Bytef*>(entry.bytes.data());
    const auto size = static_cast<std::uint32_t>(entry.bytes.size());
    std::string fields;
    appendLittleEndian(fields, zipVersion);
    appendLittleEndian(fields, namesAreUtf8);
    appendLittleEndian(fields, std::uint16_t(0)); // stored
    appendLittleEndian(fields, std::uint16_t(0)); // midnight
    appendLittleEndian(fields, firstOfJanuary1980);
    appendLittleEndian(fields, static_cast<std::uint32_t>(crc32(0, data, size)));
    appendLittleEndian(fields, size);
    appendLittleEndian(fields, size);
    appendLittleEndian(fields, static_cast<std::uint16_t>(entry.name.size()));
    appendLittleEndian(fields, std::uint16_t(0)); // extra
    return fields;
}

void checkEntries(const std::vector<NamedBytes>& entries)
{
    std::uint64_t total = 0;
    std::set<std::string> names;
    for (const NamedBytes& entry : entries) {
        total += entry.bytes.size() + 2 * entry.name.size() + 200;
        if (entry.name.empty() || entry.name.size() > 1000 || !names.insert(entry.name).second)
            throw Failure(ErrorCode::InvalidInput,
                          "Two files of the archive would be called \"" + entry.name.substr(0, 80)
                              + "\"; put {channel} into the name.");
    }
    if (entries.size() > mostZipEntries || total > mostZipBytes)
        throw Failure(ErrorCode::InvalidInput,
                      "The archive would be larger than 4 GB; export fewer files at once.");
}

void writeZip(const std::filesystem::path& path, const std::vector<NamedBytes>& entries)
{
    checkEntries(entries);
    AtomicFile file(path);
    std::string directory;
    std::uint32_t offset = 0;
    for (const NamedBytes& entry : entries) {
        const std::string fields = commonFields(entry);
        const std::string head = "PK\x03\x04" + fields + entry.name;
        file.write(head);
        file.write(entry.bytes);
        directory += "PK\x01\x02";
        appendLittleEndian(directory, zipVersion);
        directory += fields;
        directory.append(10, '\0'); // comment, disk, attributes
        appendLittleEndian(directory, offset);
        directory += entry.name;
        offset += static_cast<std::uint32_t>(head.size() + entry.bytes.size());
    }
    std::string end{ "PK\x05\x06\0\0\0\0", 8 };
    appendLittleEndian(end, static_cast<std::uint16_t>(entries.size()));
    appendLittleEndian(end, static_cast<std::uint16_t>(entries.size()));
    appendLittleEndian(end, static_cast<std::uint32_t>(directory.size()));
    appendLittleEndian(end, offset);
    appendLittleEndian(end, std::uint16_t(0));
    file.write(directory);
    file.write(end);
    file.commit();
}

} // namespace

Result<void> saveZip(const std::filesystem::path& file, const std::vector<NamedBytes>& entries)
{
    return guarded([&] { writeZip(file, entries); });
}

} // namespace adtailor
