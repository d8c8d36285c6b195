// The result of a study: who won, how sure that is, how far raters agree, and what may be wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/statistics.h>
#include <adtailor/study.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// A number, or the reason why there is none; never NaN.
struct StudyValue
{
    std::optional<double> value;
    std::optional<Interval> interval; // at BootstrapOptions::level
    std::int64_t count = 0; // of what it was computed from: votes, ratings, units
    std::string note; // why there is no value or no interval, one sentence; may be empty
};

// One source in a ranking. Shares: 0 ... 1; ties and both bad count half a win.
struct SourceRank
{
    int source = 0;
    StudyValue rating; // 1000 + 400 log10 of the Bradley–Terry strength, with the sandwich interval
    std::optional<Interval> bootstrap; // of the rating
    StudyValue winRate;
    std::int64_t wins = 0, losses = 0, ties = 0, bothBad = 0; // a best-worst vote: several
};

// Two sources, as the matrix shows them: row beats column.
struct SourcePair
{
    int row = 0, column = 0;
    std::int64_t wins = 0, losses = 0, ties = 0, bothBad = 0; // of the row
    StudyValue winRate; // as voted, over the direct comparisons
    StudyValue probability; // by the model; interval: sandwich
    std::optional<Interval> bootstrap; // of the probability
    bool distinguishable = false; // both intervals lie on one side of ½
};

struct StudyRanking
{
    std::int64_t votes = 0;
    std::vector<SourceRank> sources; // best first; those without votes last
    std::vector<SourcePair> pairs; // every row with every other column
    std::string method; // what the intervals are drawn over, one sentence
    std::vector<std::string> notes; // what is wrong, one sentence each
};

enum class AgreementBand { Undefined, Low, Tentative, Reliable }; // <.667, <.80, .80 and more

struct StudyAgreement
{
    std::string name; // "Krippendorff's α, ordinal: layout"
    StudyValue value;
    AgreementBand band = AgreementBand::Undefined;
    std::string words; // one sentence
};

struct SideBias
{
    std::int64_t left = 0, right = 0; // decided votes
    StudyValue leftShare; // with Wilson interval
    std::optional<double> p; // exact binomial test against ½
    std::string words;
};

struct CriterionResult
{
    int source = 0;
    StudyCriterion criterion = StudyCriterion::Realism;
    StudyValue mean; // 1 ... 5
    StudyValue acceptable; // share
};

// The paper's form: ads whose picture (text) is acceptable in both of its criteria.
struct AcceptableResult
{
    int source = 0;
    StudyValue image, text; // shares
};

struct RaterResult
{
    StudyRater rater;
    std::string label; // the name, numbered where two raters share it
    std::int64_t votes = 0; // counted ones
    int catchesPassed = 0, catches = 0;
    int repeatsSame = 0, repeats = 0;
    std::optional<double> medianSeconds, fastestSeconds, slowestSeconds;
    std::optional<double> leftShare;
    int clockJumps = 0; // votes whose time of day lies before the one before
    std::vector<std::string> flags; // why to look twice, one sentence each; empty: nothing
};

struct StudySlice
{
    std::string by; // "category", "person" or "language"
    std::string name; // empty: items without one
    StudyRanking ranking; // intervals: sandwich only
    std::vector<CriterionResult> criteria; // of ratings
};

struct StudyReportOptions
{
    std::string category, person, language; // only items of this one; empty: all
    bool leaveOutFlagged = false;
    bool slices = true;
    BootstrapOptions bootstrap;
};

struct StudyReport
{
    std::string study, hash;
    int version = 1;
    StudyQuestion question = StudyQuestion::Pairwise;
    std::vector<std::string> sources;
    std::int64_t votes = 0; // counted ones
    std::int64_t items = 0; // that were voted on
    std::vector<std::string> summary; // the answer in plain words, one sentence each
    StudyRanking ranking; // empty for ratings
    std::vector<CriterionResult> criteria; // of ratings; by source, then criterion
    std::vector<AcceptableResult> acceptable; // of ratings
    SideBias sideBias; // of pairs
    std::vector<StudyAgreement> agreement;
    StudyValue repeatConsistency; // of all raters: the same answer with seats swapped
    std::vector<RaterResult> raters;
    int flagged = 0; // raters
    // The same without flagged raters; nothing when none is flagged or they are left out already.
    std::optional<StudyRanking> rankingWithoutFlagged;
    std::vector<CriterionResult> criteriaWithoutFlagged;
    std::vector<StudySlice> slices;
    std::vector<std::string> notes; // logs that could not be read and the like
};

// Logs that cannot be used are left out and noted. InvalidInput when nobody has voted.
Result<StudyReport> studyReport(const StudyFolder& study, const StudyReportOptions& options = {});

// Writes report.html (one file, nothing from outside), report.json, votes.csv, votes.jsonl and, for
// pairs and best-worst, arena.csv (model_a, model_b, winner …) into the folder `out`.
Result<StudyReport> writeStudyReport(const StudyFolder& study, const std::filesystem::path& out,
                                     const StudyReportOptions& options = {});

// The preference set for training: a new folder with preferences.jsonl and its pictures. A line for
// each item and pair of sources where more than half of the votes are for one of them (ties are for
// none): a PAd1M record of the chosen ad (f_path, gt_title_cn, sku_title_cn, word_list,
// f_path_trans, history_images, history_titles), which every reader of such records reads, with
// rejected_f_path, rejected_title, votes, margin, and the texts prompt, chosen and rejected.
// Items without a cutout have no f_path_trans, and training passes them over.
// Answers how many lines; InvalidInput when there is none, or for ratings.
Result<std::int64_t> exportPreferences(const StudyFolder& study,
                                       const std::filesystem::path& folder,
                                       bool leaveOutFlagged = true);

// How many votes a study needs, by simulation.
struct StudySizeOptions
{
    int raters = 6;
    int sources = 2;
    double tieShare = 0.15; // of votes that are ties or both bad
    double raterSpread = 0.3; // standard deviation of a rater's own taste, in log-odds
    std::uint64_t seed = 1;
    int studies = 400; // simulated ones for each size
};

struct StudySize
{
    double halfWidth = 0; // of the 95 % interval of one source's win rate against another, 0 ... 1
    std::int64_t votes = 0; // counted ones, of all raters together
};

// The widths that growing studies reach, from 20 votes up to 20,000.
std::vector<StudySize> studySizes(const StudySizeOptions& options);
// The votes for ± halfWidth; nothing when so few raters never reach it, however much they vote.
std::optional<std::int64_t> votesNeeded(double halfWidth, const StudySizeOptions& options);

// How often the intervals of a report hold the truth: studies simulated from known strengths.
struct StudyCoverageOptions
{
    std::vector<double> strengths{ 0.4, 0.1, -0.1, -0.4 }; // one for each source, log-odds
    int raters = 12;
    int items = 40;
    int votesPerRater = 60;
    double tieShare = 0.15;
    double raterSpread = 0.2, itemSpread = 0.2; // standard deviations of tastes, log-odds
    int studies = 2000;
    std::uint64_t seed = 1;
    BootstrapOptions bootstrap{ .resamples = 400 };
};

struct StudyCoverage
{
    std::string interval; // "rating, sandwich"
    std::int64_t intervals = 0, covered = 0;
    std::int64_t missing = 0; // where the report gave none
    double meanWidth = 0;
};

Result<std::vector<StudyCoverage>> studyCoverage(const StudyCoverageOptions& options,
                                                 const JobControl& job = {});

} // namespace adtailor
