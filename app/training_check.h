// TrainingCheck: asks the trainer what a run would take before it starts; the GUI never waits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"

#include <adtailor/error.h>

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
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

// What `adtailor dataset lint` says of the rows to learn from.
struct DataLint
{
    qint64 records = 0, unusable = 0, warnings = 0;
    QList<std::pair<QString, qint64>> counts; // kind as the command names it, findings; most first
};

class TrainingCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrainingCheck)

public:
    // command: `adtailor`; the verbs follow.
    explicit TrainingCheck(EngineCommand command, QObject* parent = nullptr);
    ~TrainingCheck() override;

    void check(const QJsonObject& settings); // instead of the one before
    void cancel(); // forgets the result too
    bool isRunning() const { return m_estimate != nullptr; }
    const std::optional<TrainingNeed>& need() const { return m_need; }
    const std::optional<DataLint>& lint() const { return m_lint; } // comes after the need
    const std::optional<Error>& error() const { return m_error; }
    qint64 done() const { return m_done; } // of the data that an estimate reads
    qint64 total() const { return m_total; }

signals:
    void changed();

private:
    QProcess* start(const QStringList& words,
                    const std::function<void(const QJsonObject& event)>& read,
                    const std::function<void(bool crashed)>& end);
    void readEstimate(const QJsonObject& event);
    void endEstimate(bool crashed);
    QString writeColumns() const;
    void startLint();

    EngineCommand m_command;
    std::unique_ptr<QTemporaryDir> m_folder;
    QJsonObject m_settings;
    QProcess* m_estimate = nullptr; // each deletes itself when it has ended
    QProcess* m_linting = nullptr;
    TrainingNeed m_reading;
    std::optional<TrainingNeed> m_need;
    std::optional<DataLint> m_lint;
    std::optional<Error> m_error;
    qint64 m_done = 0, m_total = 0;
};

} // namespace adtailor
