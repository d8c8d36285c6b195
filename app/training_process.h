// TrainingProcess: follows one run folder, and starts, pauses and stops the process that trains.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"
#include "app/training_run.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QObject>
#include <QTimer>

#include <memory>

namespace adtailor {

struct TrainingTimes // milliseconds
{
    int alive = 500; // between two looks at a run that goes on
    int resting = 3000; // and at one that does not
    int start = 15'000; // within this a started process holds the lock
};

// The trainer is nobody's child: it goes on when the studio closes, and whoever follows its folder
// later finds it by the lock it holds. Words are given to it in the folder's file `control`.
class TrainingProcess final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrainingProcess)

public:
    // trainer: `adtailor train`; the folder and --json follow.
    explicit TrainingProcess(EngineCommand trainer, TrainingTimes times = {},
                             QObject* parent = nullptr);
    ~TrainingProcess() override;

    void follow(const QString& folder); // empty: none
    const TrainingRun& run() const { return m_run; }
    const RunMetrics& metrics() const { return m_metrics; }
    double secondsLeft() const; // of the steps to come; negative: not known

    void start(); // from the newest checkpoint, if there is one
    void pause();
    void resume(); // of a paused one
    void stop();
    QString commandLine() const; // the same in a shell

signals:
    void followed(); // another folder; the metrics are empty
    void changed(); // the run
    void restarted(); // the metrics begin anew
    void grown(const std::vector<adtailor::RunLine>& lines);
    void ended(const adtailor::TrainingRun& run); // a run that was alive is not any more
    void failed(const adtailor::Error& error);

private:
    void look();
    void take(const TrainingRunReader::News& news);
    void say(const QString& word, RunState soon);
    void setState(RunState state);

    EngineCommand m_trainer;
    TrainingTimes m_times;
    std::shared_ptr<TrainingRunReader> m_reader; // shared with the look that runs
    TrainingRun m_run;
    RunMetrics m_metrics;
    QTimer m_next;
    QElapsedTimer m_started;
    qint64 m_pid = 0;
    bool m_looking = false;
};

} // namespace adtailor
