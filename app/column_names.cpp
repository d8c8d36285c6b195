// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/column_names.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qint64 longestStart = 256 << 10;
constexpr int mostColumns = 200;
constexpr int longestName = 200;

// The separator that stands most often outside quotes, as the reader of records takes it.
QChar separatorOf(const QString& header)
{
    const QString choices = u",;\t"_s;
    qsizetype counts[3] = {};
    bool quoted = false;
    for (const QChar c : header) {
        if (c == u'"')
            quoted = !quoted;
        else if (const qsizetype at = choices.indexOf(c); at >= 0 && !quoted)
            ++counts[at];
    }
    return choices[std::max_element(std::begin(counts), std::end(counts)) - std::begin(counts)];
}

// RFC 4180: quotes around, doubled inside.
QStringList splitHeader(const QString& header)
{
    const QChar separator = separatorOf(header);
    QStringList names{ {} };
    bool quoted = false;
    for (qsizetype i = 0; i < header.size(); ++i) {
        const QChar c = header[i];
        if (c == u'"' && quoted && header.mid(i + 1, 1) == u"\""_s)
            names.last() += header[++i];
        else if (c == u'"')
            quoted = !quoted;
        else if (c == separator && !quoted)
            names << QString();
        else
            names.last() += c;
    }
    return names;
}

} // namespace

QStringList columnNames(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool table = suffix == u"csv" || suffix == u"tsv";
    QFile file(path);
    if ((!table && suffix != u"jsonl" && suffix != u"ndjson") || !QFileInfo(path).isFile()
        || !file.open(QIODevice::ReadOnly))
        return {};
    QByteArray line = file.readLine(longestStart).trimmed();
    if (line.startsWith("\xEF\xBB\xBF"))
        line.remove(0, 3);
    QStringList names = table ? splitHeader(QString::fromUtf8(line))
                              : QJsonDocument::fromJson(line).object().keys();
    for (QString& name : names)
        name = name.trimmed();
    names.removeIf([](const QString& name) { return name.isEmpty() || name.size() > longestName; });
    names.removeDuplicates();
    return names.first(std::min<qsizetype>(names.size(), mostColumns));
}

} // namespace adtailor
