// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a table's cells in the rows' look: words, numbers at the right, or a state as a pill.
#pragma once

#include <QStyledItemDelegate>

namespace adtailor {

// Reads Qt::DisplayRole, Qt::CheckStateRole and Qt::DecorationRole (an image),
// Qt::TextAlignmentRole (right-aligned text is set in the number face), or StatusRole with
// StatusKindRole for a pill. Belongs beside a TwoLineDelegate in the first column.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellDelegate)

public:
    explicit CellDelegate(QObject* parent = nullptr);
    void setDense(bool dense) { m_dense = dense; } // narrow columns, one-line rows

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

private:
    int padding() const;
    int leading(const QModelIndex& index) const; // width of tick and picture before the words
    QRect tickRect(const QRect& cell) const;

    bool m_dense = false;
};

} // namespace adtailor
