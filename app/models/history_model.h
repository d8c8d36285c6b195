// HistoryModel: the clicked ads of one person: similarity, reading order, included or not.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/person.h"

#include <QAbstractListModel>

#include <optional>

namespace adtailor {

// Newest click first. Ticks are intents: a view's change is asked for by `includeRequested` and
// shows when the session has recorded it. Roles: ThumbnailRole of widgets/thumbnail_delegate.h.
class HistoryModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryModel)

public:
    enum class Sort { Newest, Similarity, Order };

    using QAbstractListModel::QAbstractListModel;

    void setClicks(const std::vector<Click>& clicks, const std::vector<bool>& included);
    void setIncluded(int click, bool included);
    // Of every click, in click order (oldest first); nullopt where nothing was computed. `order`:
    // from 1, 0 = not read. Both empty: the engine has not answered for this brief yet.
    void setProfile(std::vector<std::optional<double>> similarities, std::vector<int> order);
    void clearProfile() { setProfile({}, {}); }
    void sortBy(Sort sort);

    int clickAt(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }
    bool isIncluded(int click) const { return m_included.at(static_cast<std::size_t>(click)); }
    int includedCount() const;
    int readCount() const; // clicks in the draw
    std::optional<double> similarity(int click) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void includeRequested(int click, bool included);

private:
    int order(int click) const;
    std::vector<int> sortedRows() const;

    std::vector<Click> m_clicks;
    std::vector<bool> m_included;
    std::vector<std::optional<double>> m_similarities;
    std::vector<int> m_order;
    std::vector<int> m_rows; // click shown in each row
    Sort m_sort = Sort::Newest;
};

} // namespace adtailor
