// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"

#include <adtailor/selftest.h>
#include <adtailor/text_check.h>

#include <nlohmann/json.hpp>

#include <cstdio>

namespace adtailor::cli {

namespace {

void show(const SelfTestResult& result, Console& console)
{
    char plain[256];
    std::snprintf(plain, sizeof plain, "%-6s %-16s %-24s %.2g (limit %.0g)",
                  result.passed() ? "ok" : "WRONG", result.fixture.c_str(), result.what.c_str(),
                  result.difference, result.tolerance);
    console.result(
        plain,
        "{\"event\":\"check\",\"fixture\":" + jsonQuoted(result.fixture)
            + ",\"what\":" + jsonQuoted(result.what) + ",\"difference\":"
            + (result.difference < 1e300 ? std::to_string(result.difference) : std::string("null"))
            + ",\"passed\":" + (result.passed() ? "true" : "false") + "}");
}

// Among the resources once installed, in the source tree of a build.
std::filesystem::path fixtureFolder(const Context& context)
{
    const auto installed = context.resources / "selftest";
    return std::filesystem::is_directory(installed) ? installed : ADTAILOR_SOURCE_FIXTURES;
}

// One JSON line for each text, for a script that compares them with another program's.
int checkTokenizer(const Arguments& arguments)
{
    const auto lines = arguments.path("lines");
    if (!lines)
        throw Failure(ErrorCode::InvalidInput,
                      "--tokenizer needs --lines FILE with one JSON text on each line.");
    const auto result = valueOrThrow(tokenizeLines(*arguments.path("tokenizer"), *lines));
    for (const auto& line : result.lines)
        std::puts(
            nlohmann::json{ { "ids", line.ids }, { "decoded", line.decoded } }.dump().c_str());
    std::puts(nlohmann::json{ { "encode_seconds", result.encodeSeconds } }.dump().c_str());
    return 0;
}

int check(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(0);
    if (arguments.has("tokenizer"))
        return checkTokenizer(arguments);
    const auto folder = arguments.path("fixtures").value_or(fixtureFolder(context));
    const auto results = valueOrThrow(
        selfTest(folder, arguments.textOr("device", "cpu"), { .stop = context.stop }));
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
                      .options
                      = { { "device", "NAME", "cpu, cuda or cuda:1 (default: cpu)" },
                          { "fixtures", "FOLDER", "Stored results (default: the shipped ones)" },
                          { "tokenizer", "FILE",
                            "Print ids and decoded texts of --lines instead: a tokenizer.json" },
                          { "lines", "FILE", "One JSON text on each line" },
                          { "json", "", "Write results as JSON lines" } },
                      .examples = { "check", "check --device cuda --fixtures tests/fixtures",
                                    "check --tokenizer tokenizer.json --lines lines.jsonl" } };
    return { help, check };
}

} // namespace adtailor::cli
