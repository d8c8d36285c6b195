// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/catalogue_model.h"

#include "app/qt_types.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <algorithm>

namespace adtailor {

namespace {

constexpr std::size_t mostRows = 100'000;

CatalogueRow rowOf(const Pad1mRecord& record)
{
    CatalogueRow row;
    row.number = record.number;
    row.product = toQString(record.description);
    row.person = toQString(record.user);
    row.cutout = fromPath(record.cutout);
    row.points = toQStringList(record.sellingPoints);
    row.clicks = static_cast<int>(record.historyTitles.size());
    return row;
}

} // namespace

Result<std::vector<CatalogueRow>> readCatalogue(const QString& table, const Pad1mColumns& columns)
{
    std::vector<CatalogueRow> rows;
    Pad1mOptions options;
    options.columns = columns;
    options.skipped = [&](const Pad1mIssue& issue) {
        if (rows.size() >= mostRows)
            return;
        CatalogueRow& row = rows.emplace_back();
        row.number = issue.number;
        row.state = CatalogueRow::State::Failed;
        row.text = toQString(issue.reason);
    };
    const auto read = readPad1m(toPath(table), options, [&](Pad1mRecord&& record) {
        rows.push_back(rowOf(record));
        return rows.size() < mostRows;
    });
    if (!read)
        return read.error();
    return rows;
}

void CatalogueModel::setRows(std::vector<CatalogueRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_next = 0;
    count();
    endResetModel();
}

void CatalogueModel::count()
{
    m_counts = { .rows = static_cast<int>(m_rows.size()) };
    for (const CatalogueRow& row : m_rows) {
        m_counts.done += row.state == CatalogueRow::State::Done ? 1 : 0;
        m_counts.failed += row.state == CatalogueRow::State::Failed ? 1 : 0;
    }
}

void CatalogueModel::change(qint64 number, CatalogueRow::State state, const QString& text)
{
    const auto found = std::ranges::lower_bound(m_rows, number, {}, &CatalogueRow::number);
    if (found == m_rows.end() || found->number != number)
        return;
    found->state = state;
    found->text = text;
    found->share = 0;
    count();
    const int row = static_cast<int>(found - m_rows.begin());
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void CatalogueModel::setDone(qint64 number, const QString& title)
{
    change(number, CatalogueRow::State::Done, title);
}

void CatalogueModel::setFailed(qint64 number, const QString& reason)
{
    change(number, CatalogueRow::State::Failed, reason);
}

void CatalogueModel::setDrawn(double share)
{
    using State = CatalogueRow::State;
    while (m_next < m_rows.size() && m_rows[m_next].state != State::Waiting
           && m_rows[m_next].state != State::Drawing)
        ++m_next;
    if (m_next == m_rows.size())
        return;
    m_rows[m_next].state = State::Drawing;
    m_rows[m_next].share = share;
    const QModelIndex cell = index(static_cast<int>(m_next), Progress);
    emit dataChanged(cell, cell);
}

void CatalogueModel::stopDrawing()
{
    for (CatalogueRow& row : m_rows)
        if (row.state == CatalogueRow::State::Drawing)
            row.state = CatalogueRow::State::Waiting;
    m_next = 0;
    if (!m_rows.empty())
        emit dataChanged(index(0, Progress), index(rowCount() - 1, Progress));
}

void CatalogueModel::retryFailed()
{
    for (CatalogueRow& row : m_rows)
        if (row.state == CatalogueRow::State::Failed)
            row.state = CatalogueRow::State::Waiting;
    m_next = 0;
    count();
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void CatalogueModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CatalogueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CatalogueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CatalogueModel::stateCell(const CatalogueRow& row, int role) const
{
    using State = CatalogueRow::State;
    if (role == StatusKindRole)
        return static_cast<int>(row.state == State::Done          ? StatusKind::Success
                                    : row.state == State::Failed  ? StatusKind::Error
                                    : row.state == State::Drawing ? StatusKind::Running
                                                                  : StatusKind::None);
    if (role != StatusRole && role != Qt::AccessibleTextRole)
        return {};
    switch (row.state) {
    case State::Done:
        return tr("Done");
    case State::Failed:
        return tr("Failed");
    case State::Drawing:
        return tr("Drawing %1 %").arg(qRound(row.share * 100));
    case State::Waiting:
        break;
    }
    return tr("Waiting");
}

QVariant CatalogueModel::data(const QModelIndex& index, int role) const
{
    const CatalogueRow& row = at(index.row());
    if (role == StateRole)
        return static_cast<int>(row.state);
    if (role == WordsRole)
        return QString(row.product + QLatin1Char('\n') + row.person + QLatin1Char('\n') + row.text);
    if (index.column() == Progress)
        return stateCell(row, role);
    if (role == Qt::TextAlignmentRole && index.column() == Number)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == Title)
        return row.text;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Number:
        return QString::number(row.number);
    case Product:
        return row.product;
    case Person:
        return row.person;
    case Title:
        return row.text;
    default:
        return {};
    }
}

QVariant CatalogueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Row");
    case Product:
        return tr("Product");
    case Person:
        return tr("Person");
    case Title:
        return tr("Title or reason");
    default:
        return tr("State");
    }
}

} // namespace adtailor
