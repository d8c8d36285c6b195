// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_client.h"

#include <algorithm>

namespace adtailor {

namespace {

constexpr int maximumFailedStarts = 3;
constexpr int maximumDeaths = 2;
constexpr qsizetype logBytes = 16 * 1024;

template<class... Handlers> struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template<class... Handlers> Overloaded(Handlers...) -> Overloaded<Handlers...>;

Error engineGone(const char* what)
{
    return { ErrorCode::EngineGone, what };
}

} // namespace

EngineClient::EngineClient(EngineCommand command, EngineTimes times, QObject* parent)
    : QObject(parent)
    , m_command(std::move(command))
    , m_times(times)
{
    for (QTimer* timer : { &m_restart, &m_cancelAnswer, &m_cancelHang })
        timer->setSingleShot(true);
    m_restart.setInterval(m_times.restart);
    m_cancelAnswer.setInterval(m_times.cancelAnswer);
    m_cancelHang.setInterval(m_times.cancelHang);
    connect(&m_restart, &QTimer::timeout, this, &EngineClient::start);
    connect(&m_cancelAnswer, &QTimer::timeout, this, [this] {
        if (m_active && !m_abandoned) {
            m_abandoned = true;
            emit failed(m_active->id, { ErrorCode::Cancelled, "Stopped." });
        }
    });
    connect(&m_cancelHang, &QTimer::timeout, this, [this] {
        if (m_process)
            m_process->kill();
    });
}

EngineClient::~EngineClient()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    if (m_process->state() == QProcess::Running)
        send(protocol::Quit{});
    m_process->closeWriteChannel();
    // The window is closed already; the engine ends at its next token.
    if (!m_process->waitForFinished(1000))
        m_process->kill();
    m_process->waitForFinished(1000);
}

void EngineClient::start()
{
    if (m_process)
        return;
    if (!m_restart.isActive() && m_failedStarts >= maximumFailedStarts)
        m_failedStarts = 0; // asked for by the user
    m_restart.stop();
    m_decoder = protocol::Decoder();
    m_process = std::make_unique<QProcess>();
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &EngineClient::readEvents);
    connect(m_process.get(), &QProcess::readyReadStandardError, this,
            [this] { m_log = (m_log + m_process->readAllStandardError()).right(logBytes); });
    connect(m_process.get(), &QProcess::finished, this, &EngineClient::processEnded);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) // no `finished` follows
            QMetaObject::invokeMethod(this, &EngineClient::processEnded, Qt::QueuedConnection);
    });
    setState(EngineState::Starting);
    m_process->start(m_command.program, m_command.arguments);
}

void EngineClient::restart(EngineCommand command)
{
    m_command = std::move(command);
    for (QTimer* timer : { &m_restart, &m_cancelAnswer, &m_cancelHang })
        timer->stop();
    if (m_process) {
        QProcess* old = m_process.release();
        old->disconnect(this);
        connect(old, &QProcess::finished, old, &QObject::deleteLater);
        if (old->state() == QProcess::NotRunning)
            old->deleteLater();
        else
            old->kill();
    }
    m_failedStarts = 0;
    m_lastError = {};
    m_model = {};
    m_state = EngineState::Gone;
    start();
    if (!m_active)
        return;
    const quint64 id = m_active->id;
    m_active.reset();
    if (!std::exchange(m_abandoned, false))
        emit failed(id, { ErrorCode::Cancelled, "Stopped: the engine starts on another model." });
}

quint64 EngineClient::generate(const GenerationRequest& request)
{
    const quint64 id = m_nextId++;
    return enqueue(protocol::Generate{ id, request }, id);
}

quint64 EngineClient::extractPreferences(const Brief& brief, const PreferenceOptions& options,
                                         quint64 seed)
{
    const quint64 id = m_nextId++;
    return enqueue(protocol::ExtractPreferences{ id, brief, options, seed }, id);
}

quint64 EngineClient::readBackgrounds(const std::vector<Image>& pictures)
{
    const quint64 id = m_nextId++;
    return enqueue(protocol::ReadBackgrounds{ id, pictures }, id);
}

quint64 EngineClient::mapDifference(const Image& left, const Image& right)
{
    const quint64 id = m_nextId++;
    return enqueue(protocol::MapDifference{ id, left, right }, id);
}

quint64 EngineClient::enqueue(protocol::Request request, quint64 id)
{
    m_waiting.push_back({ id, std::move(request), 0 });
    // Queued, so that the caller knows the id before any answer can arrive.
    QMetaObject::invokeMethod(this, &EngineClient::sendNext, Qt::QueuedConnection);
    return id;
}

void EngineClient::cancel(quint64 job)
{
    if (m_active && m_active->id == job) {
        if (m_process && m_state == EngineState::Busy && !m_cancelHang.isActive()) {
            send(protocol::Cancel{ job });
            m_cancelAnswer.start();
            m_cancelHang.start();
        }
        return;
    }
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [job](const Job& waiting) { return waiting.id == job; });
    if (found == m_waiting.end())
        return;
    m_waiting.erase(found);
    emit failed(job, { ErrorCode::Cancelled, "Stopped before it started." });
}

bool EngineClient::willRestart() const
{
    return m_process || m_restart.isActive();
}

void EngineClient::sendNext()
{
    if (m_state == EngineState::Gone && !willRestart() && !m_waiting.empty())
        giveUp(m_lastError);
    if (m_state != EngineState::Ready || m_waiting.empty())
        return;
    m_active = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_abandoned = false;
    const Result<std::vector<std::byte>> frame = protocol::encode(m_active->request);
    if (!frame) {
        const quint64 id = m_active->id;
        m_active.reset();
        emit failed(id, frame.error());
        sendNext();
        return;
    }
    setState(EngineState::Busy);
    m_process->write(reinterpret_cast<const char*>(frame->data()),
                     static_cast<qint64>(frame->size()));
}

