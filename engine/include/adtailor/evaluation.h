// Evaluation: what several systems made for one data set, scored item by item and compared.
//
// An evaluation's folder:
//   systems/NAME/...            ads of our own systems, in the public output tree
//   rows/NAME/N.json            scores of record N (from 1) by one system: what resuming keeps
//   report.html, report.json    means, intervals, differences, the paper's values, a contact sheet
//   means.csv, differences.csv, items.csv
//   times.csv                   seconds that the last run spent on each metric
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>
#include <adtailor/job.h>
#include <adtailor/pad1m.h>
#include <adtailor/statistics.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// What a system made of one record; what is empty it did not make.
struct SystemOutput
{
    std::optional<std::string> title;
    std::filesystem::path drawn; // the picture alone
    std::filesystem::path composed; // with the product's own pixels on top
};

struct SystemOutputs
{
    std::map<std::int64_t, SystemOutput> items; // by the record's number, from 1
    std::vector<std::string> issues; // one sentence each: what was left out
};

// A folder in the public output tree ({step}/pr_image/{n}.png, {step}_batch/{b}_{r}_layout.json; n
// counts records from 0), that tree's parents, or a CSV file with the column number (from 1) and
// any of title, drawn and image (paths beneath the file). records: how many the data set has.
// InvalidInput or FileCorrupt when nothing in it belongs to a record.
Result<SystemOutputs> readSystemOutputs(const std::filesystem::path& place, std::int64_t records);

// One ad to score. Pictures are RGB of scoredSide pixels a side, or empty.
struct AdToScore
{
    const Pad1mRecord* record = nullptr;
    std::optional<std::string> title;
    Image drawn, composed, target;
    Image placed; // the cutout on the ad's frame, RGBA
    // As the files hold them, RGB or RGBA, for models that shrink pictures in their own way: the
    // finished ad, or else what was drawn; the clicked ad.
    Image whole, wholeTarget;
};
inline constexpr int scoredSide = 256;

struct Metric
{
    std::string key; // "pbs": in files
    std::string name; // "PBS"
    std::string group; // the table it stands in: see tableGroups
    std::string about; // one sentence
    bool higherIsBetter = true;
    std::string missing; // why no system has it: "not installed"; empty: it is computed
};

// One row of the table of metrics: what is computed together. Values in the order of `metrics`;
// without a value where the ad lacks what it needs. Exceptions are problems of that item only.
struct Scorer
{
    std::vector<Metric> metrics;
    std::function<std::vector<std::optional<double>>(const AdToScore&)> score;
    std::string identity; // of the weights: rows that others scored are scored again; may be empty
};

// Titles and product fidelity, and the metrics that need weights, marked as not installed.
std::vector<Scorer> standardScorers();
// Takes the place of the metrics of the same keys.
void installScorer(std::vector<Scorer>& scorers, Scorer scorer);

struct EvaluatedSystem
{
    std::string name; // letters, digits, dots, - and _: names its folder
    std::string label; // for people
    std::filesystem::path outputs;
    std::map<std::int64_t, std::uint64_t> seeds; // of ads made here, by record
};

struct EvaluationOptions
{
    std::filesystem::path folder; // gets rows and report
    std::filesystem::path paperFile; // the published values; empty: none
    std::vector<EvaluatedSystem> systems; // the first is what the others are compared with
    std::vector<Scorer> scorers;
    std::function<Image(const Pad1mRecord&)> placedCutout; // RGBA, square
    BootstrapOptions bootstrap;
    std::int64_t lastRecord = 0; // of the whole file, where only a part is evaluated; 0: of these
    int sheetItems = 12; // records on the contact sheet
    bool scoreAgain = false; // do not keep rows
    std::string about; // the command, model and data set, for the report
};

struct SystemResult
{
    std::string name, label;
    std::int64_t expected = 0, scored = 0; // records; with anything to score
    std::vector<std::string> issues; // one sentence each, the first 20
    std::map<std::string, MeanEstimate> means; // by metric
    std::optional<double> distinct1, distinct2; // of all titles
};

struct Comparison
{
    std::string system, against; // names
    std::string metric;
    MeanEstimate difference; // system - against, over the records that both have
};

// What it took to compute metrics in this run, without reading the pictures.
struct ScorerTime
{
    std::vector<std::string> metrics; // keys
    std::int64_t ads = 0;
    double seconds = 0;
};

struct EvaluationSummary
{
    std::vector<Metric> metrics;
    std::vector<SystemResult> systems;
    std::vector<Comparison> comparisons; // every system with every one before it
    std::vector<ScorerTime> times; // of those that had anything to compute
};

// Scores what has no row yet, then writes the report.
Result<EvaluationSummary> evaluate(const std::vector<Pad1mRecord>& records,
                                   const EvaluationOptions& options, const JobControl& job = {});

} // namespace adtailor
