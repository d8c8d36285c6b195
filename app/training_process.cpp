// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_process.h"

#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QtConcurrent>

#include <csignal>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

QString logFile(const QString& folder)
{
    return folder + u"/log.jsonl"_s;
}

QString quoted(const QString& word)
{
    static const QRegularExpression plain(u"^[\\w@%+=:,./-]+$"_s);
    if (plain.match(word).hasMatch())
        return word;
    return u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

TrainingProcess::TrainingProcess(EngineCommand trainer, TrainingTimes times, QObject* parent)
    : QObject(parent)
    , m_trainer(std::move(trainer))
    , m_times(times)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &TrainingProcess::look);
}

TrainingProcess::~TrainingProcess() = default;

void TrainingProcess::follow(const QString& folder)
{
    if (m_reader && folder == m_run.folder)
        return look();
    m_run = {};
    m_run.folder = folder;
    m_run.name = QDir(folder).dirName();
    m_metrics.clear();
    m_started.invalidate();
    m_reader = folder.isEmpty() ? nullptr : std::make_shared<TrainingRunReader>(folder);
    m_looking = false; // an older look finds that its reader is not ours any more
    emit followed();
    look();
}

void TrainingProcess::look()
{
    m_next.stop();
    if (!m_reader || m_looking)
        return;
    m_looking = true;
    QtConcurrent::run([reader = m_reader] { return std::pair(reader, reader->read()); })
        .then(this,
              [this](const std::pair<std::shared_ptr<TrainingRunReader>, TrainingRunReader::News>&
                         look) {
                  if (look.first == m_reader)
                      take(look.second);
              });
}

void TrainingProcess::take(const TrainingRunReader::News& news)
{
    m_looking = false;
    const bool wasAlive = isAlive(m_run.state);
    m_run = news.run;
    if (m_started.isValid() && !isAlive(m_run.state)) {
        // Its own last words, or too much time without any, end the waiting.
        const bool ended = m_run.state == RunState::Finished || m_run.state == RunState::Failed;
        if (ended || ::kill(static_cast<pid_t>(m_pid), 0) != 0
            || m_started.hasExpired(m_times.start))
            m_started.invalidate();
        else
            m_run.state = RunState::Starting;
    } else {
        m_started.invalidate();
    }
    if (news.again) {
        m_metrics.clear();
        emit restarted();
    }
    for (const RunLine& line : news.lines)
        m_metrics.add(line);
    if (!news.lines.empty())
        emit grown(news.lines);
    emit changed();
    if (wasAlive && !isAlive(m_run.state))
        emit ended(m_run);
    m_next.start(news.more ? 0 : isAlive(m_run.state) ? m_times.alive : m_times.resting);
}

double TrainingProcess::secondsLeft() const
{
    const auto seconds = m_metrics.secondsPerStep();
    if (!seconds)
        return -1;
    return *seconds * static_cast<double>(std::max<qint64>(0, m_run.steps - m_metrics.lastStep()));
}

void TrainingProcess::start()
{
    if (!m_reader || !canGoOn(m_run.state))
        return;
    const QString folder = m_run.folder, log = logFile(folder);
    QFile::remove(folder + u"/control"_s); // a word for the process before
    QFile::remove(log);
    QProcess process;
    process.setProgram(m_trainer.program);
    process.setArguments(m_trainer.arguments + QStringList{ folder, u"--json"_s });
    process.setWorkingDirectory(folder);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(log, QIODevice::Append);
    process.setStandardErrorFile(log, QIODevice::Append);
    if (!process.startDetached(&m_pid)) {
        emit failed({ ErrorCode::EngineGone,
                      toStdString(u"Cannot start %1: %2"_s.arg(m_trainer.program,
                                                               process.errorString())) });
        return;
    }
    m_started.start();
    setState(RunState::Starting);
    m_next.start(m_times.alive);
}

void TrainingProcess::pause()
{
    if (m_run.state == RunState::Running || m_run.state == RunState::Preparing)
        say(u"pause"_s, RunState::Pausing);
}

void TrainingProcess::resume()
{
    if (m_run.state == RunState::Paused || m_run.state == RunState::Pausing)
        say(u"resume"_s, RunState::Running);
}

void TrainingProcess::stop()
{
    if (isAlive(m_run.state) && m_run.state != RunState::Starting)
        say(u"stop"_s, RunState::Stopping);
}

// Shown at once; the next look tells whether the word is in the file.
void TrainingProcess::say(const QString& word, RunState soon)
{
    setState(soon);
    QtConcurrent::run([path = toPath(m_run.file(u"control"_s)), text = toStdString(word)] {
        return guarded([&] { writeFileAtomically(path, text); });
    }).then(this, [this](const Result<void>& written) {
        if (!written)
            emit failed(written.error());
        look();
    });
}

void TrainingProcess::setState(RunState state)
{
    m_run.state = state;
    m_run.error.reset();
    emit changed();
}

QString TrainingProcess::commandLine() const
{
    QStringList words{ quoted(m_trainer.program) };
    for (const QString& argument : m_trainer.arguments + QStringList{ m_run.folder })
        words << quoted(argument);
    return words.join(u' ');
}

} // namespace adtailor