void EngineClient::send(const protocol::Request& request)
{
    const Result<std::vector<std::byte>> frame = protocol::encode(request);
    if (frame)
        m_process->write(reinterpret_cast<const char*>(frame->data()),
                         static_cast<qint64>(frame->size()));
}

void EngineClient::readEvents()
{
    const QByteArray bytes = m_process->readAllStandardOutput();
    m_decoder.feed(std::as_bytes(std::span(bytes.constData(), bytes.size())));
    while (m_process) {
        const Result<std::optional<protocol::Event>> event = m_decoder.nextEvent();
        if (!event) { // the stream cannot be trusted any more
            m_lastError = engineGone("The engine sent something unreadable and was restarted.");
            disconnect(m_process.get(), &QProcess::readyReadStandardOutput, this, nullptr);
            m_process->kill();
            return;
        }
        if (!event->has_value())
            return;
        handle(**event);
    }
}

void EngineClient::handle(const protocol::Event& event)
{
    std::visit(Overloaded{
                   [this](const protocol::Ready& ready) { handleReady(ready); },
                   [this](const protocol::Progressed& progress) {
                       if (progress.job == 0)
                           emit loading(progress.progress);
                       else if (m_active && m_active->id == progress.job && !m_abandoned)
                           emit progressed(progress.job, progress.progress);
                   },
                   [this](const protocol::Generated& done) {
                       if (finishActive(done.job))
                           emit generated(done.job, done.ads);
                   },
                   [this](const protocol::Extracted& done) {
                       if (finishActive(done.job))
                           emit extracted(done.job, done.profile);
                   },
                   [this](const protocol::BackgroundsRead& done) {
                       if (finishActive(done.job))
                           emit backgroundsRead(done.job, done.features, done.modelHash);
                   },
                   [this](const protocol::DifferenceMapped& done) {
                       if (finishActive(done.job))
                           emit differenceMapped(done.job, done.map);
                   },
                   [this](const protocol::Failed& failure) { handleFailed(failure); },
               },
               event);
}

void EngineClient::handleReady(const protocol::Ready& ready)
{
    if (ready.protocolVersion != protocol::version) {
        m_lastError = engineGone("The engine is of another version than the studio. Install both "
                                 "from the same package.");
        m_failedStarts = maximumFailedStarts;
        m_process->kill();
        return;
    }
    m_failedStarts = 0;
    m_model = ready.model;
    setState(EngineState::Ready);
    sendNext();
}

void EngineClient::handleFailed(const protocol::Failed& failure)
{
    if (failure.job != 0) {
        if (finishActive(failure.job))
            emit failed(failure.job, failure.error);
        return;
    }
    m_lastError = failure.error;
    if (m_state == EngineState::Starting) { // no model: another start ends the same way
        m_failedStarts = maximumFailedStarts;
        m_process->kill(); // it may wait for us to hang up
    } else if (const quint64 id = m_active ? m_active->id : 0; finishActive(id)) {
        emit failed(id, failure.error);
    }
}

bool EngineClient::finishActive(quint64 job)
{
    if (!m_active || m_active->id != job)
        return false;
    const bool wanted = !m_abandoned;
    m_active.reset();
    m_abandoned = false;
    m_cancelAnswer.stop();
    m_cancelHang.stop();
    setState(EngineState::Ready);
    QMetaObject::invokeMethod(this, &EngineClient::sendNext, Qt::QueuedConnection);
    return wanted;
}

void EngineClient::processEnded()
{
    if (!m_process)
        return;
    m_log = (m_log + m_process->readAllStandardError()).right(logBytes);
    if (m_state == EngineState::Starting)
        ++m_failedStarts;
    const bool missing = m_process->error() == QProcess::FailedToStart;
    m_process.release()->deleteLater();
    if (missing) {
        m_failedStarts = maximumFailedStarts;
        m_lastError = engineGone("The engine program was not found beside the studio. Install "
                                 "AdTailor again.");
    } else if (m_lastError.detail.empty()) {
        m_lastError = engineGone("The engine ended unexpectedly.");
    }
    const bool cancelled = m_cancelHang.isActive() || m_abandoned;
    m_cancelAnswer.stop();
    m_cancelHang.stop();
    if (m_failedStarts < maximumFailedStarts)
        m_restart.start();
    setState(EngineState::Gone);

    if (m_active) {
        Job job = std::move(*m_active);
        m_active.reset();
        const bool reported = std::exchange(m_abandoned, false);
        if (cancelled) {
            if (!reported)
                emit failed(job.id, { ErrorCode::Cancelled, "Stopped." });
        } else if (++job.deaths < maximumDeaths) {
            const quint64 id = job.id;
            m_waiting.push_front(std::move(job));
            emit retried(id);
        } else {
            emit failed(job.id,
                        engineGone("The engine ended twice on this job. It was set "
                                   "aside."));
        }
    }
    if (!willRestart())
        giveUp(m_lastError);
}

void EngineClient::giveUp(const Error& error)
{
    const std::deque<Job> waiting = std::exchange(m_waiting, {});
    for (const Job& job : waiting)
        emit failed(job.id, error);
}

void EngineClient::setState(EngineState state)
{
    if (m_state == state)
        return;
    m_state = state;
    if (state == EngineState::Ready)
        m_lastError = {};
    emit stateChanged(state);
}

} // namespace adtailor
