// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/trials.h"

#include "core/counter_rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adtailor {

namespace {

// Streams of the plan's seed; those of raters and tasks are counted from their bases.
constexpr std::uint64_t permutationStream = 0x200, raterStream = 0x1'0000'0000;
constexpr std::uint64_t seatStream = 0x2'0000'0000;

template<typename T> void shuffle(std::vector<T>& list, CounterRng& rng)
{
    for (std::size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[rng.below(i)]);
}

// Which sources one question compares, in ascending order: all pairs, single ones or fours.
std::vector<std::vector<int>> combinations(const StudyPlan& plan)
{
    const int size = plan.question == StudyQuestion::Pairwise ? 2
        : plan.question == StudyQuestion::Rating              ? 1
                                                              : 4;
    const int count = static_cast<int>(plan.sources.size());
    std::vector<std::vector<int>> all;
    std::vector<int> chosen(static_cast<std::size_t>(size));
    std::iota(chosen.begin(), chosen.end(), 0);
    while (size <= count) {
        all.push_back(chosen);
        int place = size - 1;
        while (place >= 0 && chosen[static_cast<std::size_t>(place)] == count - size + place)
            --place;
        if (place < 0)
            break;
        int next = ++chosen[static_cast<std::size_t>(place)];
        for (int i = place + 1; i < size; ++i)
            chosen[static_cast<std::size_t>(i)] = ++next;
    }
    return all;
}

class TrialList
{
public:
    TrialList(const StudyPlan& plan, std::int64_t number)
        : m_plan(plan)
        , m_number(number)
        , m_rng(plan.seed, raterStream + static_cast<std::uint64_t>(number))
        , m_combinations(combinations(plan))
        , m_tasks(studyTasks(plan))
    {
        m_permutation.resize(static_cast<std::size_t>(m_tasks));
        std::iota(m_permutation.begin(), m_permutation.end(), std::int64_t{ 0 });
        CounterRng rng(plan.seed, permutationStream);
        shuffle(m_permutation, rng);
    }

    std::vector<StudyTrial> make()
    {
        auto counted = countedTrials();
        const std::size_t count = counted.size();
        addRepeats(counted);
        addCatches(counted, count);
        auto trials = practiceTrials();
        trials.insert(trials.end(), counted.begin(), counted.end());
        number(trials);
        return trials;
    }

private:
    // The task at a place of the endless round over the permutation: every round turns the seats,
    // and neighbours in it begin with opposite ones.
    StudyTrial trialAt(std::int64_t slot) const
    {
        const std::int64_t place = slot % m_tasks, round = slot / m_tasks;
        const std::int64_t task = m_permutation[static_cast<std::size_t>(place)];
        const auto kinds = static_cast<std::int64_t>(m_combinations.size());
        StudyTrial trial{ .item = static_cast<int>(task / kinds),
                          .sources = m_combinations[static_cast<std::size_t>(task % kinds)] };
        if (trial.sources.size() > 2) { // a pair has no order but the one that turns
            CounterRng rng(m_plan.seed, seatStream + static_cast<std::uint64_t>(task));
            shuffle(trial.sources, rng);
        }
        const auto turn = static_cast<std::size_t>(place + round) % trial.sources.size();
        std::ranges::rotate(trial.sources,
                            trial.sources.begin() + static_cast<std::ptrdiff_t>(turn));
        return trial;
    }

    std::vector<StudyTrial> countedTrials()
    {
        const std::int64_t count = m_plan.trialsPerRater > 0
            ? std::min<std::int64_t>(m_plan.trialsPerRater, m_tasks)
            : m_tasks;
        std::vector<StudyTrial> trials;
        for (std::int64_t i = 0; i < count; ++i)
            trials.push_back(trialAt(m_number * count + i));
        shuffle(trials, m_rng);
        for (std::size_t i = 0; i < trials.size(); ++i)
            trials[i].index = static_cast<int>(i); // until number(): what repeats point to
        return trials;
    }

