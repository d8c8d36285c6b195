// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch_process.h"

#include "app/messages.h"
#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qint64 longestLine = 1 << 20;
constexpr int partialCode = 9; // some rows failed, each has said so
constexpr int patience = 5000; // milliseconds after a polite stop

QString quoted(const QString& word)
{
    static const QString plain
        = u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:"_s;
    for (const QChar letter : word)
        if (!plain.contains(letter))
            return u'\'' + QString(word).replace(u"'"_s, u"'\\''"_s) + u'\'';
    return word;
}

QByteArray columnsJson(const Pad1mColumns& columns)
{
    QJsonObject json;
    for (const auto& [field, column] : columns)
        json.insert(toQString(field), toQString(column));
    return QJsonDocument(json).toJson();
}

} // namespace

QStringList BatchWish::words(const QString& columnsFile) const
{
    return { u"batch"_s, table, u"--columns"_s, columnsFile,
             u"--out"_s, out,   u"--seed"_s,    QString::number(seed) };
}

BatchProcess::BatchProcess(std::function<EngineCommand()> serve, QObject* parent)
    : QObject(parent)
    , m_serve(std::move(serve))
{
}

BatchProcess::~BatchProcess()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill(); // each ad is written whole or not at all
    m_process->waitForFinished(patience);
    delete m_process;
}

// `adtailor serve --model X` becomes `adtailor … --model X`.
EngineCommand BatchProcess::command() const
{
    EngineCommand command = m_serve();
    command.arguments.removeOne(u"serve"_s);
    return command;
}

QString BatchProcess::columnsFile(const BatchWish& wish)
{
    return QDir(wish.out).filePath(u"columns.json"_s);
}

QString BatchProcess::commandLine(const BatchWish& wish) const
{
    QStringList words{ u"adtailor"_s };
    for (const QString& word : wish.words(columnsFile(wish)) + command().arguments)
        words.append(quoted(word));
    return words.join(u' ');
}

void BatchProcess::start(const BatchWish& wish)
{
    if (m_process)
        return;
    const QByteArray columns = columnsJson(wish.columns);
    const auto written = guarded([&] {
        if (!QDir().mkpath(wish.out))
            throw Failure(ErrorCode::InvalidInput,
                          "The folder " + toStdString(wish.out) + " cannot be made.");
        writeFileAtomically(toPath(columnsFile(wish)),
                            std::string_view(columns.constData(), columns.size()));
    });
    if (!written) {
        emit failed(written.error());
        return;
    }
    m_stopping = m_told = false;
    m_root.clear();
    m_process = new QProcess;
    connect(m_process, &QProcess::readyReadStandardOutput, this, [this] {
        while (m_process && m_process->canReadLine())
            read(m_process->readLine(longestLine));
    });
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        end(code, status == QProcess::CrashExit);
    });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(1, true);
    });
    m_process->setStandardErrorFile(QProcess::nullDevice());
    const EngineCommand adtailor = command();
    m_process->start(adtailor.program,
                     wish.words(columnsFile(wish)) + adtailor.arguments
                         + QStringList{ u"--json"_s });
}

void BatchProcess::stop()
{
    if (!m_process)
        return;
    m_stopping = true;
    m_process->terminate();
}

void BatchProcess::read(const QByteArray& line)
{
    const QJsonObject event = QJsonDocument::fromJson(line).object();
    const QString kind = event[u"event"].toString();
    const qint64 number = event[u"number"].toInteger();
    if (kind == u"start")
        m_root = event[u"root"].toString();
    else if (kind == u"item" || kind == u"kept")
        emit rowDone(number, event[u"title"].toString(), kind == u"kept");
    else if (kind == u"failed")
        emit rowFailed(number, event[u"detail"].toString());
    else if (kind == u"progress" && event[u"stage"].toString() == u"image")
        emit rowDrawn(event[u"done"].toDouble() / std::max(event[u"total"].toDouble(), 1.0));
    else if (kind == u"error" && !m_stopping) {
        m_told = true;
        emit failed({ Messages::codeOf(event[u"code"].toString()),
                      toStdString(event[u"detail"].toString()) });
    }
}

void BatchProcess::end(int code, bool crashed)
{
    if (!m_process)
        return;
    const QByteArray rest = m_process->readAllStandardOutput();
    for (const QByteArray& line : rest.split('\n'))
        read(line);
    m_process->deleteLater();
    m_process = nullptr;
    const bool whole = code == 0 || code == partialCode;
    if ((crashed || !whole) && !m_stopping && !m_told)
        emit failed({ ErrorCode::EngineGone,
                      "The batch ended by itself. What is made stays; continue goes on there." });
    emit ended(m_stopping || crashed || !whole);
}

} // namespace adtailor
