// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stored_zip.h"

#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/limits.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace adtailor {

namespace {

constexpr std::uint32_t localMark = 0x04034B50;
constexpr std::uint32_t directoryMark = 0x02014B50;
constexpr std::uint32_t endMark = 0x06054B50;
constexpr std::uint32_t wideEndMark = 0x06064B50;
constexpr std::uint32_t wideLocatorMark = 0x07064B50;
constexpr std::size_t localBytes = 30;
constexpr std::size_t endBytes = 22;
constexpr std::size_t wideEndBytes = 56;
constexpr std::size_t wideLocatorBytes = 20;
constexpr std::uint16_t wideField = 1; // id of the extra field with 64-bit numbers
constexpr std::uint32_t inWideField = 0xFFFFFFFF; // the number that points there
constexpr std::uint16_t encrypted = 1;

[[noreturn]] void reject(const InputFile& file, const std::string& reason)
{
    throw Failure(ErrorCode::FileCorrupt, file.path().string() + " cannot be used: " + reason);
}

[[noreturn]] void rejectCut(const InputFile& file)
{
    reject(file,
           "its zip archive has no directory at the end, it is cut short or damaged: copy or "
           "download it again.");
}

struct Directory
{
    std::uint64_t entries = 0, bytes = 0, begin = 0;
    std::uint64_t end = 0; // where the end records begin
};

std::vector<std::byte> bytesAt(const InputFile& file, std::uint64_t offset, std::size_t count)
{
    std::vector<std::byte> bytes(count);
    file.readAt(offset, bytes);
    return bytes;
}

// The 64-bit record, whose locator stands in front of the 32-bit one.
std::optional<Directory> wideDirectory(const InputFile& file, std::uint64_t endRecord)
{
    if (endRecord < wideLocatorBytes + wideEndBytes)
        return std::nullopt;
    const auto locatorBytes = bytesAt(file, endRecord - wideLocatorBytes, wideLocatorBytes);
    BoundedReader locator(locatorBytes, file.path().string());
    if (locator.u32() != wideLocatorMark)
        return std::nullopt;
    const std::uint32_t disk = locator.u32();
    const std::uint64_t place = locator.u64();
    if (disk != 0 || locator.u32() != 1 || place != endRecord - wideLocatorBytes - wideEndBytes)
        reject(file, "its zip archive has end records that contradict each other.");
    const auto recordBytes = bytesAt(file, place, wideEndBytes);
    BoundedReader record(recordBytes, file.path().string());
    const bool sound = record.u32() == wideEndMark && record.u64() == wideEndBytes - 12;
    record.bytes(4); // versions
    const bool oneDisk = record.u32() == 0 && record.u32() == 0;
    Directory directory{ .end = place };
    const std::uint64_t onThisDisk = record.u64();
    directory.entries = record.u64();
    directory.bytes = record.u64();
    directory.begin = record.u64();
    if (!sound || !oneDisk || onThisDisk != directory.entries)
        reject(file, "its zip archive has a broken end record.");
    return directory;
}

// torch.save writes no comment behind the archive, so the end record is the end of the file.
Directory findDirectory(const InputFile& file)
{
    if (file.size() < endBytes)
        rejectCut(file);
    const std::uint64_t place = file.size() - endBytes;
    const auto bytes = bytesAt(file, place, endBytes);
    BoundedReader record(bytes, file.path().string());
    if (record.u32() != endMark)
        rejectCut(file);
    const bool oneDisk = record.u32() == 0;
    Directory directory{ .end = place };
    const std::uint16_t onThisDisk = record.u16();
    directory.entries = record.u16();
    directory.bytes = record.u32();
    directory.begin = record.u32();
    if (!oneDisk || onThisDisk != directory.entries || record.u16() != 0)
        reject(file, "its zip archive has a broken end record.");
    const Directory found = wideDirectory(file, place).value_or(directory);
    const auto end = checkedAdd(found.begin, found.bytes);
    if (!end || *end != found.end)
        reject(file, "its zip directory does not lie where its end record says.");
    if (found.entries > limits::zipEntries || found.bytes > limits::zipDirectoryBytes)
        reject(file, "its zip archive has too many entries.");
    return found;
}

// Replaces the numbers that did not fit 32 bits, in the order of the fields.
void readExtra(std::span<const std::byte> extra, std::initializer_list<std::uint64_t*> numbers,
               const InputFile& file)
{
    BoundedReader reader(extra, file.path().string());
    while (reader.remaining() >= 4) {
        const std::uint16_t id = reader.u16();
        BoundedReader field(reader.bytes(reader.u16()), file.path().string());
        if (id != wideField)
            continue;
        for (std::uint64_t* number : numbers) {
            if (*number == inWideField)
                *number = field.u64();
        }
        return;
    }
}

// The local header repeats the name; where it ends the content begins.
std::uint64_t contentBegin(const InputFile& file, std::uint64_t local, const std::string& name,
                           std::uint64_t end)
{
    if (local > end || end - local < localBytes + name.size())
        reject(file, "zip entry " + name + " leaves the archive.");
    const auto head = bytesAt(file, local, localBytes + name.size());
    BoundedReader reader(head, file.path().string());
    const bool sound = reader.u32() == localMark;
    reader.bytes(2); // version
    const std::uint16_t flags = reader.u16(), method = reader.u16();
    reader.bytes(16); // time, checksum and sizes; the directory has them
    const std::uint16_t nameBytes = reader.u16(), extraBytes = reader.u16();
    if (!sound || (flags & encrypted) != 0 || method != 0 || nameBytes != name.size()
        || reader.text(nameBytes) != name)
        reject(file, "the header of zip entry " + name + " contradicts the directory.");
    return local + localBytes + nameBytes + extraBytes;
}

ZipEntry readEntry(BoundedReader& reader, const InputFile& file, std::uint64_t directoryBegin)
{
    if (reader.u32() != directoryMark)
        reject(file, "its zip directory is damaged.");
    reader.bytes(4); // versions
    const std::uint16_t flags = reader.u16(), method = reader.u16();
    reader.bytes(8); // time and checksum
    std::uint64_t packed = reader.u32(), size = reader.u32();
    const std::uint16_t nameBytes = reader.u16(), extraBytes = reader.u16(),
                        commentBytes = reader.u16();
    const std::uint16_t disk = reader.u16();
    reader.bytes(6); // attributes
    std::uint64_t local = reader.u32();
    ZipEntry entry{ .name = std::string(reader.text(nameBytes)) };
    if (entry.name.empty() || entry.name.size() > limits::tensorNameBytes
        || entry.name.find('\0') != std::string::npos)
        reject(file, "a zip entry has an impossible name.");
    readExtra(reader.bytes(extraBytes), { &size, &packed, &local }, file);
    reader.bytes(commentBytes);
    if (method != 0 || packed != size)
        reject(file,
               "zip entry " + entry.name
                   + " is compressed, which torch.save never does: save it again with torch.save.");
    if ((flags & encrypted) != 0 || disk != 0)
        reject(file, "zip entry " + entry.name + " is encrypted or on another disk.");
    entry.size = size;
    entry.begin = contentBegin(file, local, entry.name, directoryBegin);
    const auto end = checkedAdd(entry.begin, entry.size);
    if (!end || *end > directoryBegin)
        reject(file, "zip entry " + entry.name + " leaves the archive.");
    return entry;
}

} // namespace

std::vector<ZipEntry> readStoredZip(const InputFile& file)
{
    const Directory directory = findDirectory(file);
    const auto bytes = bytesAt(file, directory.begin, directory.bytes);
    BoundedReader reader(bytes, file.path().string());
    std::vector<ZipEntry> entries;
    std::unordered_set<std::string> names;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        entries.push_back(readEntry(reader, file, directory.begin));
        if (!names.insert(entries.back().name).second)
            reject(file, "two zip entries are called " + entries.back().name + '.');
    }
    if (reader.remaining() != 0)
        reject(file, "its zip directory holds more than its entries.");
    std::ranges::sort(entries, {}, &ZipEntry::begin);
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i].begin < entries[i - 1].begin + entries[i - 1].size + localBytes)
            reject(file,
                   "zip entries " + entries[i - 1].name + " and " + entries[i].name + " overlap.");
    }
    return entries;
}

} // namespace adtailor
