// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/ranking.h"

#include <algorithm>
#include <array>
#include <map>

namespace adtailor {

namespace {

// Per source: ratings, then for each criterion the sum of scores and of acceptable ones, then
// pictures and texts acceptable in both of their criteria.
constexpr std::size_t perSource = 1 + 2 * studyCriteria + 2;

std::size_t distinctRaters(const std::vector<CountedVote>& votes)
{
    std::set<int> raters;
    for (const CountedVote& one : votes)
        raters.insert(one.rater);
    return raters.size();
}

class Criteria
{
public:
    Criteria(const std::vector<CountedVote>& votes, const VoteTask& task)
        : m_sources(static_cast<std::size_t>(task.sources))
        , m_level(task.bootstrap.level)
    {
        m_sum = sumOfTallies(tallies(votes, [](const CountedVote& one) { return one.rater; }));
        m_sum.resize(m_sources * perSource);
        if (task.resample)
            m_intervals = intervals(votes, task.bootstrap);
        m_intervals.resize(m_sources * perSource);
    }

    StudyValue value(int source, std::size_t field, bool isShare) const
    {
        const std::size_t begin = static_cast<std::size_t>(source) * perSource;
        StudyValue value{ .count = static_cast<std::int64_t>(m_sum[begin]) };
        if (value.count == 0) {
            value.note = "No ratings.";
            return value;
        }
        value.value = m_sum[begin + field] / m_sum[begin];
        const auto& interval = m_intervals[begin + field];
        if (interval && interval->low < interval->high)
            value.interval = interval;
        else if (isShare) // all or none acceptable: resamples know nothing of the next rating
            value.interval = wilsonInterval(static_cast<std::int64_t>(m_sum[begin + field]),
                                            value.count, m_level);
        else
            value.note = "No interval: all ratings are the same, or there are too few.";
        return value;
    }

private:
    template<typename Key>
    std::vector<Tally> tallies(const std::vector<CountedVote>& votes, Key key) const
    {
        std::map<int, Tally> groups;
        for (const CountedVote& one : votes)
            add(*one.vote, groups[key(one)]);
        std::vector<Tally> list;
        for (auto& [group, tally] : groups)
            list.push_back(std::move(tally));
        return list;
    }

    std::vector<std::optional<Interval>> intervals(const std::vector<CountedVote>& votes,
                                                   const BootstrapOptions& options) const
    {
        auto items = tallies(votes, [](const CountedVote& one) { return one.vote->trial.item; });
        if (distinctRaters(votes) < enoughRaters || items.size() < enoughRaters)
            return groupIntervals(items, shares, options);
        int next = 0;
        return crossedIntervals(
            { tallies(votes, [](const CountedVote& one) { return one.rater; }), std::move(items),
              tallies(votes, [&](const CountedVote& /*one*/) { return next++; }) },
            shares, options);
    }

    void add(const StudyVote& vote, Tally& tally) const
    {
        tally.resize(m_sources * perSource);
        const auto& answers = vote.answer.criteria;
        const std::size_t begin = static_cast<std::size_t>(vote.trial.sources[0]) * perSource;
        tally[begin] += 1;
        for (std::size_t i = 0; i < studyCriteria; ++i) {
            tally[begin + 1 + 2 * i] += answers[i].score;
            tally[begin + 2 + 2 * i] += answers[i].acceptable;
        }
        tally[begin + perSource - 2] += answers[0].acceptable && answers[1].acceptable;
        tally[begin + perSource - 1] += answers[2].acceptable && answers[3].acceptable;
    }

    static Estimates shares(const Tally& sum)
    {
        Estimates values(sum.size());
        for (std::size_t i = 0; i < sum.size(); ++i) {
            const double ratings = sum[i - i % perSource];
            if (ratings > 0)
                values[i] = sum[i] / ratings;
        }
        return values;
    }

    std::size_t m_sources;
    double m_level;
    Tally m_sum;
    std::vector<std::optional<Interval>> m_intervals;
};

} // namespace

std::vector<CriterionResult> criterionResults(const std::vector<CountedVote>& votes,
                                              const VoteTask& task)
{
    if (task.question != StudyQuestion::Rating)
        return {};
    const Criteria criteria(votes, task);
    std::vector<CriterionResult> results;
    for (int source = 0; source < task.sources; ++source) {
        for (std::size_t i = 0; i < studyCriteria; ++i)
            results.push_back({ source, static_cast<StudyCriterion>(i),
                                criteria.value(source, 1 + 2 * i, false),
                                criteria.value(source, 2 + 2 * i, true) });
    }
    return results;
}

std::vector<AcceptableResult> acceptableResults(const std::vector<CountedVote>& votes,
                                                const VoteTask& task)
{
    if (task.question != StudyQuestion::Rating)
        return {};
    const Criteria criteria(votes, task);
    std::vector<AcceptableResult> results;
    for (int source = 0; source < task.sources; ++source)
        results.push_back({ source, criteria.value(source, perSource - 2, true),
                            criteria.value(source, perSource - 1, true) });
    return results;
}

} // namespace adtailor
