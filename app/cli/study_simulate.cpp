// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/counter_rng.h"
#include "core/failure.h"
#include "engine_options.h"
#include "study_verbs.h"

#include <adtailor/study_report.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace adtailor::cli {

namespace {

using nlohmann::json;

// Taste of a made-up rater: the first source is best, each next one a step worse, plus noise for
// every look. A broken ad is far behind.
class SimulatedRater
{
public:
    SimulatedRater(std::uint64_t seed, double step)
        : m_rng(seed, 0x300)
        , m_step(step)
    {
    }

    StudyAnswer answer(StudyQuestion question, const StudyTrial& trial)
    {
        std::vector<double> looks;
        for (const int source : trial.sources)
            looks.push_back((source == brokenAd ? -8 : -m_step * source)
                            + std::log(1 / (1 - m_rng.uniform()) - 1 + 1e-12));
        StudyAnswer answer;
        if (question == StudyQuestion::Rating) {
            for (int i = 0; i < studyCriteria; ++i) {
                const double noise = 2 * m_rng.uniform() - 1;
                const int score = static_cast<int>(
                    std::lround(std::clamp(3.5 + looks[0] / 2 + noise, 1.0, 5.0)));
                answer.criteria.push_back({ score, score >= 3 });
            }
        } else if (question == StudyQuestion::BestWorst) {
            answer.best = static_cast<int>(std::ranges::max_element(looks) - looks.begin());
            answer.worst = static_cast<int>(std::ranges::min_element(looks) - looks.begin());
        } else if (std::abs(looks[0] - looks[1]) < 0.3) {
            answer.choice = m_rng.uniform() < 0.7 ? PairChoice::Tie : PairChoice::BothBad;
        } else {
            answer.choice = looks[0] > looks[1] ? PairChoice::Left : PairChoice::Right;
        }
        return answer;
    }

    std::int64_t milliseconds()
    {
        return 900 + static_cast<std::int64_t>(m_rng.exponential() * 3000);
    }

private:
    CounterRng m_rng;
    double m_step;
};

StudyRater raterCalled(const StudyFolder& study, const std::string& name)
{
    for (const StudyRater& rater : valueOrThrow(study.raters())) {
        if (rater.name == name)
            return rater;
    }
    return valueOrThrow(study.addRater(name));
}

void rateAll(const StudyFolder& study, const std::string& name, std::uint64_t seed,
             const Arguments& arguments, const Context& context)
{
    StudySession session = valueOrThrow(study.rate(raterCalled(study, name).id));
    SimulatedRater rater(seed, arguments.numberOr("step", 0.5));
    std::int64_t most = arguments.integerOr("votes", session.rater().total);
    while (const StudyTrial* trial = session.current()) {
        if (context.stop.stop_requested() || most-- <= 0)
            break;
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        valueOrThrow(session.cast(
            rater.answer(study.plan().question, *trial),
            { .milliseconds = rater.milliseconds(),
              .shownAt = std::chrono::duration_cast<std::chrono::milliseconds>(now).count() }));
        if (arguments.has("tell")) { // tests kill us and compare
            std::printf("cast %d\n", session.rater().cast);
            std::fflush(stdout);
        }
    }
    context.console.result(
        name + " has cast " + std::to_string(session.rater().cast) + " of "
            + std::to_string(session.rater().total) + " votes.",
        json{ { "event", "rater" }, { "name", name }, { "cast", session.rater().cast } }.dump());
}

std::vector<double> evenStrengths(std::int64_t sources, double step)
{
    std::vector<double> strengths;
    for (std::int64_t i = 0; i < std::clamp<std::int64_t>(sources, 0, 100); ++i)
        strengths.push_back(step * (static_cast<double>(sources - 1) / 2 - static_cast<double>(i)));
    return strengths;
}

int smallInteger(const Arguments& arguments, const char* name, int fallback)
{
    return static_cast<int>(
        std::clamp<std::int64_t>(arguments.integerOr(name, fallback), -1, 1'000'000));
}

} // namespace

void simulateRaters(const Arguments& arguments, const Context& context)
{
    const StudyFolder study = valueOrThrow(StudyFolder::open(arguments.positionals()[1]));
    const std::uint64_t seed = arguments.unsignedOr("seed", 1);
    if (const auto name = arguments.text("rater")) {
        rateAll(study, *name, seed, arguments, context);
        return;
    }
    const int raters = smallInteger(arguments, "raters", 6);
    for (int i = 0; i < raters; ++i)
        rateAll(study, "Simulated rater " + std::to_string(i + 1),
                seed * 1000 + static_cast<std::uint64_t>(i), arguments, context);
}

void simulateCoverage(const Arguments& arguments, const Context& context)
{
    StudyCoverageOptions options;
    options.strengths
        = evenStrengths(arguments.integerOr("sources", 4), arguments.numberOr("step", 0.25));
    options.raters = smallInteger(arguments, "raters", options.raters);
    options.studies = smallInteger(arguments, "studies", options.studies);
    options.votesPerRater = smallInteger(arguments, "votes", options.votesPerRater);
    options.raterSpread = options.itemSpread = arguments.numberOr("spread", options.raterSpread);
    options.seed = arguments.unsignedOr("seed", options.seed);
    for (const StudyCoverage& row : valueOrThrow(studyCoverage(options, watchedJob(context)))) {
        const double share = row.intervals > 0
            ? static_cast<double>(row.covered) / static_cast<double>(row.intervals)
            : 0;
        char text[200];
        std::snprintf(text, sizeof text,
                      "%-28s holds the truth in %.2f %% of %lld, mean width %.3f",
                      row.interval.c_str(), 100 * share, static_cast<long long>(row.intervals),
                      row.meanWidth);
        context.console.result(text,
                               json{ { "event", "coverage" },
                                     { "interval", row.interval },
                                     { "coverage", share },
                                     { "intervals", row.intervals },
                                     { "missing", row.missing },
                                     { "mean_width", row.meanWidth } }
                                   .dump());
    }
}

void simulateSize(const Arguments& arguments, const Context& context)
{
    StudySizeOptions options;
    options.raters = smallInteger(arguments, "raters", options.raters);
    options.sources = smallInteger(arguments, "sources", options.sources);
    options.raterSpread = arguments.numberOr("spread", options.raterSpread);
    options.seed = arguments.unsignedOr("seed", options.seed);
    if (options.raters < 1 || options.raters > 1000 || options.sources < 2 || options.sources > 20
        || !(options.raterSpread >= 0 && options.raterSpread <= 3))
        throw Failure(ErrorCode::InvalidInput,
                      "A size needs 1 to 1000 raters, 2 to 20 sources and a spread from 0 to 3.");
    const double percent = arguments.numberOr("size", 7);
    if (!(percent > 0 && percent < 50))
        throw Failure(ErrorCode::InvalidInput, "--size must lie between 0 and 50 percent.");
    const auto votes = votesNeeded(percent / 100, options);
    char width[40];
    std::snprintf(width, sizeof width, "%.3g %%", percent);
    context.console.result(
        votes ? "About " + std::to_string(*votes) + " votes for \u00B1 " + width + "."
              : std::to_string(options.raters) + " raters never reach \u00B1 " + width
                + ", because their tastes differ; ask more raters.",
        json{ { "event", "size" }, { "votes", votes ? json(*votes) : json() } }.dump());
}

} // namespace adtailor::cli
