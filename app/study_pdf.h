// StudyPdf: a study's report on paper: the answer in words, plots, tables, and what was left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study_report.h>

#include <QCoreApplication>
#include <QImage>
#include <QList>

namespace adtailor {

class StudyPdf final
{
    Q_DECLARE_TR_FUNCTIONS(adtailor::StudyPdf)

public:
    static Result<void> save(const StudyReport& report, const QList<QImage>& plots,
                             const QString& file);
    static QString html(const StudyReport& report, int plots); // images "plot0", "plot1" …

    // "62 % to 75 %", or why there is none.
    static QString percent(double share);
    static QString number(double value, int decimals);
};

} // namespace adtailor
