// Study: ads compared blind by people. A study is a folder with a frozen plan, its pictures and one
// vote log for each rater; this header is all that a window needs to build, rate and merge one.
// Reports stand in <adtailor/study_report.h>.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace adtailor {

struct Pad1mRecord;
struct SystemOutputs;

enum class StudyQuestion {
    Pairwise, // two ads: left, right, equally good, both bad
    Rating, // one ad on the four criteria: 1 ... 5, and acceptable or not
    BestWorst, // four ads: the best and the worst one
};

enum class StudyCriterion { Realism, Layout, TextAccuracy, TextFluency }; // the paper's
inline constexpr int studyCriteria = 4;

struct StudyAd
{
    std::filesystem::path picture;
    std::string title; // may be empty
};

// One product for one person, as every source shows it.
struct StudyItem
{
    std::string product; // its description; raters may see it
    std::vector<StudyAd> ads; // one for each source, in their order

    // Raters never see what follows, and packages do not hold it.
    std::string id; // for exports: unique, not empty
    std::string person, category, language; // for slices of the report; may be empty
    std::vector<std::string> sellingPoints; // these three: for preference sets
    std::filesystem::path cutout;
    std::vector<StudyAd> history; // what the person clicked, oldest first
};

// The broken ad of a catch trial, beside whole ones of the same item; made by StudyFolder::create.
struct StudyCatch
{
    int item = 0;
    StudyAd ad;
};

struct StudyPlan
{
    std::string name;
    int version = 1; // an edited plan of a started study is a new study with the next number
    std::string follows; // the hash of the version before; empty for the first
    StudyQuestion question = StudyQuestion::Pairwise;
    std::string instruction; // shown over every trial; empty: the window's own
    std::vector<std::string> sources; // labels for the report; raters never see them; 2 ... 20
    std::vector<StudyItem> items; // 1 ... 10,000
    std::vector<StudyCatch> catches; // filled by StudyFolder::create
    std::uint64_t seed = 0; // of seats and orders
    int trialsPerRater = 0; // counted ones; 0: all
    int catchEvery = 10; // one catch in so many counted trials; 0: none
    double repeatShare = 0.08; // of the counted trials shown again with seats swapped; 0 ... 0.5
    int practice = 3; // trials before the first counted one
    double minimumSeconds = 1; // before a vote is taken; 0 ... 60
    int breakEvery = 20; // trials between two offers of a break; 0: none
};

inline constexpr int brokenAd = -1; // in StudyTrial::sources

enum class TrialKind { Practice, Counted, Catch, Repeat };

// What a rater sees in one go.
struct StudyTrial
{
    int index = 0; // in the rater's order, from 0
    TrialKind kind = TrialKind::Counted;
    int item = 0;
    std::vector<int> sources; // by seat, from the left; brokenAd in a catch. Never show them.
    int repeats = -1; // the index of the trial that this one shows again
};

// The trials of rater `number` (see StudyRater), in order: a pure function of the plan. Over raters
// every pair of ads takes both seats equally often (every place, with four ads).
std::vector<StudyTrial> studyTrials(const StudyPlan& plan, std::int64_t number);

enum class PairChoice { None, Left, Right, Tie, BothBad };

struct CriterionAnswer
{
    int score = 0; // 1 ... 5
    bool acceptable = false;
};

// Only what the question asks is filled.
struct StudyAnswer
{
    PairChoice choice = PairChoice::None; // Pairwise
    std::vector<CriterionAnswer> criteria; // Rating: four, in StudyCriterion's order
    int best = -1, worst = -1; // BestWorst: seats, 0 ... 3, not the same
};

// How the trial was looked at. Times of day may jump, so the duration is measured on its own.
struct StudyLook
{
    std::int64_t milliseconds = 0; // from showing to answering, of a steady clock; 0 ... 1 day
    std::int64_t shownAt = 0; // Unix time in milliseconds
    bool zoomed = false;
};

struct StudyVote
{
    StudyTrial trial;
    StudyAnswer answer;
    StudyLook look;
    std::int64_t castAt = 0; // Unix time in milliseconds
    bool clockWentBack = false; // the computer's clock stood before that of the entry before
};

struct StudyRater
{
    std::string id; // names the log; letters, digits and -
    std::string name; // as typed
    std::int64_t number = 0; // decides which trials, in which seats
    int cast = 0, total = 0; // trials; all kinds
};

// One rater at work. Holds the rater's log alone: a second session of the same rater is refused,
// in this process or another.
class StudySession
{
public:
    StudySession(StudySession&&) noexcept;
    StudySession& operator=(StudySession&&) noexcept;
    ~StudySession();

    const StudyRater& rater() const;
    const std::vector<StudyTrial>& trials() const;
    // The trial to answer now, nullptr when all are done. After a crash it is the same one.
    const StudyTrial* current() const;
    // The ads of a trial by seat; pictures are PNG files without metadata.
    std::vector<StudyAd> shown(const StudyTrial& trial) const;
    std::vector<StudyVote> votes() const; // standing ones, in order

