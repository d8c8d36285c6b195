// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "metrics/title_tokens.h"

#include <adtailor/brief.h>
#include <adtailor/text_metrics.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace adtailor {

namespace {

using nlohmann::json;

std::string textOf(const json& value, const std::string& where)
{
    if (!value.is_string())
        throw Failure(ErrorCode::FileCorrupt, where + " is not a text.");
    const auto text = value.get<std::string>();
    if (text.size() > limits::titleBytes)
        throw Failure(ErrorCode::InvalidInput,
                      where + " is longer than the " + std::to_string(limits::titleBytes)
                          + " bytes that a title may have.");
    return text;
}

ScoredTitle scoreLine(const json& line, const std::string& where)
{
    if (!line.is_object() || !line.contains("candidate") || !line.contains("references")
        || !line["references"].is_array())
        throw Failure(ErrorCode::FileCorrupt,
                      where + " is not {\"candidate\": text, \"references\": [text, ...]}.");
    const std::string candidate = textOf(line["candidate"], where + ": the candidate");
    std::vector<std::string> references;
    for (const json& reference : line["references"])
        references.push_back(textOf(reference, where + ": a reference"));
    return { titleTokens(candidate),
             bleu(candidate, references),
             bleu(candidate, references, { .smoothing = BleuSmoothing::AddOne }),
             bleu(candidate, references, { .order = 1 }),
             rougeL(candidate, references),
             plainRougeL(candidate, references) };
}

// Lower case, no spaces.
std::u32string bareText(std::string_view text)
{
    std::u32string bare;
    for (const std::u32string& token : withoutSpaces(tokensOf(text)))
        bare += token;
    return bare;
}

} // namespace

std::optional<double> pointCoverage(std::string_view title, const std::vector<std::string>& points)
{
    if (points.empty())
        return std::nullopt;
    const std::u32string text = bareText(title);
    const auto said = std::count_if(points.begin(), points.end(), [&](const std::string& point) {
        return text.find(bareText(point)) != std::u32string::npos;
    });
    return 100.0 * static_cast<double>(said) / static_cast<double>(points.size());
}

Result<std::vector<ScoredTitle>> scoreTitles(const std::filesystem::path& lines)
{
    return guarded([&] {
        std::istringstream file(readTextFile(lines, limits::tokenizedTextBytes));
        std::vector<ScoredTitle> scored;
        for (std::string line; std::getline(file, line);) {
            const std::string where
                = lines.string() + ", line " + std::to_string(scored.size() + 1);
            scored.push_back(scoreLine(parseStrictJson(line, where), where));
        }
        return scored;
    });
}

} // namespace adtailor
