// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/paper_values.h"

#include "core/failure.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr std::size_t largestPaperFile = 1U << 20U;

PaperRow paperRow(const json& object)
{
    PaperRow row{ object.at("method").get<std::string>(),
                  object.at("system").get<std::string>(),
                  {} };
    for (const auto& [metric, cell] : object.at("values").items()) {
        if (cell.is_null())
            row.values[metric] = std::nullopt;
        else
            row.values[metric]
                = PaperValue{ cell.at("value").get<double>(), cell.at("unit").get<std::string>(),
                              cell.at("source").get<std::string>(),
                              cell.at("verified").get<bool>() };
    }
    return row;
}

} // namespace

PaperValues readPaperValues(const std::filesystem::path& file)
{
    const json object = readJsonFile(file, largestPaperFile);
    try {
        PaperValues values{ object.at("note").get<std::string>(), {} };
        for (const json& table : object.at("tables")) {
            PaperTable& added = values.tables.emplace_back();
            added.group = table.at("group").get<std::string>();
            for (const json& row : table.at("rows"))
                added.rows.push_back(paperRow(row));
        }
        return values;
    } catch (const json::exception& problem) {
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " is no file of published values (" + problem.what()
                          + "); take the shipped one as a pattern.");
    }
}

} // namespace adtailor
