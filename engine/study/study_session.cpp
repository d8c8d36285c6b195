// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "study/plan_check.h"
#include "study/study_state.h"

#include <algorithm>

namespace adtailor {

StudySession::StudySession(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
StudySession::StudySession(StudySession&&) noexcept = default;
StudySession& StudySession::operator=(StudySession&&) noexcept = default;
StudySession::~StudySession() = default;

const StudyRater& StudySession::rater() const
{
    return m_state->log.rater;
}

const std::vector<StudyTrial>& StudySession::trials() const
{
    return m_state->trials;
}

const StudyTrial* StudySession::current() const
{
    const std::size_t next = m_state->log.standing.size();
    return next < m_state->trials.size() ? &m_state->trials[next] : nullptr;
}

std::vector<StudyAd> StudySession::shown(const StudyTrial& trial) const
{
    std::vector<StudyAd> ads;
    const StudyPlan& plan = m_state->plan;
    for (const int source : trial.sources) {
        if (source != brokenAd) {
            ads.push_back(plan.items.at(static_cast<std::size_t>(trial.item))
                              .ads.at(static_cast<std::size_t>(source)));
            continue;
        }
        const auto found
            = std::ranges::find(plan.catches, trial.item, [](const auto& one) { return one.item; });
        ads.push_back(found == plan.catches.end() ? StudyAd{} : found->ad);
    }
    return ads;
}

std::vector<StudyVote> StudySession::votes() const
{
    return m_state->log.standing;
}

Result<void> StudySession::cast(const StudyAnswer& answer, const StudyLook& look)
{
    return guarded([&] {
        const StudyTrial* trial = current();
        if (trial == nullptr)
            throw Failure(ErrorCode::InvalidInput, "All trials of this rater are answered.");
        checkAnswer(m_state->plan.question, answer);
        if (look.milliseconds < 0 || look.milliseconds > 24LL * 3600 * 1000)
            throw Failure(ErrorCode::InvalidInput,
                          "The response time must lie between 0 and one day.");
        VoteLog& log = m_state->log;
        StudyVote vote{
            .trial = *trial, .answer = answer, .look = look, .castAt = unixMilliseconds()
        };
        vote.clockWentBack = vote.castAt < log.lastTime;
        m_state->write(voteEntry(log, vote));
        log.lastTime = vote.castAt;
        log.standing.push_back(std::move(vote));
        log.rater.cast = static_cast<int>(log.standing.size());
    });
}

Result<void> StudySession::undo()
{
    return guarded([&] {
        VoteLog& log = m_state->log;
        if (log.standing.empty())
            throw Failure(ErrorCode::InvalidInput, "There is no vote to take back.");
        const std::int64_t time = unixMilliseconds();
        m_state->write(undoEntry(log, time));
        log.lastTime = time;
        log.standing.pop_back();
        log.rater.cast = static_cast<int>(log.standing.size());
    });
}

} // namespace adtailor
