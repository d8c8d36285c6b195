// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_check.h"

#include "app/messages.h"
#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int longestLine = 1 << 16; // bytes of one event
constexpr int listedSentences = 20;
constexpr int killAfter = 3000; // milliseconds after it was asked to end

} // namespace

TrainingCheck::TrainingCheck(EngineCommand command, QObject* parent)
    : QObject(parent)
    , m_command(std::move(command))
{
}

TrainingCheck::~TrainingCheck()
{
    for (QProcess* process : { m_estimate, m_linting })
        if (process)
            process->kill();
}

void TrainingCheck::cancel()
{
    for (QProcess** process : { &m_estimate, &m_linting })
        if (QProcess* running = std::exchange(*process, nullptr)) {
            running->disconnect(this);
            running->terminate();
            QTimer::singleShot(killAfter, running, &QProcess::kill);
        }
    m_need.reset();
    m_lint.reset();
    m_error.reset();
    emit changed();
}

void TrainingCheck::check(const QJsonObject& settings)
{
    cancel();
    m_settings = settings;
    m_folder = std::make_unique<QTemporaryDir>();
    const QByteArray text = QJsonDocument(settings).toJson();
    const auto written = guarded([&] {
        writeFileAtomically(toPath(m_folder->path()) / "run.json",
                            std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    });
    if (!written) {
        m_error = written.error();
        emit changed();
        return;
    }
    m_reading = {};
    m_done = m_total = 0;
    m_estimate = start(
        { u"train"_s, m_folder->path(), u"--dry-run"_s },
        [this](const QJsonObject& event) { readEstimate(event); },
        [this](bool crashed) { endEstimate(crashed); });
    emit changed();
}

QProcess* TrainingCheck::start(const QStringList& words,
                               const std::function<void(const QJsonObject& event)>& read,
                               const std::function<void(bool crashed)>& end)
{
    auto* process = new QProcess;
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    connect(process, &QProcess::errorOccurred, this, [process, end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            process->deleteLater();
            end(false);
        }
    });
    connect(process, &QProcess::finished, this,
            [end](int, QProcess::ExitStatus status) { end(status == QProcess::CrashExit); });
    connect(process, &QProcess::readyReadStandardOutput, this, [process, read] {
        while (process->canReadLine())
            read(QJsonDocument::fromJson(process->readLine(longestLine)).object());
    });
    process->setStandardErrorFile(QProcess::nullDevice());
    // Fails to start only after this function, when its caller knows the process.
    QMetaObject::invokeMethod(
        process,
        [this, process, words] {
            process->start(m_command.program,
                           m_command.arguments + words + QStringList{ u"--json"_s });
        },
        Qt::QueuedConnection);
    return process;
}

void TrainingCheck::readEstimate(const QJsonObject& event)
{
    const QString kind = event[u"event"].toString();
    if (kind == u"progress") {
        m_done = event[u"done"].toInteger();
        m_total = event[u"total"].toInteger();
        emit changed();
    } else if (kind == u"warning") {
        if (m_reading.sentences.size() < listedSentences)
            m_reading.sentences << event[u"detail"].toString();
    } else if (kind == u"error") {
        m_error = Error{ Messages::codeOf(event[u"code"].toString()),
                         toStdString(event[u"detail"].toString()) };
    } else if (kind == u"estimate") {
        m_reading.examples = event[u"examples"].toInteger();
        m_reading.leftOut = event[u"skipped"].toInteger();
        m_reading.steps = event[u"steps"].toInteger();
        m_reading.trainedWeights = event[u"trainedParameters"].toInteger();
        m_reading.secondsPerStep = event[u"secondsPerStep"].toDouble();
        m_reading.secondsOfData = event[u"secondsOfData"].toDouble();
        m_reading.memoryBytes = static_cast<quint64>(event[u"memoryBytes"].toDouble());
        m_reading.machineBytes = static_cast<quint64>(event[u"machineBytes"].toDouble());
        m_reading.checkpointBytes = static_cast<quint64>(event[u"checkpointBytes"].toDouble());
        m_need = m_reading;
    }
}

void TrainingCheck::endEstimate(bool crashed)
{
    m_estimate = nullptr;
    // The system ends a process that takes more memory than there is: that is an answer too.
    if (!m_need && !m_error)
        m_error = Error{ crashed ? ErrorCode::OutOfMemory : ErrorCode::EngineGone,
                         "The check ended without an answer." };
    if (m_need)
        startLint();
    emit changed();
}

// Beside the run.json that the estimate read.
QString TrainingCheck::writeColumns() const
{
    const QByteArray text = QJsonDocument(m_settings[u"columns"].toObject()).toJson();
    const QString path = m_folder->filePath(u"columns.json"_s);
    static_cast<void>(guarded([&] {
        writeFileAtomically(toPath(path),
                            std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    })); // not written, the lint says that it is not there
    return path;
}

void TrainingCheck::startLint()
{
    QStringList words{ u"dataset"_s, u"lint"_s, m_settings[u"records"].toString(), u"--root"_s,
                       m_settings[u"scenes"].toString() };
    if (m_settings.contains(u"columns"))
        words << u"--columns"_s << writeColumns();
    m_linting = start(
        words,
        [this](const QJsonObject& event) {
            if (event[u"event"].toString() != u"done")
                return;
            DataLint lint{ event[u"records"].toInteger(),
                           event[u"unusable"].toInteger(),
                           event[u"warnings"].toInteger(),
                           {} };
            const QJsonObject counts = event[u"counts"].toObject();
            for (auto it = counts.begin(); it != counts.end(); ++it)
                if (it->toInteger() > 0)
                    lint.counts.append({ it.key(), it->toInteger() });
            std::stable_sort(lint.counts.begin(), lint.counts.end(),
                             [](const auto& a, const auto& b) { return a.second > b.second; });
            m_lint = lint;
        },
        [this](bool) {
            m_linting = nullptr;
            emit changed();
        });
}

} // namespace adtailor
