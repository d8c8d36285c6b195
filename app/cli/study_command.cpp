// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"
#include "study_verbs.h"

#include <adtailor/study_report.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace adtailor::cli {

namespace {

using nlohmann::json;

std::filesystem::path outOf(const Arguments& arguments)
{
    const auto out = arguments.path("out");
    if (!out)
        throw Failure(ErrorCode::InvalidInput, "Say where with --out; see adtailor study --help.");
    return *out;
}

StudyFolder studyOf(const Arguments& arguments)
{
    if (arguments.positionals().size() < 2)
        throw Failure(ErrorCode::InvalidInput,
                      "Name the study's folder; see adtailor study --help.");
    return valueOrThrow(StudyFolder::open(arguments.positionals()[1]));
}

void create(const Arguments& arguments, const Context& context)
{
    const auto out = outOf(arguments);
    const StudyPlan plan = studyPlanOf(arguments, context);
    const StudyFolder study = valueOrThrow(StudyFolder::create(out, plan, watchedJob(context)));
    const std::size_t trials = studyTrials(study.plan(), 0).size();
    context.console.result("The study is frozen in " + out.string() + ": "
                               + std::to_string(plan.items.size()) + " items, "
                               + std::to_string(plan.sources.size()) + " sources, "
                               + std::to_string(trials) + " trials for each rater, hash "
                               + study.hash().substr(0, 12) + '.',
                           json{ { "event", "done" },
                                 { "items", plan.items.size() },
                                 { "sources", plan.sources.size() },
                                 { "trials", trials },
                                 { "version", plan.version },
                                 { "hash", study.hash() } }
                               .dump());
}

void package(const Arguments& arguments, const Context& context)
{
    const auto out = outOf(arguments);
    const int part
        = static_cast<int>(std::clamp<std::int64_t>(arguments.integerOr("part", 1), 0, 1'000'000));
    valueOrThrow(studyOf(arguments).exportPackage(out, part, watchedJob(context)));
    context.console.result("The package for machine " + std::to_string(part) + " is " + out.string()
                               + ".",
                           json{ { "event", "done" }, { "part", part } }.dump());
}

void openPackage(const Arguments& arguments, const Context& context)
{
    const auto out = outOf(arguments);
    if (arguments.positionals().size() < 2)
        throw Failure(ErrorCode::InvalidInput, "Name the package; see adtailor study --help.");
    const StudyFolder study = valueOrThrow(
        StudyFolder::importPackage(arguments.positionals()[1], out, watchedJob(context)));
    context.console.result("\"" + study.plan().name + "\" is ready to be rated in " + out.string()
                               + '.',
                           json{ { "event", "done" }, { "hash", study.hash() } }.dump());
}

void exportVotes(const Arguments& arguments, const Context& context)
{
    const auto out = outOf(arguments);
    valueOrThrow(studyOf(arguments).exportVotes(out));
    context.console.result("The votes are in " + out.string() + '.',
                           json{ { "event", "done" } }.dump());
}

int merge(const Arguments& arguments, const Context& context)
{
    const StudyFolder study = studyOf(arguments);
    const auto& words = arguments.positionals();
    if (words.size() < 3)
        throw Failure(ErrorCode::InvalidInput,
                      "merge needs the study and at least one file of votes.");
    const StudyMerge merged = valueOrThrow(
        study.merge({ words.begin() + 2, words.end() }, arguments.has("same-names")));
    for (const std::string& sentence : merged.refused)
        context.console.warn(sentence);
    context.console.result(std::to_string(merged.added) + " raters added, "
                               + std::to_string(merged.extended) + " with new votes, "
                               + std::to_string(merged.unchanged) + " unchanged, "
                               + std::to_string(merged.refused.size()) + " refused.",
                           json{ { "event", "done" },
                                 { "added", merged.added },
                                 { "extended", merged.extended },
                                 { "unchanged", merged.unchanged },
                                 { "refused", merged.refused } }
                               .dump());
    return merged.refused.empty() ? 0 : exitPartial;
}

void report(const Arguments& arguments, const Context& context)
{
    const auto out = outOf(arguments);
    StudyReportOptions options{ .category = arguments.textOr("category", ""),
                                .person = arguments.textOr("person", ""),
                                .language = arguments.textOr("language", ""),
                                .leaveOutFlagged = arguments.has("without-flagged") };
    options.bootstrap.resamples = static_cast<int>(
        std::clamp<std::int64_t>(arguments.integerOr("resamples", 2000), 100, 100'000));
    options.bootstrap.seed = arguments.unsignedOr("seed", 0);
    const StudyReport report = valueOrThrow(writeStudyReport(studyOf(arguments), out, options));
    for (const std::string& note : report.notes)
        context.console.warn(note);
    for (const std::string& sentence : report.summary)
        context.console.result(sentence,
                               json{ { "event", "summary" }, { "text", sentence } }.dump());
    context.console.result(std::to_string(report.votes) + " votes by "
                               + std::to_string(report.raters.size()) + " raters, "
                               + std::to_string(report.flagged) + " flagged; see "
                               + (out / "report.html").string() + '.',
                           json{ { "event", "done" },
                                 { "votes", report.votes },
                                 { "raters", report.raters.size() },
                                 { "flagged", report.flagged } }
                               .dump());
}

void preferences(const Arguments& arguments, const Context& context)
{
    const auto out = outOf(arguments);
    const std::int64_t count
        = valueOrThrow(exportPreferences(studyOf(arguments), out, !arguments.has("with-flagged")));
    context.console.result(std::to_string(count) + " preferences are in "
                               + (out / "preferences.jsonl").string() + '.',
                           json{ { "event", "done" }, { "preferences", count } }.dump());
}

void simulate(const Arguments& arguments, const Context& context)
{
    if (arguments.has("coverage"))
        simulateCoverage(arguments, context);
    else if (arguments.has("size"))
        simulateSize(arguments, context);
    else if (arguments.positionals().size() == 2)
        simulateRaters(arguments, context);
    else
        throw Failure(ErrorCode::InvalidInput,
                      "simulate needs --coverage, --size PERCENT or a study's folder.");
}

int run(const Arguments& arguments, const Context& context)
{
    const std::vector<std::string>& words = arguments.positionals();
    const std::string verb = words.empty() ? "" : words[0];
    if (verb == "merge")
        return merge(arguments, context);
    arguments.allowPositionals(2);
    if (verb == "create")
        create(arguments, context);
    else if (verb == "package")
        package(arguments, context);
    else if (verb == "open")
        openPackage(arguments, context);
    else if (verb == "votes")
        exportVotes(arguments, context);
    else if (verb == "report")
        report(arguments, context);
    else if (verb == "preferences")
        preferences(arguments, context);
    else if (verb == "simulate")
        simulate(arguments, context);
    else
        throw Failure(ErrorCode::InvalidInput,
                      "Say create, package, open, votes, merge, report, preferences or simulate; "
                      "see adtailor study --help.");
    return 0;
}

std::vector<Option> studyOptions()
{
    return {
        { "out", "PATH", "The folder or file to write" },
        { "source", "LABEL=PLACE",
          "create: ads of one source: a folder of pictures (same names in all), or with --records "
          "what evaluate takes",
          true },
        { "records", "FILE", "create: the PAd1M data set that the sources' ads are numbered by" },
        { "root", "FOLDER", "create: where the data set's paths begin (default: its folder)" },
        { "items", "FILE", "create: JSON of product, person, category, language for each item" },
        { "name", "TEXT", "create: the study's name" },
        { "instruction", "TEXT", "create: the question that raters read" },
        { "question", "KIND", "create: pairwise, rating or best-worst (default: pairwise)" },
        { "trials", "N", "create: counted trials for each rater (default: all)" },
        { "catch-every", "N", "create: one broken ad in so many trials, 0 none (default: 10)" },
        { "repeats", "SHARE", "create: shown again with seats swapped (default: 0.08)" },
        { "practice", "N", "create: trials before the first counted one (default: 3)" },
        { "minimum-time", "SECONDS", "create: before a vote is taken (default: 1)" },
        { "break-every", "N", "create: trials between breaks, 0 none (default: 20)" },
        { "follows", "STUDY", "create: this is the next version of that study" },
        { "part", "N", "package: another number for each machine, 1 to 996 (default: 1)" },
        { "same-names", "", "merge: raters of one name are different people" },
        { "category", "TEXT", "report: only items of this category" },
        { "person", "TEXT", "report: only items of this person" },
        { "language", "TEXT", "report: only items of this language" },
        { "without-flagged", "", "report: leave out flagged raters" },
        { "with-flagged", "", "preferences: count flagged raters too" },
        { "resamples", "N", "report: of the bootstrap (default: 2000)" },
        { "coverage", "", "simulate: how often intervals hold the truth" },
        { "size", "PERCENT", "simulate: the votes needed for a win rate to ± PERCENT" },
        { "raters", "N", "simulate: made-up raters" },
        { "rater", "NAME", "simulate: go on as this one" },
        { "tell", "", "simulate: a line for each vote that is stored" },
        { "sources", "N", "simulate: without a study" },
        { "studies", "N", "simulate: for --coverage (default: 2000)" },
        { "votes", "N", "simulate: for each rater" },
        { "step", "X", "simulate: log-odds from one source to the next" },
        { "spread", "X", "simulate: how far tastes differ, log-odds" },
        { "seed", "N", "Of seats and orders, of bootstraps and simulations" },
        { "json", "", "Write progress and results as JSON lines" },
    };
}

} // namespace

Command studyCommand()
{
    CommandHelp help{
        .name = "study",
        .usage = "study create [PLAN.json] | package STUDY | open PACKAGE | votes STUDY | merge "
                 "STUDY FILE... | report STUDY | preferences STUDY | simulate [STUDY] [OPTIONS]",
        .summary
        = "Compare ads blind with people: plan, packages for other machines, merge, report.",
        .options = studyOptions(),
        .examples
        = { "study create --source Own=ads-own --source None=ads-none --name Lamps --out lamps",
            "study package lamps --part 2 --out lamps-2.adstudy",
            "study merge lamps returned.advotes", "study report lamps --out report",
            "study preferences lamps --out preferences", "study simulate --size 7 --raters 9" }
    };
    return { help, run };
}

} // namespace adtailor::cli
