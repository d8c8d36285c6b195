// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/vote_log.h"

#include "core/failure.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "study/plan_check.h"
#include "study/plan_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <limits>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr std::size_t hashDigits = 64;
constexpr std::size_t mostLogEntries = 1'000'000;
constexpr std::int64_t mostRaterNumber = 1'000'000'000;
constexpr std::int64_t mostMilliseconds = 24LL * 3600 * 1000;

class LogReader
{
public:
    LogReader(const std::string& what, const StudyIdentity& study, const StudyPlan& plan)
        : m_what(what)
        , m_study(study)
        , m_plan(plan)
    {
    }

    VoteLog read(std::string_view text)
    {
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            if (end == std::string_view::npos)
                corrupt("ends in the middle of a line");
            readLine(text.substr(0, end));
            text.remove_prefix(end + 1);
        }
        if (m_line == 0)
            corrupt("is empty");
        m_log.rater.cast = static_cast<int>(m_log.standing.size());
        m_log.rater.total = static_cast<int>(m_trials.size());
        return std::move(m_log);
    }

private:
    [[noreturn]] void corrupt(const std::string& why) const
    {
        throw Failure(ErrorCode::FileCorrupt,
                      "The vote log " + m_what + " cannot be used: it " + why
                          + "; take the file again from the computer that wrote it.");
    }

    [[noreturn]] void edited() const
    {
        corrupt("was changed after it was written (line " + std::to_string(m_line) + ')');
    }

    void readLine(std::string_view line)
    {
        ++m_line;
        if (m_line > mostLogEntries)
            corrupt("has too many entries");
        if (line.size() < hashDigits + 2 || line[hashDigits] != ' ')
            edited();
        const std::string text(line.substr(hashDigits + 1));
        if (chainedLine(m_log.lastHash, text) != line)
            edited();
        const json entry = parseStrictJson(text, m_what, { .depth = 6, .values = 1000 });
        try {
            if (m_line == 1)
                readHeader(entry);
            else
                readEntry(entry);
        } catch (const json::exception&) {
            corrupt("has a line that is no vote (line " + std::to_string(m_line) + ')');
        }
        m_log.lastHash = hashOfLine(line);
    }

    void readHeader(const json& entry)
    {
        if (entry.at("type") != "rater" || entry.at("format") != 1)
            corrupt("does not begin with its rater");
        checkStudy(entry);
        StudyRater& rater = m_log.rater;
        rater.id = entry.at("rater").get<std::string>();
        rater.name = entry.at("name").get<std::string>();
        rater.number = entry.at("number").get<std::int64_t>();
        if (rater.number < 0 || rater.number > mostRaterNumber || rater.name.empty()
            || rater.name.size() > 400)
            corrupt("names an impossible rater");
        m_trials = studyTrials(m_plan, rater.number);
    }

    void checkStudy(const json& entry) const
    {
        if (entry.at("study") == m_study.hash)
            return;
        const std::string name = entry.at("study_name").get<std::string>();
        const std::string version = std::to_string(entry.at("version").get<int>());
        if (name == m_study.name && entry.at("version") != m_study.version)
            throw Failure(ErrorCode::InvalidInput,
                          "The votes in " + m_what + " belong to another version of the study (v"
                              + version + ", not v" + std::to_string(m_study.version)
                              + "); open that version to see them.");
        throw Failure(ErrorCode::InvalidInput,
                      "The votes in " + m_what + " belong to another study (\"" + name.substr(0, 80)
                          + "\", v" + version + "), not to this one.");
    }

    void readEntry(const json& entry)
    {
        if (entry.at("seq") != m_log.entries + 1)
            edited();
        const auto time = entry.at("at").get<std::int64_t>();
        if (entry.at("type") == "undo") {
            if (m_log.standing.empty() || entry.at("trial") != m_log.standing.back().trial.index)
                corrupt("takes a vote back that does not stand");
            m_log.standing.pop_back();
        } else if (entry.at("type") == "vote") {
            readVote(entry, time);
        } else {
            corrupt("has an entry of a type that is not known");
        }
        ++m_log.entries;
        m_log.lastTime = time;
    }

    void readVote(const json& entry, std::int64_t time)
    {
        if (m_log.standing.size() >= m_trials.size())
            corrupt("has more votes than there are trials");
        const StudyTrial& trial = m_trials[m_log.standing.size()];
        if (entry.at("trial") != trial.index || entry.at("kind") != trialKindName(trial.kind)
            || entry.at("item") != trial.item || entry.at("sources") != json(trial.sources))
            corrupt("answers a trial that this rater was not shown");
        StudyVote vote{ .trial = trial,
                        .answer = answerFromJson(entry.at("answer")),
                        .castAt = time };
        checkAnswer(m_plan.question, vote.answer);
        vote.look = { entry.at("ms").get<std::int64_t>(), entry.at("shown_at").get<std::int64_t>(),
                      entry.at("zoomed").get<bool>() };
        if (vote.look.milliseconds < 0 || vote.look.milliseconds > mostMilliseconds)
            corrupt("has an impossible response time");
        vote.clockWentBack = entry.at("clock_back").get<bool>();
        m_log.standing.push_back(std::move(vote));
    }

    const std::string& m_what;
    const StudyIdentity& m_study;
    const StudyPlan& m_plan;
    std::vector<StudyTrial> m_trials;
    std::size_t m_line = 0;
    VoteLog m_log;
};

} // namespace

std::string chainedLine(const std::string& hashBefore, const std::string& entry)
{
    return sha256Hex(hashBefore + ' ' + entry) + ' ' + entry;
}

std::string hashOfLine(std::string_view line)
{
    return std::string(line.substr(0, hashDigits));
}

std::string headerEntry(const StudyIdentity& study, const StudyRater& rater)
{
    return json{
        { "type", "rater" },
        { "format", 1 },
        { "study", study.hash },
        { "study_name", study.name },
        { "version", study.version },
        { "rater", rater.id },
        { "name", rater.name },
        { "number", rater.number },
        { "created_at", unixMilliseconds() }
    }.dump();
}

std::string voteEntry(const VoteLog& log, const StudyVote& vote)
{
    return json{
        { "type", "vote" },
        { "seq", log.entries + 1 },
        { "trial", vote.trial.index },
        { "kind", trialKindName(vote.trial.kind) },
        { "item", vote.trial.item },
        { "sources", vote.trial.sources },
        { "answer", answerJson(vote.answer) },
        { "ms", vote.look.milliseconds },
        { "shown_at", vote.look.shownAt },
        { "zoomed", vote.look.zoomed },
        { "at", vote.castAt },
        { "clock_back", vote.clockWentBack },
        { "app", ADTAILOR_VERSION }
    }.dump();
}

std::string undoEntry(const VoteLog& log, std::int64_t time)
{
    return json{
        { "type", "undo" },
        { "seq", log.entries + 1 },
        { "trial", log.standing.back().trial.index },
        { "at", time }
    }.dump();
}

VoteLog readVoteLog(std::string_view text, const std::string& what, const StudyIdentity& study,
                    const StudyPlan& plan)
{
    return LogReader(what, study, plan).read(text);
}

std::int64_t unixMilliseconds()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace adtailor
