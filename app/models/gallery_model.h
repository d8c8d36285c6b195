// GalleryModel: the ads of the project that a filter finds, whatever their number: the numbers are
// known at once, what a row shows is read when a view asks for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_disk.h"
#include "app/thumbnail_cache.h"

#include <QAbstractListModel>
#include <QHash>

namespace adtailor {

// Roles: ThumbnailRole of widgets/thumbnail_delegate.h.
class GalleryModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryModel)

public:
    explicit GalleryModel(ProjectDisk& disk, QObject* parent = nullptr);

    void setFilter(const AdFilter& filter);
    const AdFilter& filter() const { return m_filter; }
    void refresh(); // something was written: looks again; rows that stay keep their place
    void clear(); // of another project: what is known is forgotten
    int numberAt(int row) const;
    // Null while it is read.
    const AdSummary* summaryAt(int row) const;
    bool isSearching() const { return m_searching; }
    void retranslate();
    static QString stateText(const std::string& state);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

signals:
    void searched(); // the rows are those of the filter
    void failed(const adtailor::Error& error);

private:
    struct Known
    {
        AdSummary summary;
        int generation = 0;
    };

    void search();
    void adopt(std::vector<std::int64_t> numbers);
    bool adoptChanges(const std::vector<std::int64_t>& numbers);
    void want(int row) const;
    void readWanted();
    std::vector<std::int64_t> takeWanted();
    void take(const std::vector<AdSummary>& summaries);
    QVariant valueOf(const AdSummary& ad, int role) const;
    QString picturePath(const AdSummary& ad) const;
    void changed(std::int64_t number);

    ProjectDisk& m_disk;
    AdFilter m_filter;
    std::vector<std::int64_t> m_numbers;
    QHash<std::int64_t, Known> m_known;
    mutable ThumbnailCache m_thumbnails;
    mutable QMultiHash<QString, std::int64_t> m_waiting; // picture -> ad that shows it
    mutable std::vector<int> m_wantedRows; // the newest last
    int m_generation = 0;
    bool m_searching = false;
    bool m_searchAgain = false;
    bool m_reading = false;
};

} // namespace adtailor
