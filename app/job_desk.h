// JobDesk: turns the open project into jobs for the engine and the answers back into the project.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <optional>

namespace adtailor {

class ProjectSession;
struct AdBatch;

// What the generate page shows of the batch that runs, or of the last one.
struct RunStatus
{
    enum class Phase { Idle, Waiting, Running, Stopping, Stopped, Done, Failed };
    Phase phase = Phase::Idle;
    Stage stage = Stage::Preference;
    qint64 done = 0; // tokens of the stage
    qint64 total = 0;
    double tokensPerSecond = 0;
    double secondsLeft = -1; // measured in this run; negative: not known yet
    std::array<double, 7> stageSeconds{}; // by Stage; 0: not reached
    double seconds = 0; // of the whole run, when done
    std::optional<Error> error;
    bool retried = false; // the engine died once on this batch

    bool isActive() const
    {
        return phase == Phase::Waiting || phase == Phase::Running || phase == Phase::Stopping;
    }
};

class JobDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobDesk)

public:
    JobDesk(ProjectSession& session, EngineClient& engine, QObject* parent = nullptr);

    const RunStatus& status() const { return m_status; }
    bool isReading() const { return m_reading != 0; } // waits for the draw of the history
    void generate(); // now
    void enqueue(); // after those that wait
    void make(AdBatch batch); // one more, as soon as the engine is free
    void stop(); // also what waits of the same variations
    // Asks for the draw shortly after the last change; off while no page shows it.
    void setReadingWanted(bool wanted);

signals:
    void statusChanged();
    void readingChanged();
    void readingFailed(const adtailor::Error& error);
    void finished(int ads); // a batch is complete

private:
    std::vector<AdBatch> batchesOfBrief();
    void startNext();
    void start(qint64 id);
    void askPreferences();
    void progressed(quint64 job, const Progress& progress);
    void generated(quint64 job, const std::vector<Ad>& ads);
    void failed(quint64 job, const Error& error);
    void enterStage(Stage stage);

    ProjectSession& m_session;
    EngineClient& m_engine;
    RunStatus m_status;
    quint64 m_batch = 0; // job of the running batch, 0: none
    qint64 m_entry = 0; // the same in the queue
    quint64 m_grids = 0; // variations so far
    quint64 m_reading = 0; // job of the running draw, 0: none
    std::vector<int> m_readClicks;
    bool m_readingWanted = false;
    bool m_readingStale = true;
    QTimer m_readSoon;
    QElapsedTimer m_runTime;
    QElapsedTimer m_stageTime;
};

} // namespace adtailor
