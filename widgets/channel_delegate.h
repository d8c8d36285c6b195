// SPDX-License-Identifier: GPL-3.0-or-later
// Paints cards of channels: the picture in its shape, name, size and what the rules say.
#pragma once

#include <QStyledItemDelegate>

namespace adtailor {

// Reads PictureRole (null: hatched), CaptionRole (size), StatusRole and StatusKindRole of
// thumbnail_delegate.h, Qt::DisplayRole (name) and ShapeRole (QSize: of the frame).
enum ChannelRole { ShapeRole = Qt::UserRole + 210 };

class ChannelDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChannelDelegate)

public:
    explicit ChannelDelegate(QObject* parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace adtailor
