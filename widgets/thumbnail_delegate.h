// SPDX-License-Identifier: GPL-3.0-or-later
// Paints one tile or row: picture, order badge, tick, status, title, similarity bar, caption.
#pragma once

#include <QStyledItemDelegate>

namespace adtailor {

// Roles a model answers for ThumbnailView; each may be left invalid. The title is
// Qt::DisplayRole, the tick Qt::CheckStateRole, help Qt::ToolTipRole.
enum ThumbnailRole {
    PictureRole = Qt::UserRole + 100, // QImage; null: flat while loading
    OrderRole, // int from 1: reading order of the draw, person colour
    ShareRole, // double 0 to 1: bar in person colour and its number
    CaptionRole, // QString at the right: date, seed; under the picture of a strip with notes
    StatusRole, // QString of the status pill
    StatusKindRole, // int of StatusKind
    DetailRole, // QString under the title in rows mode, e.g. "PBS 0.71"
    FractionRole, // double 0 to 1: finished part of the picture, rest hatched
    DimmedRole, // bool: grey, leaves the draw
    InitialsRole, // QString: avatar of TwoLineDelegate when there is no picture
    StarRole // bool: starred; invalid: no star shown
};

class ThumbnailDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThumbnailDelegate)

public:
    enum class Shape { Tile, Row, Strip };

    explicit ThumbnailDelegate(QObject* parent = nullptr);

    void setShape(Shape shape) { m_shape = shape; }
    Shape shape() const { return m_shape; }
    void setTileWidth(int pixels) { m_tileWidth = pixels; } // outer, already scaled
    int tileWidth() const { return m_tileWidth; }
    void setNotes(bool notes) { m_notes = notes; } // the caption under each picture of a strip
    QRect tickRect(const QRect& item) const;
    QRect starRect(const QRect& item) const;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

signals:
    void starClicked(const QModelIndex& index);

private:
    void paintTile(QPainter& painter, const QStyleOptionViewItem& option,
                   const QModelIndex& index) const;
    void paintRow(QPainter& painter, const QStyleOptionViewItem& option,
                  const QModelIndex& index) const;
    void paintStrip(QPainter& painter, const QStyleOptionViewItem& option,
                    const QModelIndex& index) const;

    Shape m_shape = Shape::Tile;
    int m_tileWidth = 182;
    bool m_notes = false;
};

} // namespace adtailor
