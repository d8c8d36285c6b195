// BatchProcess: `adtailor batch` over a table, as a child that may be stopped and goes on where it
// was. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"

#include <adtailor/pad1m.h>

#include <QObject>

#include <functional>

class QProcess;

namespace adtailor {

struct BatchWish
{
    QString table;
    Pad1mColumns columns;
    QString out; // folder; the columns are kept there too
    quint64 seed = 0;

    QStringList words(const QString& columnsFile) const; // after `adtailor`
};

class BatchProcess final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchProcess)

public:
    // serve: the studio's engine, whose model and precision the batch takes over.
    explicit BatchProcess(std::function<EngineCommand()> serve, QObject* parent = nullptr);
    ~BatchProcess() override; // stops it; what is made stays

    void start(const BatchWish& wish);
    void stop(); // within a second or so; the row that is drawn is given up
    bool isRunning() const { return m_process != nullptr; }
    const QString& root() const { return m_root; } // where the ads lie; empty: not known yet
    // The same in a shell.
    QString commandLine(const BatchWish& wish) const;

signals:
    void rowDone(qint64 number, const QString& title, bool fromBefore);
    void rowFailed(qint64 number, const QString& reason);
    void rowDrawn(double share); // of the picture that is drawn now
    void ended(bool stopped);
    void failed(const adtailor::Error& error);

private:
    void read(const QByteArray& line);
    void end(int code, bool crashed);
    EngineCommand command() const;
    static QString columnsFile(const BatchWish& wish);

    std::function<EngineCommand()> m_serve;
    QProcess* m_process = nullptr;
    QString m_root;
    bool m_stopping = false;
    bool m_told = false; // a sentence about the whole batch
};

} // namespace adtailor
