// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "study/plan_json.h"
#include "study/ranking.h"
#include "study/rater_check.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace adtailor {

namespace {

constexpr int fleissCategories = pairCategories;
constexpr int scoreCategories = 5;
constexpr double reliableAgreement = 0.8, tentativeAgreement = 0.667; // Krippendorff 2004

std::string percentText(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
    return text;
}

StudyAgreement agreementOf(const std::string& name, const Coefficient& coefficient)
{
    StudyAgreement agreement{ .name = name,
                              .value = { coefficient.value, coefficient.interval, coefficient.units,
                                         coefficient.reason } };
    if (!coefficient.value) {
        agreement.words = coefficient.reason;
        return agreement;
    }
    const double value = *coefficient.value;
    agreement.band = value >= reliableAgreement ? AgreementBand::Reliable
        : value >= tentativeAgreement           ? AgreementBand::Tentative
                                                : AgreementBand::Low;
    constexpr std::array words{
        "", "Low: below .667. Revise the instruction, or take it that tastes differ.",
        "Tentative: .667 to .80, usable with care.", "Reliable: .80 or more."
    };
    agreement.words = words.at(static_cast<std::size_t>(agreement.band));
    if (value < 0)
        agreement.words = "Below chance: raters disagree more than guessing would.";
    return agreement;
}

class Reporter
{
public:
    Reporter(const StudyFolder& study, const StudyReportOptions& options)
        : m_study(study)
        , m_plan(study.plan())
        , m_options(options)
        , m_raters(readRaters(study, m_report.notes))
    {
        for (const StudyItem& item : m_plan.items)
            m_items.push_back(isWanted(item));
    }

    StudyReport report()
    {
        m_report.study = m_plan.name;
        m_report.hash = m_study.hash();
        m_report.version = m_plan.version;
        m_report.question = m_plan.question;
        m_report.sources = m_plan.sources;
        checkRaters();
        const auto votes = countedVotes(
            m_raters, m_options.leaveOutFlagged ? m_flagged : std::set<int>{}, m_items);
        if (votes.empty())
            throw Failure(ErrorCode::InvalidInput,
                          "There are no counted votes to report on yet"
                              + std::string(m_report.notes.empty() ? "." : "; logs were left out: ")
                              + (m_report.notes.empty() ? "" : m_report.notes.front()));
        fill(votes);
        compareWithoutFlagged();
        if (m_options.slices)
            addSlices();
        summarise();
        return std::move(m_report);
    }

private:
    bool isWanted(const StudyItem& item) const
    {
        const auto fits = [](const std::string& wanted, const std::string& value) {
            return wanted.empty() || wanted == value;
        };
        return fits(m_options.category, item.category) && fits(m_options.person, item.person)
            && fits(m_options.language, item.language);
    }

    VoteTask task(bool resample = true) const
    {
        return { m_plan.question, static_cast<int>(m_plan.sources.size()), m_options.bootstrap,
                 resample, m_plan.sources };
    }

    void checkRaters()
    {
        for (std::size_t r = 0; r < m_raters.size(); ++r) {
            m_report.raters.push_back(raterResult(m_plan, m_raters[r]));
            if (!m_report.raters.back().flags.empty())
                m_flagged.insert(static_cast<int>(r));
        }
        m_report.flagged = static_cast<int>(m_flagged.size());
        m_report.repeatConsistency = repeatConsistency(m_report.raters, m_options.bootstrap.level);
    }

    void fill(const std::vector<CountedVote>& votes)
    {
        m_report.votes = std::ssize(votes);
        std::set<int> items;
        for (const CountedVote& one : votes)
            items.insert(one.vote->trial.item);
        m_report.items = std::ssize(items);
        if (m_plan.question != StudyQuestion::Rating)
            m_report.ranking = rankSources(votes, task());
        if (m_plan.question == StudyQuestion::Pairwise)
            m_report.sideBias = sideBias(votes, m_options.bootstrap.level);
        m_report.criteria = criterionResults(votes, task());
        m_report.acceptable = acceptableResults(votes, task());
        addAgreement(votes);
    }

    void addAgreement(const std::vector<CountedVote>& votes)
    {
        if (m_plan.question == StudyQuestion::Pairwise)
            addNominal(ratingTable(votes, pairCategory), fleissCategories, "votes");
        if (m_plan.question == StudyQuestion::BestWorst)
            addNominal(ratingTable(votes,
                                   [](const StudyVote& vote) {
                                       return vote.trial.sources.at(
                                           static_cast<std::size_t>(vote.answer.best));
                                   }),
                       static_cast<int>(m_plan.sources.size()), "the best ad");
        for (std::size_t i = 0; m_plan.question == StudyQuestion::Rating && i < studyCriteria; ++i)
            addOrdinal(ratingTable(votes,
                                   [i](const StudyVote& vote) {
                                       return vote.answer.criteria[i].score - 1;
                                   }),
                       criterionName(static_cast<int>(i)));
    }

