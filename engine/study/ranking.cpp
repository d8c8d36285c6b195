// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/ranking.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace adtailor {

namespace {

std::size_t distinct(const std::vector<Compared>& comparisons, int Compared::*member)
{
    std::set<int> values;
    for (const Compared& one : comparisons)
        values.insert(one.*member);
    return values.size();
}

// Over what intervals are taken, and how many groups of it there are.
struct Grouping
{
    Clusters clusters = Clusters::Votes;
    std::size_t groups = 0;
    std::string words;
};

Grouping groupingOf(std::size_t raters, std::size_t items, std::size_t votes)
{
    if (raters >= enoughRaters && items >= enoughRaters)
        return { Clusters::RatersAndItems, std::min(raters, items),
                 "Sandwich intervals allow for votes of one rater and votes on one item that go "
                 "together; bootstrap intervals are drawn over "
                     + std::to_string(raters) + " raters and stretched by what "
                     + std::to_string(items) + " items add." };
    if (items >= enoughRaters)
        return { Clusters::Items, items,
                 "With fewer than five raters all intervals are over items: they say how sure the "
                 "result is for these raters, not for others." };
    return { Clusters::Votes, votes,
             "With fewer than five raters and items, intervals take every vote as independent; "
             "they are too narrow if raters or items differ." };
}

class Ranker
{
public:
    Ranker(const std::vector<Compared>& comparisons, const VoteTask& task)
        : m_comparisons(comparisons)
        , m_task(task)
        , m_n(static_cast<std::size_t>(task.sources))
        , m_wins(winMatrix(comparisons, task.sources))
        , m_strengths(bradleyTerry(m_wins, task.sources, studyRidge))
        , m_islands(islands(m_wins, task.sources))
        , m_grouping(groupingOf(distinct(comparisons, &Compared::rater),
                                distinct(comparisons, &Compared::item),
                                distinct(comparisons, &Compared::vote)))
        , m_covariance(sandwich(m_strengths, comparisons, studyRidge, m_grouping.clusters))
        , m_voteCovariance(sandwich(m_strengths, comparisons, studyRidge, Clusters::Votes))
    {
        const auto groups = static_cast<std::int64_t>(m_grouping.groups);
        if (groups > 1) // scores of few clusters are too small, and their number is uncertain
            m_reach = studentQuantile((1 + task.bootstrap.level) / 2, groups - 1)
                * std::sqrt(static_cast<double>(groups) / static_cast<double>(groups - 1));
    }

    StudyRanking rank()
    {
        StudyRanking ranking{ .method = m_grouping.words };
        if (m_comparisons.empty()) {
            ranking.notes.emplace_back("There are no votes to rank by.");
            ranking.method.clear();
        }
        resample();
        for (int i = 0; i < m_task.sources; ++i)
            ranking.sources.push_back(sourceRank(i));
        std::ranges::stable_sort(ranking.sources, [](const auto& left, const auto& right) {
            return left.rating.value.value_or(-1e300) > right.rating.value.value_or(-1e300);
        });
        for (int row = 0; row < m_task.sources; ++row) {
            for (int column = 0; column < m_task.sources; ++column) {
                if (row != column)
                    ranking.pairs.push_back(pair(row, column));
            }
        }
        addNotes(ranking);
        return ranking;
    }

private:
    std::size_t at(int row, int column) const
    {
        return static_cast<std::size_t>(row) * m_n + static_cast<std::size_t>(column);
    }
    double strength(int source) const { return m_strengths[static_cast<std::size_t>(source)]; }
    double met(int row, int column) const
    {
        return m_wins[at(row, column)] + m_wins[at(column, row)];
    }
    double metAny(int source) const
    {
        double sum = 0;
        for (int other = 0; other < m_task.sources; ++other)
            sum += other == source ? 0 : met(source, other);
        return sum;
    }
    bool connected(int left, int right) const
    {
        return m_islands[static_cast<std::size_t>(left)]
            == m_islands[static_cast<std::size_t>(right)];
    }
    bool isOneIsland() const
    {
        return std::ranges::all_of(m_islands, [&](int island) { return island == m_islands[0]; });
    }

    std::string label(int source) const
    {
        const auto i = static_cast<std::size_t>(source);
        return i < m_task.labels.size() ? m_task.labels[i] : "Source " + std::to_string(source + 1);
    }
    double wonBy(int source) const
    {
        double sum = 0;
        for (int other = 0; other < m_task.sources; ++other)
            sum += other == source ? 0 : m_wins[at(source, other)];
        return sum;
    }
    // Won or lost everything: the model's residuals vanish, and with them every interval.
    bool isOneSided(int source) const
    {
        const double all = metAny(source), won = wonBy(source);
        return all > 0 && (won == 0 || won == all);
    }
    // Resamples of votes that are all the same are all the same.
    std::optional<Interval> drawn(std::size_t place) const
    {
        const auto& interval = m_intervals[place];
        return interval && interval->low < interval->high ? interval : std::nullopt;
    }

