// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/csv_cell.h"
#include "core/failure.h"
#include "study/plan_json.h"
#include "study/report_writers.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

using Json = nlohmann::ordered_json;

std::string csvRow(const std::vector<std::string>& cells)
{
    std::string row;
    for (const std::string& text : cells)
        row += (&text == cells.data() ? "" : ",") + csvQuotedIfNeeded(withoutFormula(text));
    return row + "\r\n";
}

std::string sourceLabel(const StudyPlan& plan, int source)
{
    return source == brokenAd ? "(broken)" : plan.sources[static_cast<std::size_t>(source)];
}

std::string winnerLabel(const StudyPlan& plan, const StudyVote& vote)
{
    const auto at = [&](int seat) {
        return sourceLabel(plan, vote.trial.sources.at(static_cast<std::size_t>(seat)));
    };
    if (vote.answer.best >= 0)
        return at(vote.answer.best);
    if (vote.answer.choice == PairChoice::Left || vote.answer.choice == PairChoice::Right)
        return at(vote.answer.choice == PairChoice::Left ? 0 : 1);
    return vote.answer.choice == PairChoice::None ? "" : pairChoiceName(vote.answer.choice);
}

Json voteObject(const StudyPlan& plan, const RaterVotes& rater, const StudyVote& vote)
{
    const StudyItem& item = plan.items[static_cast<std::size_t>(vote.trial.item)];
    Json seats = Json::array();
    for (const int source : vote.trial.sources)
        seats.push_back(sourceLabel(plan, source));
    Json object{ { "rater", rater.label },      { "rater_id", rater.rater.id },
                 { "trial", vote.trial.index }, { "kind", trialKindName(vote.trial.kind) },
                 { "item", item.id },           { "product", item.product },
                 { "person", item.person },     { "category", item.category },
                 { "language", item.language }, { "seats", seats } };
    if (plan.question == StudyQuestion::Pairwise)
        object["choice"] = pairChoiceName(vote.answer.choice);
    if (plan.question == StudyQuestion::BestWorst)
        object["worst"]
            = sourceLabel(plan, vote.trial.sources.at(static_cast<std::size_t>(vote.answer.worst)));
    if (plan.question != StudyQuestion::Rating)
        object["winner"] = winnerLabel(plan, vote);
    for (std::size_t i = 0; i < vote.answer.criteria.size(); ++i) {
        const std::string name = criterionName(static_cast<int>(i));
        object[name] = vote.answer.criteria[i].score;
        object[name + "_acceptable"] = vote.answer.criteria[i].acceptable;
    }
    object["ms"] = vote.look.milliseconds;
    object["zoomed"] = vote.look.zoomed;
    object["shown_at"] = vote.look.shownAt;
    object["cast_at"] = vote.castAt;
    object["clock_went_back"] = vote.clockWentBack;
    return object;
}

std::string dumpedText(const Json& value, int indent = -1)
{
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string plainText(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (!value.is_array())
        return dumpedText(value);
    std::string text;
    for (const Json& one : value)
        text += (text.empty() ? "" : " | ") + one.get<std::string>();
    return text;
}

Json valueJson(const StudyValue& value)
{
    Json object{ { "value", value.value ? Json(*value.value) : Json() }, { "n", value.count } };
    if (value.interval)
        object["interval"] = { value.interval->low, value.interval->high };
    if (!value.note.empty())
        object["note"] = value.note;
    return object;
}

Json rankingJson(const StudyReport& report, const StudyRanking& ranking)
{
    Json sources = Json::array(), pairs = Json::array();
    const auto label = [&](int source) { return report.sources[static_cast<std::size_t>(source)]; };
    for (const SourceRank& one : ranking.sources) {
        Json object{ { "source", label(one.source) },
                     { "rating", valueJson(one.rating) },
                     { "win_rate", valueJson(one.winRate) },
                     { "wins", one.wins },
                     { "losses", one.losses },
                     { "ties", one.ties },
                     { "both_bad", one.bothBad } };
        if (one.bootstrap)
            object["rating"]["bootstrap"] = { one.bootstrap->low, one.bootstrap->high };
        sources.push_back(std::move(object));
    }
    for (const SourcePair& one : ranking.pairs) {
        Json object{ { "row", label(one.row) },
                     { "column", label(one.column) },
                     { "row_beats_column", valueJson(one.probability) },
                     { "win_rate", valueJson(one.winRate) },
                     { "distinguishable", one.distinguishable } };
        if (one.bootstrap)
            object["row_beats_column"]["bootstrap"] = { one.bootstrap->low, one.bootstrap->high };
        pairs.push_back(std::move(object));
    }
    return { { "votes", ranking.votes },
             { "sources", sources },
             { "pairs", pairs },
             { "method", ranking.method },
             { "notes", ranking.notes } };
}

Json criteriaJson(const StudyReport& report, const std::vector<CriterionResult>& results)
{
    Json list = Json::array();
    for (const CriterionResult& one : results)
        list.push_back({ { "source", report.sources[static_cast<std::size_t>(one.source)] },
                         { "criterion", criterionName(static_cast<int>(one.criterion)) },
                         { "mean", valueJson(one.mean) },
                         { "acceptable", valueJson(one.acceptable) } });
    return list;
}

Json raterJson(const RaterResult& one)
{
    const auto number
        = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
    return { { "rater", one.label },
             { "votes", one.votes },
             { "catches", { one.catchesPassed, one.catches } },
             { "repeats_same", { one.repeatsSame, one.repeats } },
             { "median_seconds", number(one.medianSeconds) },
             { "left_share", number(one.leftShare) },
             { "clock_jumps", one.clockJumps },
             { "flags", one.flags } };
}

} // namespace

