// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/selftest.h>
#include <adtailor/text_check.h>
#include <adtailor/text_metrics.h>

#include <nlohmann/json.hpp>

#include <cstdio>

namespace adtailor::cli {

namespace {

std::string jsonNumber(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return value < 1e300 ? text : "null";
}

void show(const SelfTestResult& result, Console& console)
{
    char plain[256];
    std::snprintf(plain, sizeof plain, "%-6s %-16s %-24s %.2g (limit %.0g)",
                  result.passed() ? "ok" : "WRONG", result.fixture.c_str(), result.what.c_str(),
                  result.difference, result.tolerance);
    console.result(plain,
                   "{\"event\":\"check\",\"fixture\":" + jsonQuoted(result.fixture)
                       + ",\"what\":" + jsonQuoted(result.what)
                       + ",\"difference\":" + jsonNumber(result.difference)
                       + ",\"limit\":" + jsonNumber(result.tolerance)
                       + ",\"passed\":" + (result.passed() ? "true" : "false") + "}");
}

// Among the resources once installed, in the source tree of a build.
std::filesystem::path fixtureFolder(const Context& context)
{
    const auto installed = context.resources / "selftest";
    return std::filesystem::is_directory(installed) ? installed : ADTAILOR_SOURCE_FIXTURES;
}

std::filesystem::path linesFile(const Arguments& arguments)
{
    const auto lines = arguments.path("lines");
    if (!lines)
        throw Failure(ErrorCode::InvalidInput,
                      "--tokenizer and --encoder need --lines FILE with one JSON text on each "
                      "line.");
    return *lines;
}

int checkEncoder(const Arguments& arguments)
{
    const auto vectors = valueOrThrow(embedLines(*arguments.path("encoder"), linesFile(arguments),
                                                 arguments.textOr("device", "cpu")));
    for (const auto& vector : vectors)
        std::puts(nlohmann::json(vector).dump().c_str());
    return 0;
}

// One JSON line for each text, for a script that compares them with another program's.
int checkTokenizer(const Arguments& arguments)
{
    const auto result
        = valueOrThrow(tokenizeLines(*arguments.path("tokenizer"), linesFile(arguments)));
    for (const auto& line : result.lines)
        std::puts(
            nlohmann::json{ { "ids", line.ids }, { "decoded", line.decoded } }.dump().c_str());
    std::puts(nlohmann::json{ { "encode_seconds", result.encodeSeconds } }.dump().c_str());
    return 0;
}

int checkTitles(const Arguments& arguments)
{
    for (const ScoredTitle& title : valueOrThrow(scoreTitles(*arguments.path("titles"))))
        std::puts(nlohmann::json{ { "tokens", title.tokens },
                                  { "bleu", title.bleu },
                                  { "smoothed_bleu", title.smoothedBleu },
                                  { "bleu_1", title.bleu1 },
                                  { "rouge_l", title.rougeL },
                                  { "plain_rouge_l", title.plainRougeL } }
                      .dump()
                      .c_str());
    return 0;
}

Result<std::vector<SelfTestResult>> compare(const Arguments& arguments, const Context& context)
{
    const JobControl job{ .stop = context.stop };
    const auto model = arguments.path("model"), expected = arguments.path("expected");
    if (model.has_value() != expected.has_value())
        throw Failure(ErrorCode::InvalidInput,
                      "--model and --expected go together: a model, and what it should compute.");
    if (model) {
        const auto folder = modelFolder(arguments, context);
        return checkModel(folder, *expected, engineOptions(arguments, folder), job);
    }
    const auto folder = arguments.path("fixtures").value_or(fixtureFolder(context));
    return selfTest(folder, arguments.textOr("device", "cpu"), job);
}

int check(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(0);
    if (arguments.has("tokenizer"))
        return checkTokenizer(arguments);
    if (arguments.has("titles"))
        return checkTitles(arguments);
    if (arguments.has("encoder") && !arguments.has("model"))
        return checkEncoder(arguments);
    const auto results = valueOrThrow(compare(arguments, context));
    bool passed = true;
    for (const SelfTestResult& result : results) {
        show(result, context.console);
        passed = passed && result.passed();
    }
    if (!passed)
        throw Failure(ErrorCode::Internal,
                      "This machine computes other values than it should; do "
                      "not trust its ads. Try --device cpu.");
    return 0;
}

} // namespace

Command checkCommand()
{
    CommandHelp help{ .name = "check",
                      .usage = "check [OPTIONS]",
                      .summary = "Compare this machine's arithmetic with stored results.",
                      .options = engineOptionList(),
                      .examples = { "check", "check --device cuda --fixtures tests/fixtures",
                                    "check --model Janus-Pro-1B --expected values.safetensors",
                                    "check --tokenizer tokenizer.json --lines lines.jsonl" } };
    const std::vector<Option> own
        = { { "fixtures", "FOLDER", "Stored results (default: the shipped ones)" },
            { "expected", "FILE", "What --model should compute (see tests/parity)" },
            { "tokenizer", "FILE",
              "Print ids and decoded texts of --lines instead: a tokenizer.json or vocab.txt" },
            { "lines", "FILE",
              "One JSON text on each line; with --encoder its embeddings are printed" },
            { "titles", "FILE",
              "Print BLEU and ROUGE-L of the titles in FILE instead, one on each line: "
              "{\"candidate\": text, \"references\": [text]}" },
            { "json", "", "Write results as JSON lines" } };
    help.options.insert(help.options.end(), own.begin(), own.end());
    return { help, check };
}

} // namespace adtailor::cli