    // All statistics of one win matrix: ratings, win rates, then strength differences and pair
    // win rates.
    Estimates statistics(const WinMatrix& wins) const
    {
        const auto strengths = bradleyTerry(wins, m_task.sources, studyRidge);
        Estimates values;
        for (const double one : strengths)
            values.emplace_back(ratingOf(one));
        for (std::size_t i = 0; i < m_n; ++i) {
            double won = 0, total = 0;
            for (std::size_t j = 0; j < m_n; ++j) {
                won += i == j ? 0 : wins[i * m_n + j];
                total += i == j ? 0 : wins[i * m_n + j] + wins[j * m_n + i];
            }
            values.push_back(total > 0 ? std::optional(won / total) : std::nullopt);
        }
        for (std::size_t i = 0; i < m_n * m_n; ++i)
            values.emplace_back(beatsWithProbability(strengths[i / m_n] - strengths[i % m_n]));
        for (std::size_t i = 0; i < m_n * m_n; ++i) {
            const double total = wins[i] + wins[i % m_n * m_n + i / m_n];
            values.push_back(i / m_n != i % m_n && total > 0 ? std::optional(wins[i] / total)
                                                             : std::nullopt);
        }
        return values;
    }

    void resample()
    {
        m_values = statistics(m_wins);
        m_intervals.assign(m_values.size(), std::nullopt);
        if (!m_task.resample || m_comparisons.empty())
            return;
        const auto draw = [&](const Tally& sum) { return statistics(sum); };
        if (m_grouping.clusters == Clusters::RatersAndItems)
            m_intervals = crossedIntervals(
                { tallies(&Compared::rater), tallies(&Compared::item), tallies(&Compared::vote) },
                draw, m_task.bootstrap);
        else
            m_intervals = groupIntervals(
                tallies(m_grouping.clusters == Clusters::Items ? &Compared::item : &Compared::vote),
                draw, m_task.bootstrap);
    }

    // The win matrix of each rater, item or vote.
    std::vector<Tally> tallies(int Compared::*member) const
    {
        std::map<int, Tally> groups;
        for (const Compared& one : m_comparisons) {
            Tally& wins = groups[one.*member];
            wins.resize(m_n * m_n);
            wins[at(one.first, one.second)] += one.won;
            wins[at(one.second, one.first)] += 1 - one.won;
        }
        std::vector<Tally> list;
        for (auto& [group, tally] : groups)
            list.push_back(std::move(tally));
        return list;
    }

    // Of a strength, or of the difference of two. Where clusters are few theirs may come out far
    // too small, even below nothing; that of independent votes then stands in.
    double variance(int row, int column) const
    {
        const auto of = [&](const std::vector<double>& covariance) {
            if (row == column)
                return covariance[at(row, row)];
            return covariance[at(row, row)] + covariance[at(column, column)]
                - 2 * covariance[at(row, column)];
        };
        const double clustered = of(m_covariance), independent = of(m_voteCovariance);
        return clustered > independent / 2 ? clustered : independent;
    }

    std::optional<Interval> around(double value, double spread) const
    {
        if (m_reach == 0 || !(spread > 0))
            return std::nullopt;
        const double half = m_reach * std::sqrt(spread);
        return Interval{ value - half, value + half };
    }

    std::optional<Interval> wilson(double won, double all) const
    {
        return wilsonInterval(std::llround(won), std::llround(all), m_task.bootstrap.level);
    }
    static bool offHalf(const std::optional<Interval>& one)
    {
        return one && (one->low > 0.5 || one->high < 0.5);
    }

    SourceRank sourceRank(int source) const
    {
        const auto i = static_cast<std::size_t>(source);
        SourceRank rank{ .source = source };
        rank.rating.count = rank.winRate.count = std::llround(metAny(source));
        if (metAny(source) == 0) {
            rank.rating.note = rank.winRate.note = "No votes compare this source with another.";
            return rank;
        }
        rank.winRate.value = m_values[m_n + i];
        rank.winRate.interval = drawn(m_n + i);
        if (isOneSided(source))
            rank.winRate.interval = wilson(wonBy(source), metAny(source));
        if (!isOneIsland()) {
            rank.rating.note = "No rating: no chain of votes joins all sources.";
            return rank;
        }
        rank.rating.value = m_values[i];
        if (isOneSided(source)) {
            rank.rating.note = "No interval: it won, or lost, every comparison.";
            return rank;
        }
        rank.bootstrap = drawn(i);
        if (const auto interval = around(strength(source), variance(source, source)))
            rank.rating.interval = Interval{ ratingOf(interval->low), ratingOf(interval->high) };
        else
            rank.rating.note = "No interval: too few votes.";
        return rank;
    }