    void add(const std::string& name, const Coefficient& value)
    {
        m_report.agreement.push_back(agreementOf(name, value));
    }

    void addNominal(const Ratings& ratings, int categories, const std::string& of)
    {
        const auto& bootstrap = m_options.bootstrap;
        add("Krippendorff's α of " + of,
            krippendorffAlpha(ratings, categories, Level::Nominal, bootstrap));
        add("Fleiss' κ of " + of, fleissKappa(ratings, categories, bootstrap));
        add("Cohen's κ of " + of, cohenKappa(ratings, categories, Weights::None, bootstrap));
    }

    void addOrdinal(const Ratings& ratings, const std::string& of)
    {
        const auto& bootstrap = m_options.bootstrap;
        add("Krippendorff's α, ordinal, of " + of,
            krippendorffAlpha(ratings, scoreCategories, Level::Ordinal, bootstrap));
        add("Fleiss' κ of " + of, fleissKappa(ratings, scoreCategories, bootstrap));
        add("Cohen's κ, linear weights, of " + of,
            cohenKappa(ratings, scoreCategories, Weights::Linear, bootstrap));
        add("Cohen's κ, quadratic weights, of " + of,
            cohenKappa(ratings, scoreCategories, Weights::Quadratic, bootstrap));
    }

    void compareWithoutFlagged()
    {
        if (m_flagged.empty() || m_options.leaveOutFlagged)
            return;
        const auto votes = countedVotes(m_raters, m_flagged, m_items);
        if (votes.empty()) {
            m_report.notes.emplace_back("Every rater with votes is flagged, so there is no result "
                                        "without flagged raters.");
            return;
        }
        if (m_plan.question != StudyQuestion::Rating)
            m_report.rankingWithoutFlagged = rankSources(votes, task());
        m_report.criteriaWithoutFlagged = criterionResults(votes, task());
    }

    void addSlices()
    {
        addSlices("category", &StudyItem::category);
        addSlices("person", &StudyItem::person);
        addSlices("language", &StudyItem::language);
    }

    // Nothing to compare when all items are of one kind.
    void addSlices(const std::string& by, std::string StudyItem::*member)
    {
        std::set<std::string> names;
        for (std::size_t i = 0; i < m_plan.items.size(); ++i) {
            if (m_items[i])
                names.insert(m_plan.items[i].*member);
        }
        if (names.size() < 2)
            return;
        const auto leftOut = m_options.leaveOutFlagged ? m_flagged : std::set<int>{};
        for (const std::string& name : names) {
            std::vector<bool> items;
            for (std::size_t i = 0; i < m_plan.items.size(); ++i)
                items.push_back(m_items[i] && m_plan.items[i].*member == name);
            const auto votes = countedVotes(m_raters, leftOut, items);
            StudySlice slice{ .by = by, .name = name };
            if (m_plan.question != StudyQuestion::Rating)
                slice.ranking = rankSources(votes, task(false));
            slice.ranking.votes = std::ssize(votes);
            slice.criteria = criterionResults(votes, task(false));
            m_report.slices.push_back(std::move(slice));
        }
    }

    void summarise()
    {
        if (m_plan.question == StudyQuestion::Rating)
            return;
        int apart = 0, pairs = 0;
        for (const SourcePair& pair : m_report.ranking.pairs) {
            pairs += pair.row < pair.column;
            apart += pair.row < pair.column && pair.distinguishable;
        }
        const SourceRank& first = m_report.ranking.sources.front();
        if (first.winRate.value)
            m_report.summary.push_back(
                m_plan.sources[static_cast<std::size_t>(first.source)] + " won "
                + percentText(*first.winRate.value) + " of its comparisons"
                + (first.winRate.interval ? " (" + percentText(first.winRate.interval->low) + " to "
                           + percentText(first.winRate.interval->high) + ")."
                                          : "."));
        m_report.summary.push_back(std::to_string(apart) + " of " + std::to_string(pairs)
                                   + " pairs of sources can be told apart.");
    }

    const StudyFolder& m_study;
    const StudyPlan& m_plan;
    const StudyReportOptions& m_options;
    StudyReport m_report;
    std::vector<RaterVotes> m_raters;
    std::vector<bool> m_items;
    std::set<int> m_flagged;
};

} // namespace

Result<StudyReport> studyReport(const StudyFolder& study, const StudyReportOptions& options)
{
    return guarded([&] { return Reporter(study, options).report(); });
}

} // namespace adtailor
