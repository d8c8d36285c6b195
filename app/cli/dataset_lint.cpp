// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset_lint.h"

#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/dataset_lint.h>

namespace adtailor::cli {

namespace {

void show(const LintFinding& finding, Console& console)
{
    std::string sentence = "Record " + std::to_string(finding.number);
    if (!finding.field.empty())
        sentence += ", " + finding.field;
    console.result(
        sentence + (finding.isError ? ", error: " : ", warning: ") + finding.what + " "
            + finding.remedy,
        "{\"event\":\"finding\",\"record\":" + std::to_string(finding.number)
            + ",\"field\":" + jsonQuoted(finding.field) + ",\"kind\":\"" + lintName(finding.kind)
            + "\",\"severity\":\"" + (finding.isError ? "error" : "warning") + "\",\"what\":"
            + jsonQuoted(finding.what) + ",\"remedy\":" + jsonQuoted(finding.remedy) + "}");
}

void showSummary(const LintSummary& summary, Console& console)
{
    std::string sentence = std::to_string(summary.records) + " records, "
        + std::to_string(summary.unusable) + " of them cannot be trained on; "
        + std::to_string(summary.warnings) + " warnings.";
    std::string json = "{\"event\":\"done\",\"records\":" + std::to_string(summary.records)
        + ",\"unusable\":" + std::to_string(summary.unusable)
        + ",\"warnings\":" + std::to_string(summary.warnings) + ",\"counts\":{";
    for (std::size_t i = 0; i < lintKinds; ++i) {
        const std::string name = lintName(static_cast<LintKind>(i));
        json += (i > 0 ? ",\"" : "\"") + name + "\":" + std::to_string(summary.counts[i]);
        if (summary.counts[i] > 0)
            sentence += "\n  " + name + ": " + std::to_string(summary.counts[i]);
    }
    console.result(sentence, json + "}}");
}

std::size_t limit(const Arguments& arguments, const std::string& name, std::size_t fallback)
{
    const std::int64_t value = arguments.integerOr(name, static_cast<std::int64_t>(fallback));
    if (value < 0)
        throw Failure(ErrorCode::InvalidInput, "--" + name + " must be at least 0.");
    return static_cast<std::size_t>(value);
}

} // namespace

int lintFile(const std::filesystem::path& file, const Arguments& arguments, const Context& context)
{
    LintOptions options{ .root = arguments.path("root").value_or("") };
    if (const auto columns = arguments.path("columns"))
        options.columns = valueOrThrow(readPad1mColumns(*columns));
    options.shortestHistory = limit(arguments, "shortest-history", options.shortestHistory);
    options.longestTitle = limit(arguments, "longest-title", options.longestTitle);
    const auto visit = [&](const LintFinding& finding) { show(finding, context.console); };
    const LintSummary summary
        = valueOrThrow(lintDataset(file, options, visit, watchedJob(context)));
    showSummary(summary, context.console);
    return summary.unusable > 0 ? exitPartial : 0;
}

} // namespace adtailor::cli
