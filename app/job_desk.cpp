// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/job_desk.h"

#include "app/project_session.h"

namespace adtailor {

namespace {

constexpr int readDelay = 400; // milliseconds after the last edit
constexpr qint64 tokensForEstimate = 24; // fewer say too little about the speed

} // namespace

JobDesk::JobDesk(ProjectSession& session, EngineClient& engine, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_engine(engine)
{
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(readDelay);
    connect(&m_readSoon, &QTimer::timeout, this, &JobDesk::askPreferences);
    connect(&session, &ProjectSession::historyChanged, this, [this] {
        m_readingStale = true;
        m_session.history().clearProfile();
        if (m_readingWanted)
            m_readSoon.start();
    });
    connect(&session, &ProjectSession::opened, this, [this] {
        if (m_batch)
            m_engine.cancel(std::exchange(m_batch, 0));
        m_status = {};
        emit statusChanged();
    });
    connect(&engine, &EngineClient::progressed, this, &JobDesk::progressed);
    connect(&engine, &EngineClient::generated, this, &JobDesk::generated);
    connect(&engine, &EngineClient::failed, this, &JobDesk::failed);
    connect(&engine, &EngineClient::extracted, this,
            [this](quint64 job, const PreferenceProfile& profile) {
                if (job != m_reading)
                    return;
                m_reading = 0;
                if (!m_readingStale)
                    m_session.setProfile(profile, m_readClicks);
                emit readingChanged();
            });
    connect(&engine, &EngineClient::retried, this, [this](quint64 job) {
        if (job != m_batch)
            return;
        m_status.phase = RunStatus::Phase::Waiting;
        m_status.retried = true;
        emit statusChanged();
    });
    connect(&engine, &EngineClient::stateChanged, this, [this](EngineState state) {
        if (state == EngineState::Ready && m_readingWanted && m_readingStale)
            m_readSoon.start();
    });
}

void JobDesk::setReadingWanted(bool wanted)
{
    m_readingWanted = wanted;
    if (!wanted)
        m_readSoon.stop();
    else if (m_readingStale)
        m_readSoon.start();
}

void JobDesk::askPreferences()
{
    if (m_engine.state() == EngineState::Gone || m_session.history().includedCount() == 0
        || m_session.brief().description.trimmed().isEmpty())
        return;
    if (m_reading)
        m_engine.cancel(std::exchange(m_reading, 0));
    PreferenceOptions options;
    options.seed = m_session.drawSeed();
    m_readClicks = m_session.includedClicks();
    m_readingStale = false;
    m_reading
        = m_engine.extractPreferences(m_session.engineBrief(), options, m_session.settings().seed);
    emit readingChanged();
}

void JobDesk::generate()
{
    if (m_status.isActive() || !m_session.gaps().isEmpty())
        return;
    AdBatch batch;
    batch.request = m_session.request();
    batch.product = m_session.name();
    if (!batch.request.brief.history.empty())
        batch.person = m_session.person()->name;
    m_status = {};
    m_status.phase = RunStatus::Phase::Waiting;
    m_runTime.start();
    m_stageTime.invalidate();
    m_batch = m_engine.generate(batch.request);
    batch.id = m_batch;
    m_session.board().begin(std::move(batch));
    emit statusChanged();
}

void JobDesk::stop()
{
    if (!m_status.isActive() || m_status.phase == RunStatus::Phase::Stopping)
        return;
    m_status.phase = RunStatus::Phase::Stopping;
    emit statusChanged();
    m_engine.cancel(m_batch);
}

void JobDesk::enterStage(Stage stage)
{
    if (m_stageTime.isValid() && m_status.stage != stage)
        m_status.stageSeconds[static_cast<std::size_t>(m_status.stage)]
            = m_stageTime.elapsed() / 1000.0;
    if (!m_stageTime.isValid() || m_status.stage != stage)
        m_stageTime.start();
    m_status.stage = stage;
}

void JobDesk::progressed(quint64 job, const Progress& progress)
{
    if (job != m_batch)
        return;
    if (m_status.phase == RunStatus::Phase::Waiting)
        m_status.phase = RunStatus::Phase::Running;
    enterStage(progress.stage);
    m_status.done = progress.done;
    m_status.total = progress.total;
    m_status.tokensPerSecond = progress.tokensPerSecond;
    m_status.secondsLeft = -1;
    if (progress.stage == Stage::Image && progress.done >= tokensForEstimate)
        m_status.secondsLeft = m_stageTime.elapsed() / 1000.0 / progress.done
            * static_cast<double>(progress.total - progress.done);
    m_session.board().update(job, progress, m_engine.model().gridSide);
    emit statusChanged();
}

void JobDesk::generated(quint64 job, const std::vector<Ad>& ads)
{
    if (job != m_batch)
        return;
    m_batch = 0;
    enterStage(Stage::Train); // closes the clock of the last stage
    m_status.stage = Stage::Decode;
    m_status.phase = RunStatus::Phase::Done;
    m_status.seconds = m_runTime.elapsed() / 1000.0;
    m_status.secondsLeft = 0;
    m_session.board().finish(job, ads, m_engine.model());
    emit statusChanged();
    emit finished(static_cast<int>(ads.size()));
}

void JobDesk::failed(quint64 job, const Error& error)
{
    if (job == m_reading) {
        m_reading = 0;
        emit readingChanged();
        if (error.code != ErrorCode::Cancelled)
            emit readingFailed(error);
        return;
    }
    if (job != m_batch)
        return;
    m_batch = 0;
    const bool stopped = error.code == ErrorCode::Cancelled;
    m_status.phase = stopped ? RunStatus::Phase::Stopped : RunStatus::Phase::Failed;
    if (!stopped)
        m_status.error = error;
    m_session.board().abandon(job);
    emit statusChanged();
}

} // namespace adtailor
