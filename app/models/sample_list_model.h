// SampleListModel: the ads that a run drew on its way, step by step, for one of its briefs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QImage>

#include <vector>

namespace adtailor {

// What one picture of the samples folder holds of one brief.
struct TrainingSample
{
    qint64 step = 0;
    int briefs = 0; // in the file; 0: not read yet, negative: unreadable
    QImage product, clicked, drawn;
    QString clickedTitle, drawnTitle;
};

// Pictures are read on the pool; roles are those of widgets/thumbnail_view.h.
class SampleListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SampleListModel)

public:
    using QAbstractListModel::QAbstractListModel;

    // steps: there now; coming: of those that will be drawn.
    void setSamples(const QString& folder, const std::vector<qint64>& steps,
                    const std::vector<qint64>& coming);
    void setBrief(int brief);
    int brief() const { return m_brief; }
    int briefs() const; // as many as the newest file that was read has; 0: none read
    int drawnCount() const { return m_drawn; }
    const TrainingSample* at(int row) const; // null: not drawn yet

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

signals:
    void read(int row); // a picture has come

private:
    void readAll();

    QString m_folder;
    std::vector<TrainingSample> m_rows; // the drawn ones, then those to come
    int m_drawn = 0;
    int m_brief = 0;
    int m_generation = 0; // of the reading: older answers are dropped
};

} // namespace adtailor
