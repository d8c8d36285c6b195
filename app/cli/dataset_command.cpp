// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "dataset_lint.h"
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

int run(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(2);
    const std::vector<std::string>& words = arguments.positionals();
    if (words == std::vector<std::string>{ "build" })
        return build(arguments, context);
    if (words.size() == 2 && words[0] == "lint")
        return lintFile(words[1], arguments, context);
    throw Failure(ErrorCode::InvalidInput,
                  "Say adtailor dataset build, or dataset lint FILE; see adtailor dataset --help.");
}

} // namespace

Command datasetCommand()
{
    CommandHelp help{
        .name = "dataset",
        .usage = "dataset build --source FOLDER --out FOLDER [OPTIONS]\n"
                 "       adtailor dataset lint FILE [--root FOLDER] [--columns FILE] [OPTIONS]",
        .summary
        = "Compose the open ad data set (build), or tell what is wrong with one, record by "
          "record (lint).",
        .options
        = { { "source", "FOLDER", "Holds assets/catalogue.json and data/scenes/index.jsonl" },
            { "out", "FOLDER", "Gets train.json, valid.json, test.json and report.json" },
            { "train-users", "N", "Default: 20000" },
            { "valid-users", "N", "Default: 500" },
            { "test-users", "N", "Default: 500" },
            { "seed", "N", "The same seed gives the same bytes (default: 1)" },
            { "plain-tastes", "", "One style and manner a person, never anything else" },
            { "skip-picture-check", "", "Do not compare each cutout with its scene's entry" },
            { "root", "FOLDER",
              "lint: the pictures lie beneath (default: FILE's folder). FILE is PAd1M JSON, JSON "
              "Lines (.jsonl) or CSV with a header (.csv, .tsv). Exit code 0: every record can be "
              "trained on; 9: some cannot" },
            { "columns", "FILE",
              "lint: JSON object, PAd1M's field -> your column, and \"list_separator\" of cells "
              "that hold lists (default |); \"columns\" in run.json is the same" },
            { "shortest-history", "N", "lint: warn below so many items (default: 10)" },
            { "longest-title", "N", "lint: warn above so many characters (default: 120)" },
            { "json", "", "Write progress and results as JSON lines" } },
        .examples = { "dataset build --source shared --out data --train-users 2000",
                      "dataset lint clicks.csv --columns columns.json --json" }
    };
    return { help, run };
}

} // namespace adtailor::cli
