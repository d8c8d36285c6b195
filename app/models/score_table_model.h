// ScoreTableModel: the finished ads as rows, what the metrics say of them as columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ad_scores.h"

#include <QAbstractTableModel>

namespace adtailor {

// Ticks are intents, as in HistoryModel: `shortlistRequested` asks, the board answers.
class ScoreTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScoreTableModel)

public:
    enum Column { RankColumn, NameColumn, TitleColumn, FirstMetric };
    enum Role { SortRole = Qt::UserRole + 1, NumberRole };
    static constexpr int stateColumn = FirstMetric + metricCount;

    ScoreTableModel(AdListModel& ads, AdScores& scores, QObject* parent = nullptr);

    void readAds(); // of the list: what is shown, or its order, may have changed
    void retranslate();
    const AdItem* adAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void shortlistRequested(int number, bool listed);

private:
    QVariant sortKey(const AdItem& ad, int column) const;
    QVariant shownText(const AdItem& ad, int column) const;

    AdListModel& m_ads;
    AdScores& m_scores;
    QList<int> m_numbers;
};

} // namespace adtailor