    // The vote is on the disk when this returns; on an error it is not cast and the trial stays.
    // InvalidInput: an answer that does not fit the question; DiskFull: free space, try again.
    Result<void> cast(const StudyAnswer& answer, const StudyLook& look);
    // Takes the last standing vote back (the log keeps both). InvalidInput when there is none.
    Result<void> undo();

private:
    friend class StudyFolder;
    struct State;
    explicit StudySession(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// What a merge did with each log it found.
struct StudyMerge
{
    int added = 0; // raters who were not there
    int extended = 0; // raters with new votes
    int unchanged = 0; // logs that brought nothing new
    std::vector<std::string> refused; // one sentence for each log that was not merged
};

// A study on disk: study.json (the frozen plan), origin.json (what raters must not know: labels,
// people, histories; absent in packages, sealed by a hash in study.json), pictures/, votes/.
class StudyFolder
{
public:
    // Freezes a plan: checks it, copies every picture without metadata under a name that tells
    // nothing, makes the broken ads of catch trials. `folder` must not exist or be empty; whole or
    // absent. InvalidInput, FileNotFound or FileCorrupt name the first item that is wrong.
    static Result<StudyFolder> create(const std::filesystem::path& folder, const StudyPlan& plan,
                                      const JobControl& job = {});
    // FileCorrupt when the plan or its origin was changed after the start.
    static Result<StudyFolder> open(const std::filesystem::path& folder);

    const std::filesystem::path& folder() const { return m_folder; }
    const StudyPlan& plan() const { return m_plan; } // pictures are absolute paths
    const std::string& hash() const { return m_hash; } // of the frozen plan, 64 hexadecimal digits
    bool knowsOrigin() const { return m_knowsOrigin; } // false in an opened package

    // Sorted by name. A log that cannot be used keeps nobody else from rating: it is left out, with
    // its sentence in `damaged`.
    Result<std::vector<StudyRater>> raters(std::vector<std::string>* damaged = nullptr) const;
    // InvalidInput for an empty name and for one that a rater has already.
    Result<StudyRater> addRater(const std::string& name) const;
    Result<StudySession> rate(const std::string& raterId) const;
    // The standing votes of a rater, from the log as it is on disk.
    Result<std::vector<StudyVote>> votes(const std::string& raterId) const;

    // The study as one file for another machine, without labels, people and votes. part: 1 ... 996,
    // another number for each machine, so that seats stay balanced over all of them.
    Result<void> exportPackage(const std::filesystem::path& file, int part,
                               const JobControl& job = {}) const;
    // Unpacks into `folder`, which must not exist or be empty. A package that is opened a second
    // time into the same place is refused, so that no votes are lost.
    static Result<StudyFolder> importPackage(const std::filesystem::path& file,
                                             const std::filesystem::path& folder,
                                             const JobControl& job = {});
    // All votes of this folder as one file, to be sent back.
    Result<void> exportVotes(const std::filesystem::path& file) const;
    // Takes over votes from files of exportVotes, single logs (.jsonl) or other study folders.
    // Merging again changes nothing. Refused, each with a sentence: votes of another study or
    // version, logs that were edited, logs that contradict what was merged before, a second rater
    // of the same name (unless sameNames says that they are different people).
    Result<StudyMerge> merge(const std::vector<std::filesystem::path>& places,
                             bool sameNames = false) const;

private:
    std::filesystem::path m_folder;
    StudyPlan m_plan;
    std::string m_hash;
    bool m_knowsOrigin = false;
    int m_part = 0;
};

// A plan as a JSON file, before the study starts; paths may be relative to the file.
Result<void> saveStudyPlan(const StudyPlan& plan, const std::filesystem::path& file);
Result<StudyPlan> readStudyPlan(const std::filesystem::path& file);

// What was left out while a plan was put together, one sentence each.
struct StudyDraft
{
    StudyPlan plan; // sources and items only
    std::vector<std::string> issues;
};

struct LabelledFolder
{
    std::string label;
    std::filesystem::path folder;
};
// Items are the pictures that all folders have under the same name (without the ending). Titles and
// briefs are read from the .json of a saved ad, titles else from a .txt of the same name.
Result<StudyDraft> studyFromFolders(const std::vector<LabelledFolder>& sources);

// Items are the records for which every source made a picture (the composed one if there is one).
Result<StudyDraft>
studyFromRecords(const std::vector<Pad1mRecord>& records,
                 const std::vector<std::pair<std::string, SystemOutputs>>& sources);

// Throws nothing: the first thing that is wrong with a plan, before anything is copied.
Result<void> checkStudyPlan(const StudyPlan& plan);

} // namespace adtailor