    SourcePair pair(int row, int column) const
    {
        SourcePair pair{ .row = row, .column = column };
        pair.winRate.count = pair.probability.count = std::llround(met(row, column));
        const std::size_t place = 2 * m_n + at(row, column);
        pair.winRate.value = m_values[place + m_n * m_n];
        pair.winRate.interval = drawn(place + m_n * m_n);
        const bool swept = pair.winRate.value == 0.0 || pair.winRate.value == 1.0;
        if (swept)
            pair.winRate.interval = wilson(m_wins[at(row, column)], met(row, column));
        if (!pair.winRate.value)
            pair.winRate.note = "Never compared directly.";
        if (!connected(row, column) || met(row, column) + metAny(row) == 0) {
            pair.probability.note = "No chain of votes joins these two.";
            return pair;
        }
        pair.probability.value = m_values[place];
        if (isOneSided(row) || isOneSided(column)) {
            pair.probability.note = "No interval: one of the two won, or lost, every comparison.";
            pair.distinguishable = swept && offHalf(pair.winRate.interval);
            return pair;
        }
        pair.bootstrap = drawn(place);
        if (const auto interval = around(strength(row) - strength(column), variance(row, column)))
            pair.probability.interval = Interval{ beatsWithProbability(interval->low),
                                                  beatsWithProbability(interval->high) };
        else
            pair.probability.note = "No interval: too few votes, or all of them the same.";
        pair.distinguishable
            = offHalf(pair.probability.interval) && (!m_task.resample || offHalf(pair.bootstrap));
        return pair;
    }

    void addNotes(StudyRanking& ranking) const
    {
        if (!m_comparisons.empty() && !isOneIsland())
            ranking.notes.emplace_back(
                "Some sources were never compared with the others, not even through a third one; "
                "there is no rating of them all.");
        for (int i = 0; i < m_task.sources; ++i) {
            if (isOneSided(i))
                ranking.notes.push_back(label(i) + " has " + (wonBy(i) == 0 ? "lost" : "won")
                                        + " every comparison: its rating is only a bound, held "
                                          "finite by a small penalty.");
        }
    }

    const std::vector<Compared>& m_comparisons;
    VoteTask m_task;
    std::size_t m_n;
    WinMatrix m_wins;
    std::vector<double> m_strengths;
    std::vector<int> m_islands;
    Grouping m_grouping;
    std::vector<double> m_covariance, m_voteCovariance;
    double m_reach = 0; // standard errors to each side
    Estimates m_values;
    std::vector<std::optional<Interval>> m_intervals;
};

void countTies(const std::vector<CountedVote>& votes, StudyRanking& ranking)
{
    for (const CountedVote& one : votes) {
        const int left = one.vote->trial.sources[0], right = one.vote->trial.sources[1];
        const PairChoice choice = one.vote->answer.choice;
        const auto count = [&](auto& row, int self) {
            row.wins += choice == (self == left ? PairChoice::Left : PairChoice::Right);
            row.losses += choice == (self == left ? PairChoice::Right : PairChoice::Left);
            row.ties += choice == PairChoice::Tie;
            row.bothBad += choice == PairChoice::BothBad;
        };
        for (SourceRank& row : ranking.sources) {
            if (row.source == left || row.source == right)
                count(row, row.source);
        }
        for (SourcePair& row : ranking.pairs) {
            if ((row.row == left && row.column == right)
                || (row.row == right && row.column == left))
                count(row, row.row);
        }
    }
}

void countWins(const std::vector<Compared>& comparisons, StudyRanking& ranking)
{
    for (const Compared& one : comparisons) {
        for (SourceRank& row : ranking.sources) {
            row.wins += row.source == one.first;
            row.losses += row.source == one.second;
        }
        for (SourcePair& row : ranking.pairs) {
            row.wins += row.row == one.first && row.column == one.second;
            row.losses += row.row == one.second && row.column == one.first;
        }
    }
}

} // namespace

StudyRanking rankCompared(const std::vector<Compared>& comparisons, const VoteTask& task)
{
    return Ranker(comparisons, task).rank();
}

StudyRanking rankSources(const std::vector<CountedVote>& votes, const VoteTask& task)
{
    const auto comparisons = comparisonsOf(task.question, votes);
    StudyRanking ranking = rankCompared(comparisons, task);
    ranking.votes = std::ssize(votes);
    if (task.question == StudyQuestion::Pairwise)
        countTies(votes, ranking);
    else
        countWins(comparisons, ranking);
    return ranking;
}

} // namespace adtailor
