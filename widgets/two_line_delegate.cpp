// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/two_line_delegate.h"

#include "widgets/context_picker.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QPainter>

namespace adtailor {

namespace {

QColor inkOf(StatusKind kind)
{
    const Colors& c = colors();
    switch (kind) {
    case StatusKind::Success:
        return c.success;
    case StatusKind::Warning:
        return c.warning;
    case StatusKind::Error:
        return c.error;
    case StatusKind::Info:
        return c.info;
    case StatusKind::Person:
        return c.personText;
    case StatusKind::Running:
        return c.accentText;
    case StatusKind::None:
        break;
    }
    return c.textMuted;
}

} // namespace

TwoLineDelegate::TwoLineDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return { scaled(120), scaled(Look::current().sizes.rowTwoLine + 4) };
}

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const Colors& c = colors();
    const QRect row = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->fillRect(row, selected ? c.selected : hovered ? c.hover : c.panel);
    painter->fillRect(row.x(), row.bottom(), row.width(), 1, c.divider);
    if (selected)
        painter->fillRect(row.x(), row.y(), 3, row.height() - 1, c.accent);

    int left = row.x() + scaled(12);
    const int side = scaled(32);
    const QRect mark(left, row.center().y() - side / 2, side, side);
    const QString initials = index.data(InitialsRole).toString();
    const auto picture = index.data(PictureRole).value<QImage>();
    if (!picture.isNull())
        paintCover(*painter, mark, picture);
    else if (!initials.isEmpty())
        ContextPicker::paintAvatar(*painter, mark, initials);
    if (!picture.isNull() || !initials.isEmpty())
        left = mark.right() + scaled(8);

    painter->setFont(typeFont(Type::Number));
    const QString caption = index.data(CaptionRole).toString();
    const int captionWidth = painter->fontMetrics().horizontalAdvance(caption);
    painter->setPen(c.textMuted);
    painter->drawText(row.adjusted(0, 0, -scaled(12), 0), Qt::AlignRight | Qt::AlignVCenter,
                      caption);

    const int room = row.right() - left - captionWidth - scaled(20);
    const QString detail = index.data(DetailRole).toString();
    const int half = row.height() / 2;
    const QRect first(left, row.y() + (detail.isEmpty() ? 0 : scaled(5)), room,
                      detail.isEmpty() ? row.height() : half - scaled(4));
    painter->setFont(typeFont(Type::Body));
    painter->setPen(index.data(DimmedRole).toBool() ? c.textMuted : c.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(),
                                                        Qt::ElideRight, room));
    painter->setFont(typeFont(Type::Small));
    painter->setPen(inkOf(static_cast<StatusKind>(index.data(StatusKindRole).toInt())));
    painter->drawText(QRect(left, row.y() + half, room, half - scaled(4)),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(detail, Qt::ElideRight, room));
    painter->restore();
}

} // namespace adtailor
