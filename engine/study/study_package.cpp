// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/append_log.h"
#include "core/atomic_file.h"
#include "core/atomic_folder.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "study/container.h"
#include "study/plan_json.h"
#include "study/study_state.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr const char* packageKind = "package";
constexpr const char* votesKind = "votes";

std::set<std::string> picturesOf(const StudyPlan& plan)
{
    std::set<std::string> names;
    for (const StudyItem& item : plan.items) {
        for (const StudyAd& ad : item.ads)
            names.insert(ad.picture.filename().string());
    }
    for (const StudyCatch& broken : plan.catches)
        names.insert(broken.ad.picture.filename().string());
    return names;
}

// "pictures/<64 digits>.png": nothing else may be written from a foreign package.
bool isPictureName(const std::string& name)
{
    const std::string folder = std::string(studyPictureFolder) + '/';
    return name.starts_with(folder) && name.ends_with(".png") && name.size() == folder.size() + 68
        && name.find_first_not_of("0123456789abcdef", folder.size()) == name.size() - 4;
}

// Inside a study folder and inside a file of votes.
std::string logName(const std::string& raterId)
{
    return std::string(studyVoteFolder) + '/' + raterId + ".jsonl";
}

void unpack(const Container& container, const fs::path& folder, const JobControl& job)
{
    fs::create_directories(folder / studyPictureFolder);
    fs::create_directories(folder / studyVoteFolder);
    std::int64_t done = 0;
    for (const Container::Entry& entry : container.entries()) {
        throwIfCancelled(job);
        if (entry.name != studyPlanFile && !isPictureName(entry.name))
            throw Failure(ErrorCode::FileCorrupt,
                          "The study package holds a file that does not belong there (\""
                              + entry.name.substr(0, 80) + "\"); nothing was opened.");
        container.extract(entry, folder / entry.name);
        if (job.report)
            job.report(
                { .stage = Stage::Data, .done = ++done, .total = std::ssize(container.entries()) });
    }
}

struct FoundLog
{
    std::string what; // for sentences
    std::string text;
    std::string name; // in a file of votes; else empty
};

void addContainerLogs(const fs::path& place, std::vector<FoundLog>& logs)
{
    const Container container(place, votesKind, "file of votes");
    for (const Container::Entry& entry : container.entries())
        logs.push_back({ place.string() + " (" + entry.name.substr(0, 80) + ')',
                         container.text(entry, voteLogBytes), entry.name });
}

// A broken file among several is one refusal, not the end of the merge.
std::vector<FoundLog> foundLogs(const fs::path& place)
{
    std::vector<FoundLog> logs;
    std::error_code error;
    if (fs::is_directory(place, error)) {
        for (const fs::path& file : voteLogFiles(place))
            logs.push_back({ file.string(), readLog(file, voteLogBytes), {} });
        if (logs.empty())
            throw Failure(ErrorCode::InvalidInput, place.string() + " holds no votes.");
    } else if (isContainer(place)) {
        addContainerLogs(place, logs);
    } else {
        logs.push_back({ place.string(), readTextFile(place, voteLogBytes), {} });
    }
    return logs;
}

class Merger
{
public:
    Merger(const StudyFolder& study, bool sameNames)
        : m_study(study)
        , m_sameNames(sameNames)
        , m_raters(valueOrThrow(study.raters()))
    {
    }

    StudyMerge run(const std::vector<fs::path>& places)
    {
        for (const fs::path& place : places)
            guard([&] {
                for (const FoundLog& log : foundLogs(place))
                    guard([&] { take(log); });
            });
        return std::move(m_result);
    }

private:
    template<typename Work> void guard(const Work& work)
    {
        const auto done = guarded([&] { work(); });
        if (done)
            return;
        if (done.error().code == ErrorCode::DiskFull || done.error().code == ErrorCode::Internal)
            throw Failure(done.error().code, done.error().detail);
        m_result.refused.push_back(done.error().detail);
    }

