// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_check.h"

#include "app/messages.h"
#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int longestLine = 1 << 16; // bytes of one event
constexpr int listedSentences = 20;
constexpr int killAfter = 3000; // milliseconds after it was asked to end

} // namespace

TrainingCheck::TrainingCheck(EngineCommand trainer, QObject* parent)
    : QObject(parent)
    , m_trainer(std::move(trainer))
{
}

TrainingCheck::~TrainingCheck()
{
    if (m_process)
        m_process->kill();
}

void TrainingCheck::cancel()
{
    if (QProcess* process = std::exchange(m_process, nullptr)) {
        process->disconnect(this);
        process->terminate();
        QTimer::singleShot(killAfter, process, &QProcess::kill);
    }
    m_need.reset();
    m_error.reset();
    emit changed();
}

void TrainingCheck::check(const QJsonObject& settings)
{
    cancel();
    m_folder = std::make_unique<QTemporaryDir>();
    const QByteArray text = QJsonDocument(settings).toJson();
    const auto written = guarded([&] {
        writeFileAtomically(toPath(m_folder->path()) / "run.json",
                            std::string_view(text.data(), text.size()));
    });
    if (!written) {
        m_error = written.error();
        emit changed();
        return;
    }
    m_reading = {};
    m_done = m_total = 0;
    m_process = new QProcess;
    QProcess* process = m_process;
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            m_process->deleteLater();
            end(true);
        }
    });
    connect(process, &QProcess::finished, this,
            [this](int, QProcess::ExitStatus status) { end(status == QProcess::CrashExit); });
    connect(process, &QProcess::readyReadStandardOutput, this, [this] {
        while (m_process && m_process->canReadLine())
            readLine(m_process->readLine(longestLine));
    });
    process->setStandardErrorFile(QProcess::nullDevice());
    process->start(m_trainer.program,
                   m_trainer.arguments
                       + QStringList{ m_folder->path(), u"--dry-run"_s, u"--json"_s });
    emit changed();
}

void TrainingCheck::readLine(const QByteArray& line)
{
    const QJsonObject event = QJsonDocument::fromJson(line).object();
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

void TrainingCheck::end(bool crashed)
{
    m_process = nullptr;
    // The system ends a process that takes more memory than there is: that is an answer too.
    if (!m_need && !m_error)
        m_error = Error{ crashed ? ErrorCode::OutOfMemory : ErrorCode::EngineGone,
                         "The check ended without an answer." };
    emit changed();
}

} // namespace adtailor
