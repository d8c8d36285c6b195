// TrainingCheck: asks the trainer what a run would take before it starts; the GUI never waits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"

#include <adtailor/error.h>

#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace adtailor {

struct TrainingNeed
{
    qint64 examples = 0, leftOut = 0, steps = 0, trainedWeights = 0;
    double secondsPerStep = 0, secondsOfData = 0;
    quint64 memoryBytes = 0, machineBytes = 0, checkpointBytes = 0;
    QStringList sentences; // why examples are left out; the first few
    double seconds() const { return secondsOfData + secondsPerStep * static_cast<double>(steps); }
};

class TrainingCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrainingCheck)

public:
    // trainer: `adtailor train`.
    explicit TrainingCheck(EngineCommand trainer, QObject* parent = nullptr);
    ~TrainingCheck() override;

    void check(const QJsonObject& settings); // instead of the one before
    void cancel(); // forgets the result too
    bool isRunning() const { return m_process != nullptr; }
    const std::optional<TrainingNeed>& need() const { return m_need; }
    const std::optional<Error>& error() const { return m_error; }
    qint64 done() const { return m_done; } // of the data that an estimate reads
    qint64 total() const { return m_total; }

signals:
    void changed();

private:
    void readLine(const QByteArray& line);
    void end(bool crashed);

    EngineCommand m_trainer;
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess* m_process = nullptr; // deletes itself when it has ended
    TrainingNeed m_reading;
    std::optional<TrainingNeed> m_need;
    std::optional<Error> m_error;
    qint64 m_done = 0, m_total = 0;
};

} // namespace adtailor
