// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/ad_list_model.h"

#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

StatusKind kindOf(AdState state)
{
    switch (state) {
    case AdState::Done:
        return StatusKind::Success;
    case AdState::Writing:
    case AdState::Drawing:
        return StatusKind::Running;
    case AdState::Draft:
        return StatusKind::Warning;
    case AdState::Waiting:
        break;
    }
    return StatusKind::None;
}

} // namespace

QString AdItem::name() const
{
    return QStringLiteral("A-%1").arg(number, 4, 10, QLatin1Char('0'));
}

void AdListModel::setSaved(int number, bool saved)
{
    if (const int row = rowOf(number); row >= 0)
        m_ads[static_cast<std::size_t>(row)].saved = saved;
}

int AdListModel::rowOf(int number) const
{
    const auto found = std::find_if(m_ads.begin(), m_ads.end(),
                                    [number](const AdItem& ad) { return ad.number == number; });
    return found == m_ads.end() ? -1 : static_cast<int>(found - m_ads.begin());
}

void AdListModel::append(std::vector<AdItem> ads)
{
    if (ads.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(ads.size()) - 1);
    for (AdItem& ad : ads) {
        m_lastNumber = std::max(m_lastNumber, ad.number);
        m_ads.push_back(std::move(ad));
    }
    endInsertRows();
}

void AdListModel::replace(int row, AdItem ad)
{
    m_ads.at(static_cast<std::size_t>(row)) = std::move(ad);
    emit dataChanged(index(row), index(row));
}

void AdListModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_ads.erase(m_ads.begin() + row);
    endRemoveRows();
}

void AdListModel::clear()
{
    beginResetModel();
    m_ads.clear();
    m_lastNumber = 0;
    endResetModel();
}

void AdListModel::retranslate()
{
    if (!m_ads.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString AdListModel::stateText(const AdItem& ad)
{
    switch (ad.state) {
    case AdState::Waiting:
        return tr("Waiting");
    case AdState::Writing:
        return tr("Writing");
    case AdState::Drawing:
        return tr("Drawing %1 %").arg(static_cast<int>(std::lround(ad.drawn * 100)));
    case AdState::Done:
        return tr("Done");
    case AdState::Draft:
        return tr("Draft");
    }
    return {};
}

int AdListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ads.size());
}

QVariant AdListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AdItem& ad = m_ads[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return ad.title;
    case Qt::ToolTipRole:
        return ad.title.isEmpty() ? ad.name() : ad.title;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3").arg(ad.name(), stateText(ad), ad.title);
    case PictureRole:
        return ad.thumbnail;
    case CaptionRole:
        return QString::number(ad.seed);
    case StatusRole:
        return stateText(ad);
    case StatusKindRole:
        return static_cast<int>(kindOf(ad.state));
    case FractionRole:
        return ad.drawn;
    case StarRole:
        return ad.state == AdState::Done ? QVariant(ad.starred) : QVariant();
    case BatchRole:
        return QVariant::fromValue(ad.group());
    case ShownRole:
        return ad.isShown();
    default:
        return {};
    }
}

} // namespace adtailor
