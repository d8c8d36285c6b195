// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rating_session.h"

#include "app/qt_types.h"

#include <adtailor/imaging.h>

#include <QDateTime>
#include <QtConcurrent>

#include <algorithm>
#include <vector>

namespace adtailor {

namespace {

constexpr int tickInterval = 50; // milliseconds, of the bar that fills
constexpr std::size_t paceVotes = 3; // fewer say nothing about the pace
constexpr int longestSide = 2048; // pixels kept of a picture: more than a screen shows of it
constexpr qint64 longestLook = 24LL * 60 * 60 * 1000;

} // namespace

RatingSession::RatingSession(StudySession session, const StudyPlan& plan, QObject* parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_plan(plan)
{
    m_tick.setInterval(tickInterval);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (waited() >= 1)
            setState(State::Open);
        else
            emit waiting();
    });
    advance();
}

RatingSession::~RatingSession() = default;

QString RatingSession::product() const
{
    const StudyTrial* now = trial();
    return now ? toQString(m_plan.items[static_cast<std::size_t>(now->item)].product) : QString();
}

int RatingSession::total() const
{
    return static_cast<int>(m_session.trials().size());
}

int RatingSession::done() const
{
    return trial() ? trial()->index : total();
}

// The median, so that one long look does not stretch the rest.
std::optional<double> RatingSession::secondsLeft() const
{
    std::vector<qint64> times;
    for (const StudyVote& vote : m_session.votes())
        times.push_back(vote.look.milliseconds);
    if (times.size() < paceVotes)
        return std::nullopt;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return double(*middle) / 1000 * (total() - done());
}

double RatingSession::waited() const
{
    const double least = m_plan.minimumSeconds * 1000;
    return least <= 0 ? 1 : std::min(1.0, double(m_clock.elapsed()) / least);
}

bool RatingSession::answer(const StudyAnswer& answer)
{
    if (m_state != State::Open)
        return false;
    StudyLook look;
    m_answeredAfter = m_answeredAfter.value_or(std::min<qint64>(m_clock.elapsed(), longestLook));
    look.milliseconds = *m_answeredAfter;
    look.shownAt = m_shownAt;
    look.zoomed = m_zoomed;
    if (const Result<void> cast = m_session.cast(answer, look); !cast) {
        m_problem = cast.error();
        emit changed();
        return false;
    }
    m_problem.reset();
    m_stored = done();
    ++m_sinceBreak;
    const bool rest = m_plan.breakEvery > 0 && m_sinceBreak >= m_plan.breakEvery && trial();
    if (rest)
        pause();
    else
        advance();
    return true;
}

bool RatingSession::undo()
{
    if (const Result<void> taken = m_session.undo(); !taken) {
        m_problem = taken.error();
        emit changed();
        return false;
    }
    m_problem.reset();
    m_stored = 0;
    advance();
    return true;
}

void RatingSession::pause()
{
    m_sinceBreak = 0;
    m_shown = {};
    setState(State::Break);
}

void RatingSession::resume()
{
    m_problem.reset();
    if (m_state == State::Unreadable)
        m_ahead.clear();
    advance();
}

void RatingSession::advance()
{
    m_shown = {};
    m_zoomed = false;
    m_answeredAfter.reset();
    const StudyTrial* now = trial();
    if (!now)
        return setState(State::Finished);
    setState(State::Loading);
    const int index = now->index;
    std::erase_if(m_ahead, [index](const auto& entry) {
        return entry.first != index && entry.first != index + 1;
    });
    load(*now);
    m_ahead[index].then(this, [this, index](const Loaded& loaded) {
        if (trial() && trial()->index == index && m_state == State::Loading)
            show(loaded);
    });
    if (index + 1 < total())
        load(m_session.trials()[static_cast<std::size_t>(index) + 1]);
}

// Decodes all pictures of a trial beside the window; they are shown together or not at all.
void RatingSession::load(const StudyTrial& trial)
{
    if (m_ahead.contains(trial.index))
        return;
    m_ahead[trial.index] = QtConcurrent::run([ads = m_session.shown(trial)] {
        Loaded loaded;
        for (const StudyAd& ad : ads) {
            const Result<Image> picture = imaging::load(ad.picture);
            if (!picture) {
                loaded.problem = picture.error();
                break;
            }
            loaded.shown.pictures.append(toQImage(imaging::thumbnail(*picture, longestSide)));
            loaded.shown.captions.append(toQString(ad.title));
        }
        return loaded;
    });
}

void RatingSession::show(const Loaded& loaded)
{
    if (loaded.problem) {
        m_problem = loaded.problem;
        return setState(State::Unreadable);
    }
    m_shown = loaded.shown;
    m_shownAt = QDateTime::currentMSecsSinceEpoch();
    m_clock.start();
    setState(waited() >= 1 ? State::Open : State::Waiting);
}

void RatingSession::setState(State state)
{
    m_state = state;
    if (state == State::Waiting)
        m_tick.start();
    else
        m_tick.stop();
    emit changed();
}

} // namespace adtailor
