// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/container.h"

#include "core/atomic_file.h"
#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/sha256.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr std::string_view containerMark = "ADSTUDY1";
constexpr std::size_t containerStart = 16; // mark and length
constexpr std::size_t containerHeaderBytes = 32U << 20U;
constexpr std::size_t containerFileBytes = 64U << 20U; // of one file inside

} // namespace

void writeContainer(const std::filesystem::path& target, const std::string& kind,
                    const std::vector<ContainerItem>& items, const JobControl& job)
{
    json header{ { "kind", kind }, { "files", json::array() } };
    const auto size = [](const ContainerItem& item) {
        return item.file.empty() ? item.text.size() : std::filesystem::file_size(item.file);
    };
    std::uint64_t total = 0;
    for (const ContainerItem& item : items) {
        throwIfCancelled(job);
        header["files"].push_back(
            { { "name", item.name },
              { "size", size(item) },
              { "sha256",
                item.file.empty() ? sha256Hex(item.text) : sha256HexOfFile(item.file, job) } });
        total += size(item);
    }
    const std::string text = header.dump();
    std::string start(containerMark);
    appendLittleEndian(start, static_cast<std::uint64_t>(text.size()));
    AtomicFile file(target, start.size() + text.size() + total);
    file.write(start);
    file.write(text);
    std::int64_t done = 0;
    for (const ContainerItem& item : items) {
        throwIfCancelled(job);
        if (item.file.empty())
            file.write(item.text);
        else
            file.write(readFile(item.file, containerFileBytes));
        if (job.report)
            job.report({ .stage = Stage::Data, .done = ++done, .total = std::ssize(items) });
    }
    file.commit();
}

Container::Container(const std::filesystem::path& path, const std::string& kind,
                     const std::string& what)
    : m_file(path)
    , m_what(what)
{
    std::vector<std::byte> start(containerStart);
    if (m_file.size() < containerStart)
        damaged();
    m_file.readAt(0, start);
    BoundedReader reader(start, path.string());
    const bool marked = reader.text(containerMark.size()) == containerMark;
    const std::uint64_t length = reader.u64();
    if (!marked || length > containerHeaderBytes || length > m_file.size() - containerStart)
        damaged();
    std::string text(length, '\0');
    m_file.readAt(containerStart, std::as_writable_bytes(std::span(text.data(), text.size())));
    const json header = parseStrictJson(text, path.string());
    std::uint64_t place = containerStart + length;
    try {
        if (header.at("kind") != kind)
            throw Failure(ErrorCode::InvalidInput,
                          path.string() + " is no " + what + " but holds "
                              + header.at("kind").get<std::string>().substr(0, 40) + '.');
        std::set<std::string> names;
        for (const json& file : header.at("files")) {
            Entry entry{ file.at("name").get<std::string>(), file.at("sha256").get<std::string>(),
                         place, file.at("size").get<std::uint64_t>() };
            if (entry.size > m_file.size() - place || !names.insert(entry.name).second)
                damaged();
            place += entry.size;
            m_entries.push_back(std::move(entry));
        }
    } catch (const json::exception&) {
        damaged();
    }
    if (place != m_file.size())
        damaged();
}

void Container::damaged() const
{
    throw Failure(ErrorCode::FileCorrupt,
                  m_file.path().string() + " is not a whole " + m_what
                      + ": it is cut short, damaged or something else; copy it again.");
}

std::string Container::text(const Entry& entry, std::size_t maximumBytes) const
{
    if (entry.size > maximumBytes)
        damaged();
    std::string content(entry.size, '\0');
    m_file.readAt(entry.begin, std::as_writable_bytes(std::span(content.data(), content.size())));
    if (sha256Hex(content) != entry.sha256)
        damaged();
    return content;
}

void Container::extract(const Entry& entry, const std::filesystem::path& target) const
{
    writeFileAtomically(target, text(entry, containerFileBytes));
}

bool isContainer(const std::filesystem::path& path)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)
        || std::filesystem::file_size(path, error) < containerStart)
        return false;
    std::string mark(containerMark.size(), '\0');
    InputFile(path).readAt(0, std::as_writable_bytes(std::span(mark.data(), mark.size())));
    return mark == containerMark;
}

} // namespace adtailor
