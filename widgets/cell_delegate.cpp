// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell_delegate.h"

#include "widgets/look.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QPainter>

#include <algorithm>

namespace adtailor {

CellDelegate::CellDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const QString status = index.data(StatusRole).toString();
    const auto kind = static_cast<StatusKind>(index.data(StatusKindRole).toInt());
    const auto align = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    const QFontMetrics letters(typeFont(align & Qt::AlignRight ? Type::Number : Type::Body));
    const int words = status.isEmpty()
        ? letters.horizontalAdvance(index.data(Qt::DisplayRole).toString())
        : StatusPill::pillSize(kind, status).width();
    return { std::min(words + 2 + scaled(24), scaled(240)),
             scaled(Look::current().sizes.rowTwoLine + 4) };
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const Colors& c = colors();
    const QRect cell = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(cell, selected ? c.selected : c.panel);
    painter->fillRect(cell.x(), cell.bottom(), cell.width(), 1, c.divider);
    const QRect room = cell.adjusted(scaled(12), 0, -scaled(12), -1);
    if (const QString status = index.data(StatusRole).toString(); !status.isEmpty()) {
        const auto kind = static_cast<StatusKind>(index.data(StatusKindRole).toInt());
        QRect pill(QPoint(), StatusPill::pillSize(kind, status).boundedTo(room.size()));
        pill.moveCenter(QPoint(room.left() + pill.width() / 2, room.center().y()));
        StatusPill::paintPill(*painter, pill, kind, status);
    } else {
        const auto align = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
        const bool number = align & Qt::AlignRight;
        painter->setFont(typeFont(number ? Type::Number : Type::Body));
        painter->setPen(index.data(DimmedRole).toBool() ? c.textMuted : c.text);
        painter->drawText(room, (number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(),
                                                            Qt::ElideRight, room.width()));
    }
    painter->restore();
}

} // namespace adtailor
