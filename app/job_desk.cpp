// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/job_desk.h"

#include "app/messages.h"
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
        m_entry = 0;
        m_status = {};
        emit statusChanged();
    });
    connect(&session.queue(), &JobQueue::startable, this, &JobDesk::startNext);
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
        if (state != EngineState::Ready)
            return;
        if (m_readingWanted && m_readingStale)
            m_readSoon.start();
        startNext();
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

// More than one where a setting varies: the columns of one grid.
std::vector<AdBatch> JobDesk::batchesOfBrief()
{
    constexpr quint64 gridBit = quint64(1) << 63U; // no job of the engine has such a number
    std::vector<AdBatch> batches;
    const bool varies = m_session.settings().vary != Vary::Nothing;
    const quint64 group = varies ? gridBit | ++m_grids : 0;
    for (GenerationRequest& request : m_session.requests()) {
        AdBatch batch;
        batch.request = std::move(request);
        batch.group = group;
        batch.varies = m_session.settings().vary;
        batch.product = m_session.name();
        if (!batch.request.brief.history.empty()) {
            batch.person = m_session.person()->name;
            batch.personId = m_session.person()->id;
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

void JobDesk::generate()
{
    if (m_status.isActive() || !m_session.gaps().isEmpty())
        return;
    std::vector<AdBatch> batches = batchesOfBrief();
    qint64 first = 0;
    for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch)
        first = m_session.queue().add(std::move(*batch), true);
    if (first)
        start(first);
}

void JobDesk::enqueue()
{
    if (!m_session.gaps().isEmpty())
        return;
    for (AdBatch& batch : batchesOfBrief())
        m_session.queue().add(std::move(batch), false);
    startNext();
}

void JobDesk::make(AdBatch batch)
{
    const qint64 id = m_session.queue().add(std::move(batch), true);
    if (!m_status.isActive())
        start(id);
}

void JobDesk::startNext()
{
    if (m_status.isActive() || m_engine.state() == EngineState::Gone)
        return;
    if (const QueueEntry* entry = m_session.queue().next())
        start(entry->id);
}

void JobDesk::start(qint64 id)
{
    JobQueue& queue = m_session.queue();
    AdBatch batch = queue.entries().at(static_cast<std::size_t>(queue.rowOf(id))).batch;
    batch.job = m_entry = id;
    m_status = {};
    m_status.phase = RunStatus::Phase::Waiting;
    m_runTime.start();
    m_stageTime.invalidate();
    m_batch = m_engine.generate(batch.request);
    batch.id = m_batch;
    queue.start(id, m_batch);
    m_session.board().begin(std::move(batch));
    emit statusChanged();
}

void JobDesk::stop()
{
    if (!m_status.isActive() || m_status.phase == RunStatus::Phase::Stopping)
        return;
    m_status.phase = RunStatus::Phase::Stopping;
    emit statusChanged();
    JobQueue& queue = m_session.queue();
    const int row = queue.rowOf(m_entry);
    const quint64 group = row < 0 ? 0 : queue.entries()[static_cast<std::size_t>(row)].batch.group;
    std::vector<qint64> rest;
    for (const QueueEntry& entry : queue.entries())
        if (group && entry.batch.group == group && entry.id != m_entry)
            rest.push_back(entry.id);
    for (const qint64 id : rest)
        queue.remove(id);
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
    const bool drawing = progress.stage == Stage::Image && progress.total > 0;
    m_session.queue().progress(m_entry,
                               drawing ? static_cast<double>(progress.done) / progress.total : 0,
                               m_status.secondsLeft);
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
    m_session.queue().finish(std::exchange(m_entry, 0));
    emit statusChanged();
    emit finished(static_cast<int>(ads.size()));
    startNext();
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
    const qint64 entry = std::exchange(m_entry, 0);
    if (stopped)
        m_session.queue().remove(entry); // what was drawn is a draft
    else
        m_session.queue().fail(entry, Messages::forError(error).sentence);
    emit statusChanged();
    startNext();
}

} // namespace adtailor
