// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a table's cells in the rows' look: words, numbers at the right, or a state as a pill.
#pragma once

#include <QStyledItemDelegate>

namespace adtailor {

// Reads Qt::DisplayRole, Qt::TextAlignmentRole (right-aligned text is set in the number face), or
// StatusRole with StatusKindRole for a pill. Belongs beside a TwoLineDelegate in the first column.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellDelegate)

public:
    explicit CellDelegate(QObject* parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace adtailor
