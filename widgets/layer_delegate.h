// SPDX-License-Identifier: GPL-3.0-or-later
// Paints rows of layers: icon, name, where it comes from, and an eye or a lock at the right.
#pragma once

#include <QStyledItemDelegate>

namespace adtailor {

// Reads Qt::DisplayRole (name), DetailRole of thumbnail_delegate.h (second line),
// LayerIconRole, Qt::CheckStateRole (the eye; invalid: a lock).
enum LayerRole { LayerIconRole = Qt::UserRole + 200 };

class LayerDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LayerDelegate)

public:
    explicit LayerDelegate(QObject* parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
};

} // namespace adtailor
