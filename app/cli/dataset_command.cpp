// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/dataset.h>

#include <cstdio>

namespace adtailor::cli {

namespace {

int users(const Arguments& arguments, const std::string& name, int fallback)
{
    const std::int64_t count = arguments.integerOr(name, fallback);
    if (count < 0 || count > 1'000'000)
        throw Failure(ErrorCode::InvalidInput, "--" + name + " must lie between 0 and 1000000.");
    return static_cast<int>(count);
}

DatasetOptions datasetOptions(const Arguments& arguments)
{
    DatasetOptions options;
    options.source = arguments.path("source").value_or("");
    options.out = arguments.path("out").value_or("");
    if (options.source.empty() || options.out.empty())
        throw Failure(ErrorCode::InvalidInput,
                      "Give --source FOLDER and --out FOLDER; see adtailor dataset --help.");
    options.trainUsers = users(arguments, "train-users", options.trainUsers);
    options.validUsers = users(arguments, "valid-users", options.validUsers);
    options.testUsers = users(arguments, "test-users", options.testUsers);
    options.seed = arguments.unsignedOr("seed", options.seed);
    options.plainTastes = arguments.has("plain-tastes");
    options.checkPictures = !arguments.has("skip-picture-check");
    return options;
}

int build(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(1);
    if (arguments.positionals() != std::vector<std::string>{ "build" })
        throw Failure(ErrorCode::InvalidInput,
                      "Say adtailor dataset build; see adtailor dataset --help.");
    const DatasetOptions options = datasetOptions(arguments);
    const DatasetReport report = valueOrThrow(buildDataset(options, watchedJob(context)));
    char counts[256];
    std::snprintf(counts, sizeof counts,
                  "{\"event\":\"done\",\"train\":%lld,\"valid\":%lld,\"test\":%lld,\"scenes\":%d,"
                  "\"meanHistory\":%.2f}",
                  static_cast<long long>(report.trainRecords),
                  static_cast<long long>(report.validRecords),
                  static_cast<long long>(report.testRecords), report.scenes, report.meanHistory);
    context.console.result(std::to_string(report.trainRecords) + " training, "
                               + std::to_string(report.validRecords) + " validation and "
                               + std::to_string(report.testRecords) + " test records in "
                               + options.out.string(),
                           counts);
    return 0;
}

} // namespace

Command datasetCommand()
{
    CommandHelp help{
        .name = "dataset",
        .usage = "dataset build --source FOLDER --out FOLDER [OPTIONS]",
        .summary = "Compose the open ad data set from rendered scenes, in the PAd1M format.",
        .options
        = { { "source", "FOLDER", "Holds assets/catalogue.json and data/scenes/index.jsonl" },
            { "out", "FOLDER", "Gets train.json, valid.json, test.json and report.json" },
            { "train-users", "N", "Default: 20000" },
            { "valid-users", "N", "Default: 500" },
            { "test-users", "N", "Default: 500" },
            { "seed", "N", "The same seed gives the same bytes (default: 1)" },
            { "plain-tastes", "", "One style and manner a person, never anything else" },
            { "skip-picture-check", "", "Do not compare each cutout with its scene's entry" },
            { "json", "", "Write progress and results as JSON lines" } },
        .examples = { "dataset build --source shared --out data --train-users 2000" }
    };
    return { help, build };
}

} // namespace adtailor::cli
