// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "core/utf8.h"
#include "study/plan_check.h"
#include "study/plan_json.h"
#include "study/study_state.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* studyFormat = "adtailor-study";
constexpr std::size_t longestRaterName = 100;
constexpr std::size_t mostRaters = 10'000;

[[noreturn]] void changedStudy(const fs::path& file)
{
    throw Failure(ErrorCode::FileCorrupt,
                  file.string()
                      + " was changed after the study started, so its votes prove nothing any more;"
                        " take the file from a copy, or start a new version.");
}

json readPart(const fs::path& file)
{
    return parseStrictJson(readTextFile(file, studyPlanBytes), file.string());
}

// The labels and people, when this folder may know them.
json readOrigin(const fs::path& file, const std::string& seal, std::size_t items)
{
    std::error_code error;
    if (!fs::exists(file, error))
        return nullptr;
    const std::string text = readTextFile(file, studyPlanBytes);
    json origin = parseStrictJson(text, file.string());
    if (sha256Hex(text) != seal || origin.at("items").size() != items)
        changedStudy(file);
    return origin;
}

void findPictures(StudyPlan& plan, const fs::path& folder)
{
    const auto find = [&](StudyAd& ad) {
        ad.picture = folder / studyPictureFolder / ad.picture.filename();
        std::error_code error;
        if (!fs::is_regular_file(ad.picture, error))
            throw Failure(ErrorCode::FileNotFound,
                          "The study lacks its picture " + ad.picture.string()
                              + "; copy the whole folder, or open the package again.");
    };
    for (StudyItem& item : plan.items)
        std::ranges::for_each(item.ads, find);
    for (StudyCatch& broken : plan.catches)
        find(broken.ad);
}

std::string trimmedName(const std::string& name)
{
    const std::string text = repairedUtf8(name);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string randomId()
{
    static constexpr const char* digits = "0123456789abcdef";
    std::random_device random;
    std::string id = "r-";
    for (int i = 0; i < 16; ++i)
        id += digits[random() & 15U];
    return id;
}

} // namespace

void requireEmptyFolder(const fs::path& folder, const std::string& what)
{
    std::error_code error;
    if (fs::exists(folder, error)
        && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)))
        throw Failure(ErrorCode::InvalidInput, folder.string() + " is not empty: " + what);
}

std::vector<fs::path> voteLogFiles(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder / studyVoteFolder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".jsonl" && isRaterId(entry->path().stem().string()))
            files.push_back(entry->path());
        if (files.size() > mostRaters)
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " has more than " + std::to_string(mostRaters)
                              + " raters.");
    }
    std::ranges::sort(files);
    return files;
}

bool isRaterId(const std::string& id)
{
    return id.size() == 18 && id.starts_with("r-")
        && id.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
}

Result<StudyFolder> StudyFolder::open(const fs::path& folder)
{
    return guarded([&] {
        const fs::path file = folder / studyPlanFile;
        const json whole = readPart(file);
        StudyFolder study;
        study.m_folder = fs::absolute(folder);
        try {
            if (whole.at("format") != studyFormat || whole.at("format_version") != 1)
                throw Failure(ErrorCode::FileCorrupt,
                              file.string() + " is not a study of this program's version.");
            const json& plan = whole.at("plan");
            study.m_hash = whole.at("hash").get<std::string>();
            if (sha256Hex(plan.dump()) != study.m_hash)
                changedStudy(file);
            study.m_part = whole.at("part").get<int>();
            const json origin = readOrigin(folder / studyOriginFile, plan.at("seal"),
                                           plan.at("plan").at("items").size());
            study.m_knowsOrigin = !origin.is_null();
            study.m_plan = joined(plan.at("plan"), origin);
        } catch (const json::exception&) {
            throw Failure(ErrorCode::FileCorrupt, file.string() + " is not a study.");
        }
        if (study.m_part < 0 || study.m_part >= studyParts)
            throw Failure(ErrorCode::FileCorrupt, file.string() + " has an impossible part.");
        checkPlan(study.m_plan, false);
        findPictures(study.m_plan, study.m_folder);
        return study;
    });
}

Result<std::vector<StudyRater>> StudyFolder::raters(std::vector<std::string>* damaged) const
{
    return guarded([&] {
        std::vector<StudyRater> raters;
        for (const fs::path& file : voteLogFiles(m_folder)) {
            const auto rater = guarded([&] {
                return readVoteLog(readLog(file, voteLogBytes), file.string(),
                                   { m_plan.name, m_plan.version, m_hash }, m_plan)
                    .rater;
            });
            if (rater)
                raters.push_back(*rater);
            else if (damaged != nullptr)
                damaged->push_back(rater.error().detail);
        }
        std::ranges::stable_sort(raters, {}, &StudyRater::name);
        return raters;
    });
}

Result<StudyRater> StudyFolder::addRater(const std::string& name) const
{
    return guarded([&] {
        StudyRater rater{ .id = randomId(), .name = trimmedName(name), .number = m_part };
        if (rater.name.empty() || rater.name.size() > longestRaterName)
            throw Failure(ErrorCode::InvalidInput,
                          "A rater needs a name of at most " + std::to_string(longestRaterName)
                              + " bytes.");
        for (const StudyRater& other : valueOrThrow(raters())) {
            if (other.name == rater.name)
                throw Failure(ErrorCode::InvalidInput,
                              "There is already a rater called \"" + rater.name
                                  + "\" here: go on as that rater, or choose another name.");
            if (other.number % studyParts == m_part)
                rater.number = std::max(rater.number, other.number + studyParts);
        }
        rater.total = static_cast<int>(studyTrials(m_plan, rater.number).size());
        std::error_code error;
        fs::create_directory(m_folder / studyVoteFolder, error);
        const std::string header = headerEntry({ m_plan.name, m_plan.version, m_hash }, rater);
        writeFileAtomically(m_folder / studyVoteFolder / (rater.id + ".jsonl"),
                            chainedLine("", header) + '\n');
        return rater;
    });
}

Result<StudySession> StudyFolder::rate(const std::string& raterId) const
{
    return guarded([&] {
        if (!isRaterId(raterId))
            throw Failure(ErrorCode::InvalidInput,
                          "\"" + raterId.substr(0, 80) + "\" is no rater.");
        const fs::path file = m_folder / studyVoteFolder / (raterId + ".jsonl");
        AppendLog log(file, voteLogBytes,
                      "This rater's votes are open in another window; close that one first.");
        VoteLog votes = readVoteLog(log.text(), file.string(),
                                    { m_plan.name, m_plan.version, m_hash }, m_plan);
        auto trials = studyTrials(m_plan, votes.rater.number);
        return StudySession(std::make_unique<StudySession::State>(
            StudySession::State{ m_plan, std::move(log), std::move(votes), std::move(trials) }));
    });
}

Result<std::vector<StudyVote>> StudyFolder::votes(const std::string& raterId) const
{
    return guarded([&] {
        const fs::path file = m_folder / studyVoteFolder / (raterId + ".jsonl");
        return readVoteLog(readLog(file, voteLogBytes), file.string(),
                           { m_plan.name, m_plan.version, m_hash }, m_plan)
            .standing;
    });
}

} // namespace adtailor
