// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell_delegate.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QMouseEvent>
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
    return { std::min(leading(index) + words + 2 + 2 * padding(), scaled(240)),
             scaled(m_dense ? Look::current().sizes.row : Look::current().sizes.rowTwoLine + 4) };
}

int CellDelegate::padding() const
{
    return scaled(m_dense ? 6 : 12);
}

int CellDelegate::leading(const QModelIndex& index) const
{
    return (index.data(Qt::CheckStateRole).isValid() ? scaled(18 + 8) : 0)
        + (index.data(Qt::DecorationRole).isValid() ? scaled(32 + 8) : 0);
}

QRect CellDelegate::tickRect(const QRect& cell) const
{
    const int side = scaled(18);
    return { cell.left() + padding(), cell.center().y() - side / 2, side, side };
}

bool CellDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                               const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return event->type() == QEvent::KeyPress
            && QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (!(index.flags() & Qt::ItemIsUserCheckable) || mouse->button() != Qt::LeftButton
        || !tickRect(option.rect).adjusted(-5, -5, 5, 5).contains(mouse->pos()))
        return false;
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
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
    if (const QVariant tick = index.data(Qt::CheckStateRole); tick.isValid()) {
        const bool checked = tick.toInt() == Qt::Checked;
        const QRectF box = QRectF(tickRect(cell)).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(checked ? c.accent : c.outline, 1));
        painter->setBrush(checked ? c.accent : c.field);
        painter->drawRoundedRect(box, 3, 3);
        if (checked)
            paintIcon(*painter, box.adjusted(2, 2, -2, -2), QStringLiteral("check"), c.onAccent);
    }
    if (const auto picture = index.data(Qt::DecorationRole).value<QImage>(); !picture.isNull())
        paintCover(
            *painter,
            QRectF(cell.left() + padding(), cell.center().y() - scaled(16), scaled(32), scaled(32)),
            picture);
    const QRect room = cell.adjusted(padding() + leading(index), 0, -padding(), -1);
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
