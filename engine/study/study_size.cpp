// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "study/ranking.h"
#include "study/simulation.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace adtailor {

namespace {

constexpr std::int64_t fewestVotes = 20, mostVotes = 20'000;

// The interval's half-width in one simulated pair study, taken as reports take it: over raters, or
// over votes when raters are few.
double simulatedHalfWidth(const StudySizeOptions& options, std::int64_t votesOfPair,
                          CounterRng& rng)
{
    const std::int64_t each = std::max<std::int64_t>(1, votesOfPair / options.raters);
    std::vector<double> shares;
    double squares = 0, sum = 0;
    for (int rater = 0; rater < options.raters; ++rater) {
        const double taste = std::sqrt(2.0) * options.raterSpread * normalDraw(rng);
        const double share = beatsWithProbability(taste);
        double won = 0;
        for (std::int64_t i = 0; i < each; ++i) {
            const double vote = rng.uniform() < options.tieShare ? 0.5 : rng.uniform() < share;
            won += vote;
            sum += vote;
            squares += vote * vote;
        }
        shares.push_back(won / static_cast<double>(each));
    }
    const auto votes = static_cast<double>(each * options.raters);
    if (options.raters < enoughRaters)
        return normalQuantile(0.975)
            * std::sqrt(std::max(0.0, squares / votes - sum * sum / votes / votes) / votes);
    double between = 0;
    for (const double share : shares)
        between += (share - sum / votes) * (share - sum / votes);
    const double raters = options.raters;
    return studentQuantile(0.975, options.raters - 1) * std::sqrt(between / (raters - 1) / raters);
}

// "Bradley–Terry rating, sandwich": how often it held, how wide it was.
class Tallies
{
public:
    void add(const std::string& name, const std::optional<Interval>& interval, double truth)
    {
        StudyCoverage& row = m_rows[name];
        row.interval = name;
        if (!interval) {
            ++row.missing;
            return;
        }
        ++row.intervals;
        row.covered += interval->low <= truth && truth <= interval->high;
        m_widths[name] += interval->high - interval->low;
    }

    std::vector<StudyCoverage> rows()
    {
        std::vector<StudyCoverage> rows;
        for (auto& [name, row] : m_rows) {
            if (row.intervals > 0)
                row.meanWidth = m_widths[name] / static_cast<double>(row.intervals);
            rows.push_back(row);
        }
        return rows;
    }

private:
    std::map<std::string, StudyCoverage> m_rows;
    std::map<std::string, double> m_widths;
};

void checkCoverage(const StudyCoverageOptions& options)
{
    const auto outside
        = [](auto value, auto low, auto high) { return !(value >= low && value <= high); };
    if (options.strengths.size() < 2 || options.strengths.size() > 20
        || outside(options.raters, 1, 1000) || outside(options.items, 1, 10'000)
        || outside(options.votesPerRater, 1, 10'000) || outside(options.studies, 1, 100'000)
        || outside(options.tieShare, 0.0, 0.9) || outside(options.raterSpread, 0.0, 3.0)
        || outside(options.itemSpread, 0.0, 3.0)
        || std::ranges::any_of(options.strengths, [](double one) { return !(std::abs(one) < 10); }))
        throw Failure(
            ErrorCode::InvalidInput,
            "A simulation takes 2 to 20 sources of strengths within 10, 1 to 1000 raters, "
            "spreads from 0 to 3 and ties from 0 to 0.9.");
}

} // namespace

Result<std::vector<StudyCoverage>> studyCoverage(const StudyCoverageOptions& options,
                                                 const JobControl& job)
{
    return guarded([&] {
        checkCoverage(options);
        const auto n = static_cast<int>(options.strengths.size());
        const auto strengths = trueStrengths(options);
        const WinMatrix wins = trueWins(options);
        Tallies tallies;
        for (int study = 0; study < options.studies; ++study) {
            throwIfCancelled(job);
            VoteTask task{ StudyQuestion::Pairwise, n, options.bootstrap };
            task.bootstrap.seed = options.seed + static_cast<std::uint64_t>(study);
            const auto ranking
                = rankCompared(simulatedVotes(options, static_cast<std::uint64_t>(study)), task);
            for (const SourceRank& one : ranking.sources) {
                const double truth = ratingOf(strengths[static_cast<std::size_t>(one.source)]);
                tallies.add("rating, sandwich", one.rating.interval, truth);
                tallies.add("rating, bootstrap", one.bootstrap, truth);
            }
            for (const SourcePair& one : ranking.pairs) {
                if (one.row > one.column)
                    continue;
                const auto row = static_cast<std::size_t>(one.row),
                           column = static_cast<std::size_t>(one.column);
                const double truth = beatsWithProbability(strengths[row] - strengths[column]);
                tallies.add("win probability, sandwich", one.probability.interval, truth);
                tallies.add("win probability, bootstrap", one.bootstrap, truth);
                tallies.add("pair win rate, bootstrap", one.winRate.interval,
                            wins[row * options.strengths.size() + column]);
            }
            if (job.report)
                job.report({ .stage = Stage::Data, .done = study + 1, .total = options.studies });
        }
        return tallies.rows();
    });
}

std::vector<StudySize> studySizes(const StudySizeOptions& wanted)
{
    StudySizeOptions options = wanted;
    options.raters = std::max(options.raters, 1);
    options.sources = std::max(options.sources, 2);
    options.studies = std::max(options.studies, 1);
    const std::int64_t pairs
        = static_cast<std::int64_t>(options.sources) * (options.sources - 1) / 2;
    std::vector<StudySize> sizes;
    for (std::int64_t votes = fewestVotes; votes <= mostVotes; votes *= 2) {
        CounterRng rng(options.seed, 0x221 + static_cast<std::uint64_t>(votes));
        double sum = 0;
        for (int study = 0; study < options.studies; ++study)
            sum += simulatedHalfWidth(options, votes / pairs, rng);
        sizes.push_back({ sum / options.studies, votes });
    }
    return sizes;
}

std::optional<std::int64_t> votesNeeded(double halfWidth, const StudySizeOptions& options)
{
    const auto sizes = studySizes(options);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i].halfWidth > halfWidth)
            continue;
        if (i == 0)
            return sizes[0].votes;
        // Between two sizes the width falls about as a power of the votes.
        const StudySize &larger = sizes[i - 1], &smaller = sizes[i];
        const double share = std::log(larger.halfWidth / halfWidth)
            / std::log(larger.halfWidth / smaller.halfWidth);
        return std::llround(static_cast<double>(larger.votes) * std::pow(2.0, share));
    }
    return std::nullopt;
}

} // namespace adtailor
