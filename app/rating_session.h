// RatingSession: one rater's way through a study: which trial, its pictures, when a vote is open.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

#include <QElapsedTimer>
#include <QFuture>
#include <QImage>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <map>
#include <optional>

namespace adtailor {

class RatingSession final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RatingSession)

public:
    enum class State {
        Loading, // pictures are being decoded; none is shown
        Waiting, // shown, but for less than the study's least time
        Open, // a vote is taken
        Unreadable, // a picture of the trial is missing or damaged
        Break,
        Finished
    };
    struct Shown
    {
        QList<QImage> pictures; // by seat
        QStringList captions;
    };

    RatingSession(StudySession session, const StudyPlan& plan, QObject* parent = nullptr);
    ~RatingSession() override;

    State state() const { return m_state; }
    const StudyPlan& plan() const { return m_plan; }
    const StudyRater& rater() const { return m_session.rater(); }
    const StudyTrial* trial() const { return m_session.current(); }
    const Shown& shown() const { return m_shown; } // empty unless Waiting or Open
    QString product() const; // of the trial
    int done() const; // votes that stand, of all kinds
    int total() const;
    std::optional<double> secondsLeft() const; // by the rater's own pace; none before three votes
    double waited() const; // share of the least time, 0 to 1
    int stored() const { return m_stored; } // number of the vote that was stored last; 0: none yet
    const std::optional<Error>& problem() const { return m_problem; }

    void noteZoom() { m_zoomed = true; }
    // False: the vote is not stored, problem() says why and the trial stays.
    bool answer(const StudyAnswer& answer);
    bool canUndo() const { return done() > 0; }
    bool undo();
    void pause();
    void resume(); // after a break, or to read pictures again

signals:
    void changed();
    void waiting(); // the least time passes

private:
    struct Loaded
    {
        Shown shown;
        std::optional<Error> problem;
    };

    void advance();
    void load(const StudyTrial& trial);
    void show(const Loaded& loaded);
    void setState(State state);

    StudySession m_session;
    StudyPlan m_plan;
    State m_state = State::Loading;
    Shown m_shown;
    std::map<int, QFuture<Loaded>> m_ahead; // by trial: the current one and the next
    std::optional<Error> m_problem;
    QElapsedTimer m_clock;
    qint64 m_shownAt = 0;
    std::optional<qint64> m_answeredAfter; // milliseconds; storing it may have failed since
    QTimer m_tick;
    int m_stored = 0;
    int m_sinceBreak = 0;
    bool m_zoomed = false;
};

} // namespace adtailor
