// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "core/utf8.h"
#include "dataset/csv_reader.h"
#include "dataset/record_stream.h"

#include <adtailor/pad1m.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace adtailor {

namespace {

constexpr std::size_t previewRows = 3;
constexpr std::size_t previewBytes = 4U << 20U; // of a JSON file
constexpr std::size_t mostColumns = 1000;
constexpr std::size_t sampleBytes = 200;

std::string sample(std::string_view text)
{
    return repairedUtf8(text.substr(0, sampleBytes));
}

std::vector<TableColumn> csvColumns(const std::filesystem::path& file)
{
    RecordStream stream(file, previewBytes);
    CsvReader reader(stream, file.filename().string());
    std::vector<TableColumn> columns;
    for (const std::string& name : reader.header())
        if (columns.size() < mostColumns)
            columns.push_back({ sample(name), {} });
    CsvRow row;
    for (std::size_t i = 0; i < previewRows && reader.next(row); ++i)
        for (std::size_t column = 0; column < columns.size() && column < row.cells.size(); ++column)
            columns[column].samples.push_back(sample(row.cells[column]));
    return columns;
}

// The text of the first objects in what may be the beginning of a list, or lines of objects.
std::vector<std::string_view> firstObjects(std::string_view text)
{
    std::vector<std::string_view> objects;
    std::size_t begin = 0;
    int depth = 0;
    bool inText = false;
    for (std::size_t at = 0; at < text.size() && objects.size() < previewRows; ++at) {
        const char letter = text[at];
        if (inText && letter == '\\')
            ++at;
        else if (letter == '"')
            inText = !inText;
        else if (!inText && letter == '{' && depth++ == 0)
            begin = at;
        else if (!inText && letter == '}' && depth > 0 && --depth == 0)
            objects.push_back(text.substr(begin, at + 1 - begin));
    }
    return objects;
}

std::vector<TableColumn> jsonColumns(const std::filesystem::path& file)
{
    const InputFile input(file);
    std::string text(std::min<std::uint64_t>(input.size(), previewBytes), '\0');
    input.readAt(0, std::as_writable_bytes(std::span(text)));
    std::vector<TableColumn> columns;
    for (const std::string_view object : firstObjects(text)) {
        const auto record = parseStrictJson(object, file.filename().string());
        for (const auto& [name, value] : record.items()) {
            auto column = std::ranges::find(columns, name, &TableColumn::name);
            if (column == columns.end() && columns.size() < mostColumns)
                column = columns.insert(columns.end(), { name, {} });
            if (column != columns.end())
                column->samples.push_back(
                    sample(value.is_string() ? value.get<std::string>() : value.dump()));
        }
    }
    if (columns.empty())
        throw Failure(ErrorCode::FileCorrupt,
                      file.string()
                          + " is no table: it holds no JSON object. Choose a CSV, JSON "
                            "Lines or PAd1M file.");
    return columns;
}

} // namespace

Result<std::vector<TableColumn>> previewTable(const std::filesystem::path& file)
{
    return guarded([&] {
        std::string extension = file.extension().string();
        std::ranges::transform(extension, extension.begin(),
                               [](unsigned char byte) { return std::tolower(byte); });
        return extension == ".csv" || extension == ".tsv" ? csvColumns(file) : jsonColumns(file);
    });
}

} // namespace adtailor