    void take(const FoundLog& found)
    {
        const StudyPlan& plan = m_study.plan();
        const VoteLog log = readVoteLog(found.text, found.what,
                                        { plan.name, plan.version, m_study.hash() }, plan);
        const std::string& id = log.rater.id;
        if (!isRaterId(id) || (!found.name.empty() && found.name != logName(id)))
            throw Failure(ErrorCode::FileCorrupt, found.what + " names an impossible rater.");
        const fs::path file = m_study.folder() / logName(id);
        const auto known = std::ranges::find(m_raters, id, &StudyRater::id);
        if (known != m_raters.end())
            return extend(file, found);
        if (!m_sameNames
            && std::ranges::find(m_raters, log.rater.name, &StudyRater::name) != m_raters.end())
            throw Failure(ErrorCode::InvalidInput,
                          found.what + ": there is another rater called \"" + log.rater.name
                              + "\" already. If they are two people, merge again and say so; if it"
                                " is one person who rated twice, leave this file out.");
        writeFileAtomically(file, found.text);
        m_raters.push_back(log.rater);
        ++m_result.added;
    }

    // Either log must begin with the other: a rater's history is never written anew.
    void extend(const fs::path& file, const FoundLog& found)
    {
        const AppendLog lock(file, voteLogBytes,
                             found.what
                                 + ": this rater is voting in another window; close it and "
                                   "merge again.");
        if (lock.text().starts_with(found.text)) {
            ++m_result.unchanged;
        } else if (found.text.starts_with(lock.text())) {
            writeFileAtomically(file, found.text);
            ++m_result.extended;
        } else {
            throw Failure(ErrorCode::FileCorrupt,
                          found.what
                              + " contradicts the votes of the same rater that were merged before: "
                                "one of the two was edited. Nothing of it was merged.");
        }
    }

    const StudyFolder& m_study;
    bool m_sameNames;
    std::vector<StudyRater> m_raters;
    StudyMerge m_result;
};

} // namespace

Result<void> StudyFolder::exportPackage(const fs::path& file, int part, const JobControl& job) const
{
    return guarded([&] {
        if (part < 1 || part >= studyParts)
            throw Failure(ErrorCode::InvalidInput, "The part must lie between 1 and 996.");
        nlohmann::json whole = readJsonFile(m_folder / studyPlanFile, studyPlanBytes);
        whole["part"] = part;
        std::vector<ContainerItem> items{ { .name = studyPlanFile, .text = whole.dump() } };
        for (const std::string& name : picturesOf(m_plan))
            items.push_back({ .name = std::string(studyPictureFolder) + '/' + name,
                              .file = m_folder / studyPictureFolder / name });
        writeContainer(file, packageKind, items, job);
    });
}

Result<StudyFolder> StudyFolder::importPackage(const fs::path& file, const fs::path& folder,
                                               const JobControl& job)
{
    const auto unpacked = guarded([&] {
        const Container container(file, packageKind, "study package");
        requireEmptyFolder(folder,
                           "if this package was opened there before, go on in that folder, so that "
                           "no votes are lost; else name a new one.");
        writeFolderAtomically(folder, [&](const fs::path& unfinished) {
            unpack(container, unfinished, job);
            valueOrThrow(open(unfinished)); // a package that is not whole leaves nothing behind
        });
    });
    if (!unpacked)
        return unpacked.error();
    return open(folder);
}

Result<void> StudyFolder::exportVotes(const fs::path& file) const
{
    return guarded([&] {
        std::vector<ContainerItem> items;
        for (const fs::path& log : voteLogFiles(m_folder))
            items.push_back(
                { .name = logName(log.stem().string()), .text = readLog(log, voteLogBytes) });
        if (items.empty())
            throw Failure(ErrorCode::InvalidInput, "Nobody has rated yet: there are no votes.");
        writeContainer(file, votesKind, items, {});
    });
}

Result<StudyMerge> StudyFolder::merge(const std::vector<fs::path>& places, bool sameNames) const
{
    return guarded([&] { return Merger(*this, sameNames).run(places); });
}

} // namespace adtailor
