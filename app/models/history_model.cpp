// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/history_model.h"

#include "widgets/thumbnail_delegate.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace adtailor {

void HistoryModel::setClicks(const std::vector<Click>& clicks, const std::vector<bool>& included)
{
    beginResetModel();
    m_clicks = clicks;
    m_included = included;
    m_included.resize(m_clicks.size(), true);
    m_similarities.clear();
    m_order.clear();
    m_rows = sortedRows();
    endResetModel();
}

void HistoryModel::setIncluded(int click, bool included)
{
    m_included.at(static_cast<std::size_t>(click)) = included;
    const auto row = std::find(m_rows.begin(), m_rows.end(), click) - m_rows.begin();
    const QModelIndex changed = index(static_cast<int>(row));
    emit dataChanged(changed, changed);
}

void HistoryModel::setProfile(std::vector<std::optional<double>> similarities,
                              std::vector<int> order)
{
    m_similarities = std::move(similarities);
    m_order = std::move(order);
    sortBy(m_sort);
    if (!m_clicks.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

void HistoryModel::sortBy(Sort sort)
{
    m_sort = sort;
    std::vector<int> rows = sortedRows();
    if (rows == m_rows)
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& old : before) {
        const int click = m_rows[static_cast<std::size_t>(old.row())];
        after.append(
            index(static_cast<int>(std::find(rows.begin(), rows.end(), click) - rows.begin())));
    }
    m_rows = std::move(rows);
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

std::vector<int> HistoryModel::sortedRows() const
{
    std::vector<int> rows(m_clicks.size());
    std::iota(rows.rbegin(), rows.rend(), 0); // newest first
    if (m_sort == Sort::Similarity)
        std::stable_sort(rows.begin(), rows.end(), [this](int a, int b) {
            return similarity(a).value_or(-2) > similarity(b).value_or(-2);
        });
    if (m_sort == Sort::Order)
        std::stable_sort(rows.begin(), rows.end(), [this](int a, int b) {
            constexpr int last = 1 << 20;
            return (order(a) ? order(a) : last) < (order(b) ? order(b) : last);
        });
    return rows;
}

int HistoryModel::includedCount() const
{
    return static_cast<int>(std::count(m_included.begin(), m_included.end(), true));
}

int HistoryModel::readCount() const
{
    return static_cast<int>(
        std::count_if(m_order.begin(), m_order.end(), [](int place) { return place > 0; }));
}

std::optional<double> HistoryModel::similarity(int click) const
{
    const auto at = static_cast<std::size_t>(click);
    return at < m_similarities.size() ? m_similarities[at] : std::nullopt;
}

int HistoryModel::order(int click) const
{
    const auto at = static_cast<std::size_t>(click);
    return at < m_order.size() && m_included[at] ? m_order[at] : 0;
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_clicks.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int at = clickAt(index.row());
    const Click& click = m_clicks[static_cast<std::size_t>(at)];
    const bool included = isIncluded(at);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return click.title;
    case Qt::CheckStateRole:
        return included ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleDescriptionRole:
        return included ? tr("Included") : tr("Left out by you");
    case PictureRole:
        return click.thumbnail;
    case OrderRole:
        return order(at) ? QVariant(order(at)) : QVariant();
    case ShareRole:
        return similarity(at) ? QVariant(*similarity(at)) : QVariant();
    case CaptionRole:
        return click.date.isValid() ? QLocale().toString(click.date, QLocale::ShortFormat)
                                    : QString();
    case DimmedRole:
        return !included;
    default:
        return {};
    }
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    emit includeRequested(clickAt(index.row()), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable
                           : Qt::NoItemFlags;
}

} // namespace adtailor
