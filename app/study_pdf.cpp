// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_pdf.h"

#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <QBuffer>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int dotsPerInch = 150;

QString cells(const QStringList& texts, const char* tag)
{
    QString row = u"<tr>"_s;
    for (const QString& text : texts)
        row += u"<%1>%2</%1>"_s.arg(QLatin1String(tag), text.toHtmlEscaped());
    return row + u"</tr>"_s;
}

QString paragraphs(const std::vector<std::string>& sentences)
{
    QString all;
    for (const std::string& sentence : sentences)
        all += u"<p>%1</p>"_s.arg(toQString(sentence).toHtmlEscaped());
    return all;
}

QString heading(const QString& words)
{
    return u"<h3>%1</h3>"_s.arg(words.toHtmlEscaped());
}

const QString tableStart = u"<table border='0.5' cellspacing='0' cellpadding='4' width='100%'>"_s;

} // namespace

QString StudyPdf::percent(double share)
{
    return u"%1 %"_s.arg(QLocale().toString(share * 100, 'f', 1));
}

QString StudyPdf::number(double value, int decimals)
{
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    return plain.toString(value, 'f', decimals);
}

QString StudyPdf::html(const StudyReport& report, int plots)
{
    const auto source
        = [&](int index) { return toQString(report.sources[static_cast<std::size_t>(index)]); };
    const auto value = [](const StudyValue& v, int decimals) {
        if (!v.value)
            return toQString(v.note);
        return v.interval ? tr("%1 (%2 to %3)")
                                .arg(number(*v.value, decimals), number(v.interval->low, decimals),
                                     number(v.interval->high, decimals))
                          : number(*v.value, decimals);
    };
    QString text = u"<h2>%1</h2>"_s.arg(
        tr("%1, version %2").arg(toQString(report.study)).arg(report.version).toHtmlEscaped());
    text += u"<p>%1</p>"_s.arg(tr("%1 votes on %2 items by %3 raters · plan %4")
                                   .arg(report.votes)
                                   .arg(report.items)
                                   .arg(report.raters.size())
                                   .arg(toQString(report.hash).left(16)));
    text += paragraphs(report.summary);
    for (int i = 0; i < plots; ++i)
        text += u"<p><img src='plot%1' width='480'></p>"_s.arg(i);
    if (!report.ranking.sources.empty()) {
        text += heading(tr("Ranking")) + tableStart
            + cells({ tr("Source"), tr("Rating"), tr("Wins"), tr("Losses"), tr("Ties"),
                      tr("Both bad") },
                    "th");
        for (const SourceRank& rank : report.ranking.sources)
            text += cells({ source(rank.source), value(rank.rating, 0), QString::number(rank.wins),
                            QString::number(rank.losses), QString::number(rank.ties),
                            QString::number(rank.bothBad) },
                          "td");
        text += u"</table><p>%1</p>"_s.arg(toQString(report.ranking.method).toHtmlEscaped());
    }
    if (!report.agreement.empty()) {
        text += heading(tr("Agreement")) + tableStart
            + cells({ tr("Measure"), tr("Value"), tr("In words") }, "th");
        for (const StudyAgreement& agreement : report.agreement)
            text += cells({ toQString(agreement.name), value(agreement.value, 2),
                            toQString(agreement.words) },
                          "td");
        text += u"</table>"_s;
    }
    text += heading(tr("Raters")) + tableStart
        + cells({ tr("Rater"), tr("Votes"), tr("Catch trials passed"), tr("Same answer twice"),
                  tr("Flags") },
                "th");
    for (const RaterResult& rater : report.raters)
        text += cells({ toQString(rater.label), QString::number(rater.votes),
                        u"%1 / %2"_s.arg(rater.catchesPassed).arg(rater.catches),
                        u"%1 / %2"_s.arg(rater.repeatsSame).arg(rater.repeats),
                        toQStringList(rater.flags).join(u' ') },
                      "td");
    return text + u"</table>"_s + paragraphs(report.ranking.notes) + paragraphs(report.notes);
}

Result<void> StudyPdf::save(const StudyReport& report, const QList<QImage>& plots,
                            const QString& file)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(dotsPerInch);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins({}); // the document keeps its own
        writer.setTitle(toQString(report.study));
        QTextDocument document;
        for (qsizetype i = 0; i < plots.size(); ++i)
            document.addResource(QTextDocument::ImageResource, QUrl(u"plot%1"_s.arg(i)), plots[i]);
        document.setHtml(html(report, static_cast<int>(plots.size())));
        document.print(&writer);
    }
    return guarded([&] {
        writeFileAtomically(
            toPath(file),
            std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    });
}

} // namespace adtailor
