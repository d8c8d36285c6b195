// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of any item model as a grid, a filmstrip or rows, with ticks and an empty state.
#pragma once

#include "widgets/thumbnail_delegate.h"

#include <QListView>

class QPushButton;

namespace adtailor {

class ThumbnailView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThumbnailView)

public:
    enum class Arrangement { Grid, Filmstrip, Rows };

    explicit ThumbnailView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    void setArrangement(Arrangement arrangement);
    Arrangement arrangement() const { return m_arrangement; }
    void setTileWidth(int pixels); // wanted width at 100 %; tiles stretch to fill the row
    void setNotes(bool notes); // the caption under each picture of a filmstrip
    // What an empty view says; with a button text it also offers one button.
    void setEmptyText(const QString& sentence, const QString& button = {},
                      const QString& icon = {});

signals:
    void currentRowChanged(int row); // -1: none
    void starClicked(const QModelIndex& index);
    void emptyButtonClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void arrange();
    void refreshEmpty();

    ThumbnailDelegate* m_delegate = nullptr;
    QPushButton* m_emptyButton = nullptr;
    QString m_emptyText, m_emptyIcon;
    Arrangement m_arrangement = Arrangement::Grid;
    int m_tileWidth = 180;
};

} // namespace adtailor
