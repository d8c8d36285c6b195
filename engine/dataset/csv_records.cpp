// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/csv_records.h"

#include "core/failure.h"
#include "core/strict_json.h"
#include "core/utf8.h"
#include "dataset/csv_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace adtailor {

namespace {

constexpr JsonLimits listLimits{ .depth = 2, .values = 10'000 };
constexpr std::size_t shownBytes = 60; // of a foreign text in a sentence

[[noreturn]] void reject(const std::string& reason)
{
    throw Failure(ErrorCode::InvalidInput, reason);
}

std::string shown(std::string_view text)
{
    return "\"" + repairedUtf8(text.substr(0, shownBytes)) + "\"";
}

double toNumber(std::string_view text, std::string_view field)
{
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || rest != text.data() + text.size())
        reject(std::string(field) + " holds " + shown(text) + " where a number must be.");
    return value;
}

std::vector<std::string> jsonList(std::string_view cell, std::string_view field)
{
    auto list = guarded([&] { return parseStrictJson(cell, std::string(field), listLimits); });
    if (!list || !list->is_array())
        reject(std::string(field) + " begins with [ but is no JSON list of texts or numbers.");
    std::vector<std::string> parts;
    for (const auto& item : *list) {
        if (!item.is_string() && !item.is_number())
            reject(std::string(field) + " holds something else than texts and numbers.");
        parts.push_back(item.is_string() ? item.get<std::string>() : item.dump());
    }
    return parts;
}

// Empty parts are kept: pictures and titles belong together by their place.
std::vector<std::string> listOf(std::string_view cell, std::string_view field,
                                std::string_view separator)
{
    cell = trimmed(cell);
    if (cell.empty())
        return {};
    if (cell.front() == '[')
        return jsonList(cell, field);
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = cell.find(separator);
        parts.emplace_back(trimmed(cell.substr(0, end)));
        if (end == std::string_view::npos)
            return parts;
        cell.remove_prefix(end + separator.size());
        if (parts.size() == listLimits.values)
            reject(std::string(field) + " has more than " + std::to_string(listLimits.values)
                   + " entries.");
    }
}

void fill(RawRecord& record, std::string_view field, std::string&& cell, const Columns& columns)
{
    if (Columns::isText(field)) {
        record.texts.emplace(field, std::move(cell));
    } else if (field == "max_ratio") {
        if (const auto text = trimmed(cell); !text.empty())
            record.maxRatio = toNumber(text, field);
    } else if (field == "history_images") {
        record.historyImages = listOf(cell, field, columns.listSeparator());
    } else if (field == "history_titles") {
        record.historyTitles = listOf(cell, field, columns.listSeparator());
    } else {
        for (const std::string& part : listOf(cell, field, columns.listSeparator()))
            record.similarities.push_back(static_cast<float>(toNumber(part, field)));
    }
}

// The field that each column feeds.
class Header
{
public:
    Header(const CsvReader& reader, const std::string& name, const Columns& columns)
        : m_name(name)
        , m_columns(columns)
    {
        for (const std::string& cell : reader.header()) {
            const std::string_view field = columns.field(trimmed(cell));
            if (!field.empty() && has(field))
                reject(name + ": the column " + shown(trimmed(cell))
                       + " appears twice. Rename one.");
            m_fields.push_back(field);
            m_seen += (m_seen.empty() ? "" : ", ") + shown(trimmed(cell));
        }
    }

    const std::vector<std::string_view>& fields() const { return m_fields; }

    void require(bool needTarget) const
    {
        std::vector<std::string_view> missing;
        for (const std::string_view field : Columns::fields()) {
            if (m_columns.isNamed(field) && !has(field))
                missing.push_back(field);
        }
        const auto need = [&](std::string_view field, std::string_view instead) {
            if (!has(field) && !has(instead) && std::ranges::find(missing, field) == missing.end())
                missing.push_back(field);
        };
        need("f_path_trans", "f_path_white");
        need("word_list", "sku_title_cn");
        if (needTarget) {
            need("f_path", "");
            need("gt_title_cn", "");
        }
        if (!missing.empty())
            refuse(missing);
    }

private:
    bool has(std::string_view field) const
    {
        return !field.empty() && std::ranges::find(m_fields, field) != m_fields.end();
    }

    [[noreturn]] void refuse(const std::vector<std::string_view>& missing) const
    {
        std::string list;
        for (const std::string_view field : missing) {
            list += (list.empty() ? "" : ", ") + shown(m_columns.column(field));
            if (m_columns.isNamed(field))
                list += " (for " + std::string(field) + ")";
        }
        reject(m_name + ": columns are missing: " + list + ". It has " + m_seen.substr(0, 1000)
               + ". Add them, or say in \"columns\" which column stands for which field.");
    }

    std::string m_name;
    const Columns& m_columns;
    std::vector<std::string_view> m_fields;
    std::string m_seen;
};

void fillRecord(RawRecord& record, CsvRow& row, const Header& header, const Columns& columns)
{
    const std::size_t expected = header.fields().size();
    if (!row.problem.empty())
        reject(row.problem);
    if (row.cells.size() != expected)
        reject("Line " + std::to_string(row.line) + " has " + std::to_string(row.cells.size())
               + " cells, the header " + std::to_string(expected)
               + ". Put quotes around a cell that holds the separator.");
    for (std::size_t i = 0; i < expected; ++i) {
        if (!header.fields()[i].empty())
            fill(record, header.fields()[i], std::move(row.cells[i]), columns);
    }
}

} // namespace

void parseCsv(std::streambuf& stream, const std::string& name, const Columns& columns,
              bool needTarget, const RecordVisitor& visit)
{
    CsvReader reader(stream, name);
    const Header header(reader, name, columns);
    header.require(needTarget);
    std::int64_t count = 0;
    for (CsvRow row; reader.next(row);) {
        RawRecord record{ .number = ++count };
        const auto filled = guarded([&] { fillRecord(record, row, header, columns); });
        if (!filled)
            record.problem = filled.error().detail;
        if (!visit(std::move(record)))
            return;
    }
}

} // namespace adtailor