    // Trials of the first half come again in the second, the other way round.
    void addRepeats(std::vector<StudyTrial>& trials)
    {
        const std::size_t half = trials.size() / 2;
        const auto count = std::min(half,
                                    static_cast<std::size_t>(std::lround(
                                        m_plan.repeatShare * static_cast<double>(trials.size()))));
        std::vector<std::size_t> chosen(half);
        std::iota(chosen.begin(), chosen.end(), std::size_t{ 0 });
        shuffle(chosen, m_rng);
        for (std::size_t i = 0; i < count; ++i) {
            StudyTrial again = trials[chosen[i]];
            again.kind = TrialKind::Repeat;
            again.repeats = again.index;
            std::ranges::reverse(again.sources);
            const std::size_t place = half + 1 + m_rng.below(trials.size() - half);
            trials.insert(trials.begin() + static_cast<std::ptrdiff_t>(place), again);
        }
    }

    StudyTrial catchTrial(std::size_t which)
    {
        StudyTrial trial{ .kind = TrialKind::Catch,
                          .item = m_plan.catches[which % m_plan.catches.size()].item };
        trial.sources = m_combinations[m_rng.below(m_combinations.size())];
        shuffle(trial.sources, m_rng);
        trial.sources[m_rng.below(trial.sources.size())] = brokenAd;
        return trial;
    }

    // One in every block of `catchEvery`, somewhere in it; at least one.
    void addCatches(std::vector<StudyTrial>& trials, std::size_t counted)
    {
        if (m_plan.catchEvery == 0 || m_plan.catches.empty())
            return;
        const auto every = static_cast<std::size_t>(m_plan.catchEvery);
        const std::size_t count = (counted + every - 1) / every;
        const std::size_t first = m_rng.below(m_plan.catches.size());
        for (std::size_t i = count; i-- > 0;) { // from the back, so that places stay
            const std::size_t begin = i * trials.size() / count;
            const std::size_t end = (i + 1) * trials.size() / count;
            const std::size_t place = begin + m_rng.below(end - begin + 1);
            trials.insert(trials.begin() + static_cast<std::ptrdiff_t>(place),
                          catchTrial(first + i));
        }
    }

    std::vector<StudyTrial> practiceTrials()
    {
        std::vector<StudyTrial> trials;
        for (int i = 0; i < m_plan.practice; ++i) {
            trials.push_back(trialAt(
                static_cast<std::int64_t>(m_rng.below(static_cast<std::uint64_t>(m_tasks)))));
            trials.back().kind = TrialKind::Practice;
        }
        return trials;
    }

    static void number(std::vector<StudyTrial>& trials)
    {
        std::vector<int> places(trials.size(), 0); // of counted trials, by their first number
        for (std::size_t i = 0; i < trials.size(); ++i) {
            StudyTrial& trial = trials[i];
            if (trial.kind == TrialKind::Counted)
                places[static_cast<std::size_t>(trial.index)] = static_cast<int>(i);
            else if (trial.kind == TrialKind::Repeat)
                trial.repeats = places[static_cast<std::size_t>(trial.repeats)];
            trial.index = static_cast<int>(i);
        }
    }

    const StudyPlan& m_plan;
    std::int64_t m_number;
    CounterRng m_rng;
    std::vector<std::vector<int>> m_combinations;
    std::int64_t m_tasks;
    std::vector<std::int64_t> m_permutation;
};

} // namespace

std::int64_t studyTasks(const StudyPlan& plan)
{
    return static_cast<std::int64_t>(plan.items.size())
        * static_cast<std::int64_t>(combinations(plan).size());
}

std::vector<StudyTrial> studyTrials(const StudyPlan& plan, std::int64_t number)
{
    if (studyTasks(plan) == 0 || number < 0) // a plan that is not finished yet
        return {};
    return TrialList(plan, number).make();
}

} // namespace adtailor
