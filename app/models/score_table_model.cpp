// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/score_table_model.h"

#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

namespace adtailor {

namespace {

bool isMetric(int column)
{
    return column >= ScoreTableModel::FirstMetric && column < ScoreTableModel::stateColumn;
}

Metric metricOf(int column)
{
    return static_cast<Metric>(column - ScoreTableModel::FirstMetric);
}

} // namespace

ScoreTableModel::ScoreTableModel(AdListModel& ads, AdScores& scores, QObject* parent)
    : QAbstractTableModel(parent)
    , m_ads(ads)
    , m_scores(scores)
{
    connect(&scores, &AdScores::changed, this, [this] {
        if (!m_numbers.isEmpty())
            emit dataChanged(index(0, FirstMetric), index(rowCount() - 1, stateColumn));
    });
    readAds();
}

void ScoreTableModel::readAds()
{
    QList<int> numbers;
    for (const AdItem& ad : m_ads.ads())
        if (ad.isShown())
            numbers.append(ad.number);
    if (numbers != m_numbers) {
        beginResetModel();
        m_numbers = numbers;
        endResetModel();
    } else if (!m_numbers.isEmpty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

void ScoreTableModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    readAds();
}

const AdItem* ScoreTableModel::adAt(int row) const
{
    const int source = row < 0 || row >= m_numbers.size() ? -1 : m_ads.rowOf(m_numbers[row]);
    return source < 0 ? nullptr : &m_ads.at(source);
}

int ScoreTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.size());
}

int ScoreTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : stateColumn + 1;
}

QVariant ScoreTableModel::sortKey(const AdItem& ad, int column) const
{
    if (column == RankColumn)
        return ad.rank > 0 ? -ad.rank : -1'000'000; // best first when the largest is on top
    if (column == NameColumn)
        return ad.number;
    if (column == TitleColumn)
        return ad.title;
    if (!isMetric(column))
        return static_cast<int>(ad.state);
    const auto value = m_scores.value(ad, metricOf(column));
    const double sign = AdScores::higherIsBetter(metricOf(column)) ? 1 : -1;
    return value ? sign * *value : -1e9; // what is not known stands last
}

QVariant ScoreTableModel::shownText(const AdItem& ad, int column) const
{
    if (column == RankColumn)
        return ad.rank > 0 ? QString::number(ad.rank) : QString();
    if (column == NameColumn)
        return ad.name();
    if (column == TitleColumn)
        return ad.title;
    return isMetric(column) ? m_scores.text(ad, metricOf(column)) : QString();
}

QVariant ScoreTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AdItem* ad = adAt(index.row());
    if (!ad)
        return {}; // removed; the rows follow in a moment
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return column == stateColumn ? QVariant() : shownText(*ad, column);
    case Qt::CheckStateRole:
        if (column == RankColumn && ad->state == AdState::Done)
            return ad->starred ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::DecorationRole:
        return column == NameColumn ? QVariant(ad->thumbnail) : QVariant();
    case Qt::ToolTipRole:
        if (!isMetric(column))
            return column == TitleColumn ? QVariant(ad->title.toHtmlEscaped()) : QVariant();
        return m_scores.whyMissing(*ad, metricOf(column));
    case Qt::TextAlignmentRole:
        return isMetric(column) ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                : QVariant();
    case StatusRole:
        return column == stateColumn ? QVariant(AdListModel::stateText(*ad)) : QVariant();
    case StatusKindRole:
        return static_cast<int>(ad->state == AdState::Draft ? StatusKind::Warning
                                                            : StatusKind::Success);
    case SortRole:
        return sortKey(*ad, column);
    case NumberRole:
        return ad->number;
    default:
        return {};
    }
}

bool ScoreTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid)
        || index.column() != RankColumn)
        return false;
    emit shortlistRequested(m_numbers[index.row()], value.toInt() == Qt::Checked);
    return true;
}

QVariant ScoreTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && isMetric(section))
        return AdScores::description(metricOf(section));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isMetric(section) ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (isMetric(section))
        return AdScores::name(metricOf(section));
    switch (section) {
    case RankColumn:
        return tr("Rank");
    case NameColumn:
        return tr("Ad");
    case TitleColumn:
        return tr("Title");
    default:
        return tr("State");
    }
}

Qt::ItemFlags ScoreTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    const AdItem* ad = adAt(index.row());
    if (index.column() == RankColumn && ad && ad->state == AdState::Done)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace adtailor