std::string studyReportJson(const StudyReport& report)
{
    Json root{ { "study", report.study },     { "version", report.version },
               { "hash", report.hash },       { "sources", report.sources },
               { "votes", report.votes },     { "items", report.items },
               { "summary", report.summary }, { "notes", report.notes } };
    if (report.question != StudyQuestion::Rating)
        root["ranking"] = rankingJson(report, report.ranking);
    if (report.rankingWithoutFlagged)
        root["ranking_without_flagged"] = rankingJson(report, *report.rankingWithoutFlagged);
    root["criteria"] = criteriaJson(report, report.criteria);
    for (const AcceptableResult& one : report.acceptable)
        root["acceptable"].push_back(
            { { "source", report.sources[static_cast<std::size_t>(one.source)] },
              { "image", valueJson(one.image) },
              { "text", valueJson(one.text) } });
    root["side_bias"] = { { "left", report.sideBias.left },
                          { "right", report.sideBias.right },
                          { "p", report.sideBias.p ? Json(*report.sideBias.p) : Json() },
                          { "words", report.sideBias.words } };
    for (const StudyAgreement& one : report.agreement) {
        Json object = valueJson(one.value);
        object["name"] = one.name;
        object["words"] = one.words;
        root["agreement"].push_back(std::move(object));
    }
    root["repeat_consistency"] = valueJson(report.repeatConsistency);
    for (const RaterResult& one : report.raters)
        root["raters"].push_back(raterJson(one));
    for (const StudySlice& one : report.slices)
        root["slices"].push_back({ { "by", one.by },
                                   { "name", one.name },
                                   { "ranking", rankingJson(report, one.ranking) },
                                   { "criteria", criteriaJson(report, one.criteria) } });
    return dumpedText(root, 2) + '\n';
}

std::string votesJsonLines(const StudyPlan& plan, const std::vector<RaterVotes>& raters)
{
    std::string lines;
    for (const RaterVotes& rater : raters) {
        for (const StudyVote& vote : rater.votes)
            lines += dumpedText(voteObject(plan, rater, vote)) + '\n';
    }
    return lines;
}

std::string votesCsv(const StudyPlan& plan, const std::vector<RaterVotes>& raters)
{
    std::string rows;
    for (const RaterVotes& rater : raters) {
        for (const StudyVote& vote : rater.votes) {
            std::vector<std::string> names, cells;
            const Json object = voteObject(plan, rater, vote);
            for (const auto& [name, value] : object.items()) {
                names.push_back(name);
                cells.push_back(plainText(value));
            }
            rows += (rows.empty() ? csvRow(names) : "") + csvRow(cells);
        }
    }
    return rows;
}

std::string arenaCsv(const StudyPlan& plan, const std::vector<RaterVotes>& raters)
{
    std::string rows = csvRow({ "question_id", "model_a", "model_b", "winner", "judge", "tstamp" });
    for (const CountedVote& one : countedVotes(raters, {})) {
        const StudyVote& vote = *one.vote;
        for (const Compared& pair : comparisonsOf(plan.question, { one })) {
            const char* winner = pair.won == 1 ? "model_a"
                : pair.won == 0                ? "model_b"
                                               : pairChoiceName(vote.answer.choice);
            rows += csvRow({ plan.items[static_cast<std::size_t>(pair.item)].id,
                             sourceLabel(plan, pair.first), sourceLabel(plan, pair.second), winner,
                             raters[static_cast<std::size_t>(one.rater)].label,
                             std::to_string(static_cast<double>(vote.castAt) / 1000) });
        }
    }
    return rows;
}

Result<StudyReport> writeStudyReport(const StudyFolder& study, const std::filesystem::path& out,
                                     const StudyReportOptions& options)
{
    return guarded([&] {
        StudyReport report = valueOrThrow(studyReport(study, options));
        std::vector<std::string> notes; // the report has them already
        const auto raters = readRaters(study, notes);
        std::filesystem::create_directories(out);
        writeFileAtomically(out / "report.html", studyReportHtml(report));
        writeFileAtomically(out / "report.json", studyReportJson(report));
        writeFileAtomically(out / "votes.csv", votesCsv(study.plan(), raters));
        writeFileAtomically(out / "votes.jsonl", votesJsonLines(study.plan(), raters));
        if (report.question != StudyQuestion::Rating)
            writeFileAtomically(out / "arena.csv", arenaCsv(study.plan(), raters));
        return report;
    });
}

} // namespace adtailor
