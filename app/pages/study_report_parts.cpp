// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of a study's report show; the page itself is built in study_report_view.cpp.
#include "app/pages/page_parts.h"
#include "app/pages/study_report_view.h"
#include "app/qt_types.h"
#include "app/study_pdf.h"
#include "widgets/interval_plot.h"
#include "widgets/look.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"
#include "widgets/win_matrix.h"

#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

std::optional<IntervalPlot::Range> range(const std::optional<Interval>& interval)
{
    return interval ? std::optional(IntervalPlot::Range{ interval->low, interval->high })
                    : std::nullopt;
}

QStandardItem* cell(const QString& text, bool number = false)
{
    auto* item = new QStandardItem(text);
    if (number)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

QStandardItem* pill(const QString& text, StatusKind kind)
{
    auto* item = new QStandardItem;
    item->setData(text, StatusRole);
    item->setData(static_cast<int>(kind), StatusKindRole);
    return item;
}

// As high as its rows: the page scrolls, not the table.
void fitHeight(QTableView* table)
{
    table->verticalHeader()->setDefaultSectionSize(scaled(Look::current().sizes.row + 2));
    int height = table->horizontalHeader()->sizeHint().height() + scaled(4);
    for (int row = 0; row < table->model()->rowCount(); ++row)
        height += table->rowHeight(row);
    table->setFixedHeight(height);
}

} // namespace

QString StudyReportView::source(int index) const
{
    return toQString(m_report->sources[static_cast<std::size_t>(index)]);
}

QString StudyReportView::bandName(AgreementBand band) const
{
    switch (band) {
    case AgreementBand::Undefined:
        return tr("Not computed");
    case AgreementBand::Low:
        return tr("Low");
    case AgreementBand::Tentative:
        return tr("Tentative");
    case AgreementBand::Reliable:
        return tr("Reliable");
    }
    return {};
}

void StudyReportView::setFact(int fact, const QString& name, const QString& value,
                              const QString& detail)
{
    const Fact& parts = m_facts[static_cast<std::size_t>(fact)];
    parts.name->setText(name);
    parts.value->setText(value);
    parts.detail->setText(detail);
}

void StudyReportView::showFacts()
{
    const StudyReport& report = *m_report;
    const auto& pairs = report.ranking.pairs;
    const auto& ranks = report.ranking.sources;
    const auto between = [](const Interval& interval) {
        return tr("95 % interval %1 to %2")
            .arg(StudyPdf::percent(interval.low), StudyPdf::percent(interval.high));
    };
    setFact(0, tr("Winner"), noValue(), {});
    if (ranks.size() > 1) {
        const int best = ranks.front().source, last = ranks.back().source;
        const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const SourcePair& pair) {
            return pair.row == best && pair.column == last;
        });
        if (found != pairs.end() && found->probability.value)
            setFact(0, tr("%1 wins against %2").arg(source(best), source(last)),
                    StudyPdf::percent(*found->probability.value),
                    found->probability.interval ? between(*found->probability.interval)
                                                : toQString(found->probability.note));
    }
    const auto told = std::count_if(pairs.begin(), pairs.end(), [](const SourcePair& pair) {
        return pair.row < pair.column && pair.distinguishable;
    });
    const auto all = std::count_if(pairs.begin(), pairs.end(),
                                   [](const SourcePair& p) { return p.row < p.column; });
    setFact(1, tr("Pairs of sources we can tell apart"),
            all > 0 ? tr("%1 of %2").arg(told).arg(all) : noValue(),
            told < all ? tr("The others overlap.") : QString());
    const SideBias& bias = report.sideBias;
    setFact(2, tr("Left side chosen"),
            bias.leftShare.value ? StudyPdf::percent(*bias.leftShare.value) : noValue(),
            !bias.p ? toQString(bias.leftShare.note)
                : *bias.p < 0.05
                ? tr("p = %1 · a side was preferred").arg(StudyPdf::number(*bias.p, 3))
                : tr("p = %1 · no side bias seen").arg(StudyPdf::number(*bias.p, 2)));
    int passed = 0, shown = 0;
    for (const RaterResult& rater : report.raters) {
        passed += rater.catchesPassed;
        shown += rater.catches;
    }
    setFact(3, tr("Catch trials passed"),
            shown > 0 ? tr("%1 of %2").arg(passed).arg(shown) : noValue(),
            report.flagged == 0 ? tr("No rater is flagged.")
                : m_options.leaveOutFlagged
                ? tr("%n flagged rater(s) left out", nullptr, report.flagged)
                : tr("%n rater(s) flagged, still counted", nullptr, report.flagged));
}

void StudyReportView::showRanking()
{
    const StudyReport& report = *m_report;
    const bool any = !report.ranking.sources.empty();
    m_cards[Ranking].frame->setVisible(any);
    m_cards[Matrix].frame->setVisible(any);
    m_cards[Ranking].title->setText(tr("Ranking"));
    m_cards[Ranking].note->setText(tr("Bradley–Terry, 1000 is the average"));
    m_cards[Matrix].title->setText(tr("Row beats column"));
    if (!any)
        return;
    QList<IntervalPlot::Row> rows;
    QList<int> order;
    for (const SourceRank& rank : report.ranking.sources) {
        const bool first = rows.isEmpty();
        IntervalPlot::Row row{ source(rank.source), {}, toQString(rank.rating.note), first };
        if (rank.rating.value)
            row.points = { { *rank.rating.value, range(rank.rating.interval), range(rank.bootstrap),
                             first ? 0 : -1 } };
        rows.append(row);
        order.append(rank.source);
    }
    m_ranking->setRows(rows);
    using Mark = IntervalPlot::Legend::Mark;
    m_ranking->setLegend({ { Mark::Thick, tr("95 % from the model (sandwich)"), 0 },
                           { Mark::Thin, tr("95 % over raters and items (bootstrap)"), 0 } });
    QStringList names;
    QList<QList<WinMatrix::Cell>> cells(order.size(), QList<WinMatrix::Cell>(order.size()));
    for (const int index : order)
        names.append(source(index));
    for (const SourcePair& pair : report.ranking.pairs)
        cells[order.indexOf(pair.row)][order.indexOf(pair.column)]
            = { pair.probability.value, pair.distinguishable && pair.probability.value };
    m_matrix->setMatrix(names, cells);
    m_matrixText->setText(m_matrix->cellText(m_matrix->current().y(), m_matrix->current().x()));
}

