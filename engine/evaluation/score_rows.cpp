// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/score_rows.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t largestRow = 1U << 16U;

json rowToJson(const ScoreRow& row)
{
    json object{ { "number", row.number },
                 { "user", row.user },
                 { "version", row.version },
                 { "drawn", row.drawn.string() },
                 { "composed", row.composed.string() },
                 { "problem", row.problem },
                 { "scored_by", row.scoredBy },
                 { "scores", json::object() } };
    if (row.seed)
        object["seed"] = *row.seed;
    if (row.title)
        object["title"] = *row.title;
    for (const auto& [key, value] : row.scores)
        object["scores"][key] = value ? json(*value) : json(nullptr);
    return object;
}

ScoreRow rowFromJson(const json& object)
{
    ScoreRow row;
    row.number = object.at("number").get<std::int64_t>();
    row.user = object.at("user").get<std::string>();
    row.version = object.at("version").get<std::string>();
    row.drawn = object.at("drawn").get<std::string>();
    row.composed = object.at("composed").get<std::string>();
    row.problem = object.at("problem").get<std::string>();
    row.scoredBy = object.at("scored_by").get<std::map<std::string, std::string>>();
    if (object.contains("seed"))
        row.seed = object["seed"].get<std::uint64_t>();
    if (object.contains("title"))
        row.title = object["title"].get<std::string>();
    for (const auto& [key, value] : object.at("scores").items())
        row.scores[key] = value.is_null() ? std::nullopt : std::optional(value.get<double>());
    return row;
}

} // namespace

ScoreRows::ScoreRows(fs::path folder, const EvaluatedSystem& system)
    : m_folder(std::move(folder) / "rows" / system.name)
{
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error)
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + m_folder.string() + " cannot be made: " + error.message()
                          + ".");
}

fs::path ScoreRows::file(std::int64_t number) const
{
    return m_folder / (std::to_string(number) + ".json");
}

std::optional<ScoreRow> ScoreRows::find(std::int64_t number) const
{
    std::error_code error;
    if (!fs::exists(file(number), error))
        return std::nullopt;
    const auto row = guarded([&] { return rowFromJson(readJsonFile(file(number), largestRow)); });
    if (!row || row->number != number)
        return std::nullopt;
    return *row;
}

void ScoreRows::keep(const ScoreRow& row) const
{
    writeFileAtomically(file(row.number), rowToJson(row).dump(1) + "\n");
}

} // namespace adtailor
