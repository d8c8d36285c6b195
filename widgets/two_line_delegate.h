// SPDX-License-Identifier: GPL-3.0-or-later
// Paints list rows of people and projects: picture or initials, name, a coloured second line.
#pragma once

#include <QStyledItemDelegate>

namespace adtailor {

// Reads Qt::DisplayRole (name), DetailRole (second line), StatusKindRole (its colour),
// CaptionRole (right, number face), PictureRole or InitialsRole, DimmedRole.
class TwoLineDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TwoLineDelegate)

public:
    explicit TwoLineDelegate(QObject* parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace adtailor