void StudyReportView::showCriteria()
{
    const StudyReport& report = *m_report;
    m_cards[Criteria].frame->setVisible(!report.criteria.empty());
    m_cards[Criteria].title->setText(tr("Criteria"));
    m_cards[Criteria].note->setText(tr("mean of 1 to 5, line: 95 % interval"));
    const QStringList names{ tr("Picture looks real"), tr("Layout"), tr("Text is accurate"),
                             tr("Text reads well") };
    QList<IntervalPlot::Row> rows;
    for (int criterion = 0; criterion < studyCriteria; ++criterion) {
        IntervalPlot::Row row{ names[criterion], {}, {} };
        for (const CriterionResult& result : report.criteria)
            if (static_cast<int>(result.criterion) == criterion && result.mean.value)
                row.points.append({ *result.mean.value,
                                    {},
                                    range(result.mean.interval),
                                    result.source,
                                    result.source % 2 == 1 });
        rows.append(row);
    }
    m_criteria->setDecimals(2);
    m_criteria->setAxis(IntervalPlot::Range{ 1, 5 });
    m_criteria->setRows(rows);
    QList<IntervalPlot::Legend> legend;
    for (int index = 0; index < static_cast<int>(report.sources.size()); ++index)
        legend.append({ index % 2 == 1 ? IntervalPlot::Legend::Mark::Square
                                       : IntervalPlot::Legend::Mark::Circle,
                        source(index), index });
    m_criteria->setLegend(legend);
}

void StudyReportView::showAgreement()
{
    m_cards[Agreement].title->setText(tr("Agreement"));
    m_cards[Agreement].note->setText(tr(
        "0.80 and more is reliable, from 0.667 usable with care, below that revise the question"));
    m_agreementModel->setRowCount(0);
    m_agreementModel->setHorizontalHeaderLabels(
        { tr("Measure"), tr("Value"), tr("95 % interval"), tr("In words"), QString() });
    const auto add = [this](const QString& name, const StudyValue& value, AgreementBand band,
                            const QString& words) {
        const bool known = value.value.has_value();
        const StatusKind kind = band == AgreementBand::Reliable ? StatusKind::Success
            : band == AgreementBand::Undefined                  ? StatusKind::None
                                                                : StatusKind::Warning;
        m_agreementModel->appendRow(
            { cell(name), cell(known ? StudyPdf::number(*value.value, 2) : noValue(), true),
              cell(value.interval ? tr("%1 to %2")
                                        .arg(StudyPdf::number(value.interval->low, 2),
                                             StudyPdf::number(value.interval->high, 2))
                                  : noValue(),
                   true),
              pill(bandName(band), kind), cell(words) });
    };
    for (const StudyAgreement& agreement : m_report->agreement)
        add(toQString(agreement.name), agreement.value, agreement.band,
            toQString(agreement.value.note));
    const StudyValue& repeats = m_report->repeatConsistency;
    const AgreementBand band = !repeats.value ? AgreementBand::Undefined
        : *repeats.value >= 0.8               ? AgreementBand::Reliable
        : *repeats.value >= 0.667             ? AgreementBand::Tentative
                                              : AgreementBand::Low;
    add(tr("Same rater, seats swapped"), repeats, band, toQString(repeats.note));
    fitHeight(m_agreement);
}

void StudyReportView::showRaters()
{
    m_cards[Raters].title->setText(tr("Raters"));
    m_cards[Raters].note->setText(
        m_report->flagged > 0 ? tr("Press F to leave the flagged ones out.") : QString());
    m_raterModel->setRowCount(0);
    m_raterModel->setHorizontalHeaderLabels({ tr("Rater"), tr("Votes"), tr("Catch trials passed"),
                                              tr("Same answer, seats swapped"), tr("Median time"),
                                              tr("Left side"), tr("State") });
    for (const RaterResult& rater : m_report->raters) {
        const auto share = [](int part, int whole) {
            return whole > 0 ? u"%1 / %2"_s.arg(part).arg(whole) : noValue();
        };
        QStandardItem* state = rater.flags.empty() ? pill(tr("Counted"), StatusKind::None)
                                                   : pill(tr("Flagged"), StatusKind::Warning);
        state->setToolTip(toQStringList(rater.flags).join(u'\n'));
        m_raterModel->appendRow(
            { cell(toQString(rater.label)), cell(QString::number(rater.votes), true),
              cell(share(rater.catchesPassed, rater.catches), true),
              cell(share(rater.repeatsSame, rater.repeats), true),
              cell(rater.medianSeconds ? tr("%1 s").arg(StudyPdf::number(*rater.medianSeconds, 1))
                                       : noValue(),
                   true),
              cell(rater.leftShare ? StudyPdf::percent(*rater.leftShare) : noValue(), true),
              state });
    }
    fitHeight(m_raters);
}

void StudyReportView::showNotes()
{
    QStringList notes = toQStringList(m_report->ranking.notes);
    notes += toQStringList(m_report->notes);
    if (!m_report->ranking.method.empty())
        notes.prepend(toQString(m_report->ranking.method));
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

} // namespace adtailor
