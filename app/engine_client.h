// EngineClient: the Qt face of the engine process: starts it, sends jobs, survives its crashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/protocol.h>

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <deque>
#include <memory>

namespace adtailor {

enum class EngineState {
    Starting, // the process runs and loads its model
    Ready, // waits for a job
    Busy, // works on one
    Gone // ended; restarts by itself unless `willRestart` says no
};

// How to start the engine: `adtailor serve ...`, or `ssh host adtailor serve ...`.
struct EngineCommand
{
    QString program;
    QStringList arguments;
};

struct EngineTimes // milliseconds
{
    int restart = 1000; // from a crash to the next start
    int cancelAnswer = 400; // after this the user is told "stopped" even if the engine is not
    int cancelHang = 10'000; // an engine that has not obeyed by then is killed
};

// One job is in the engine at a time, the others wait here, so that a crash is the fault of
// exactly one. That one is tried once more; when it ends the engine again it is given up.
class EngineClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EngineClient)

public:
    explicit EngineClient(EngineCommand command, EngineTimes times = {}, QObject* parent = nullptr);
    ~EngineClient() override;

    void start(); // also after it was given up
    // Ends the process and starts this one. The running job ends as cancelled, waiting ones wait.
    void restart(EngineCommand command);
    quint64 generate(const GenerationRequest& request);
    quint64 extractPreferences(const Brief& brief, const PreferenceOptions& options, quint64 seed);
    // PBS features of at most 64 MiB of pictures, and where two backgrounds differ.
    quint64 readBackgrounds(const std::vector<Image>& pictures);
    quint64 mapDifference(const Image& left, const Image& right);
    // A stopped job always ends with `failed(job, Cancelled)`.
    void cancel(quint64 job);

    EngineState state() const { return m_state; }
    bool willRestart() const;
    const ModelInfo& model() const { return m_model; } // empty before the first Ready
    const Error& lastError() const { return m_lastError; }
    QByteArray log() const { return m_log; } // the end of what the process wrote to stderr

signals:
    void stateChanged(adtailor::EngineState state);
    void loading(const adtailor::Progress& progress);
    void progressed(quint64 job, const adtailor::Progress& progress);
    void generated(quint64 job, const std::vector<adtailor::Ad>& ads);
    void extracted(quint64 job, const adtailor::PreferenceProfile& profile);
    void backgroundsRead(quint64 job, const std::vector<adtailor::BackgroundFeature>& features,
                         const std::string& modelHash);
    void differenceMapped(quint64 job, const adtailor::DifferenceMap& map);
    void failed(quint64 job, const adtailor::Error& error);
    void retried(quint64 job); // the engine died on it and it is sent once more

private:
    struct Job
    {
        quint64 id = 0;
        protocol::Request request;
        int deaths = 0;
    };

    quint64 enqueue(protocol::Request request, quint64 id);
    void sendNext();
    void send(const protocol::Request& request);
    void readEvents();
    void handle(const protocol::Event& event);
    void handleReady(const protocol::Ready& ready);
    void handleFailed(const protocol::Failed& failed);
    bool finishActive(quint64 job); // true when somebody still waits for the answer
    void processEnded();
    void giveUp(const Error& error);
    void setState(EngineState state);

    EngineCommand m_command;
    EngineTimes m_times;
    std::unique_ptr<QProcess> m_process;
    protocol::Decoder m_decoder;
    std::deque<Job> m_waiting;
    std::optional<Job> m_active;
    bool m_abandoned = false; // the active job was already reported as cancelled
    quint64 m_nextId = 1;
    int m_failedStarts = 0;
    EngineState m_state = EngineState::Gone;
    ModelInfo m_model;
    Error m_lastError;
    QByteArray m_log;
    QTimer m_restart;
    QTimer m_cancelAnswer;
    QTimer m_cancelHang;
};

} // namespace adtailor

Q_DECLARE_METATYPE(adtailor::EngineState)
