// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channel_delegate.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int cardPictureHeight = 68;
constexpr int cardGap = 8;

struct CardStatusLook
{
    QString icon;
    QColor colour;
};

CardStatusLook cardStatusLook(StatusKind kind)
{
    switch (kind) {
    case StatusKind::Success:
        return { QStringLiteral("ok"), colors().success };
    case StatusKind::Warning:
        return { QStringLiteral("warning"), colors().warning };
    case StatusKind::Error:
        return { QStringLiteral("error"), colors().error };
    default:
        return { {}, colors().textMuted };
    }
}

void paintCardPicture(QPainter& painter, const QRectF& space, const QModelIndex& index)
{
    const QSizeF shape = index.data(ShapeRole).toSizeF();
    if (shape.isEmpty())
        return;
    const QSizeF size = shape.scaled(space.size(), Qt::KeepAspectRatio);
    const QRectF box(
        QPointF(space.center().x() - size.width() / 2, space.center().y() - size.height() / 2),
        size);
    const auto picture = index.data(PictureRole).value<QImage>();
    if (picture.isNull())
        paintHatch(painter, box);
    else
        paintScaled(painter, box, picture, QRectF(picture.rect()));
}

void paintCardStatus(QPainter& painter, const QRectF& line, const QModelIndex& index)
{
    const CardStatusLook look
        = cardStatusLook(static_cast<StatusKind>(index.data(StatusKindRole).toInt()));
    const QFont font = typeFont(Type::Small);
    const double side = look.icon.isEmpty() ? 0 : scaled(14);
    const double gap = look.icon.isEmpty() ? 0 : scaled(4);
    const QFontMetricsF metrics(font);
    const QString text = metrics.elidedText(index.data(StatusRole).toString(), Qt::ElideRight,
                                            line.width() - side - gap);
    const double width = side + gap + metrics.horizontalAdvance(text);
    const double left = line.center().x() - width / 2;
    if (side > 0)
        paintIcon(painter, QRectF(left, line.center().y() - side / 2, side, side), look.icon,
                  look.colour);
    painter.setFont(font);
    painter.setPen(look.colour);
    painter.drawText(QRectF(left + side + gap, line.top(), width, line.height()), Qt::AlignVCenter,
                     text);
}

int cardHeight()
{
    return scaled(cardPictureHeight + 10 + 8 + 2 + 8) + lineHeight(Type::Strong)
        + lineHeight(Type::Number) + lineHeight(Type::Small);
}

} // namespace

ChannelDelegate::ChannelDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize ChannelDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const double words = std::max(
        QFontMetricsF(typeFont(Type::Small)).horizontalAdvance(index.data(StatusRole).toString())
            + scaled(18),
        QFontMetricsF(typeFont(Type::Strong)).horizontalAdvance(index.data().toString()));
    const int width = std::clamp(static_cast<int>(words) + scaled(18), scaled(112), scaled(190));
    return { width + scaled(cardGap), cardHeight() };
}

void ChannelDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF card = QRectF(option.rect).adjusted(1, 1, -scaled(cardGap), -1);
    const bool selected = option.state & QStyle::State_Selected;
    painter->setPen(QPen(selected ? colors().accent : colors().divider, selected ? 2 : 1));
    painter->setBrush(selected                                     ? colors().selected
                          : option.state & QStyle::State_MouseOver ? colors().hover
                                                                   : colors().panel);
    painter->drawRoundedRect(card, scaled(6), scaled(6));
    const double inner = scaled(8);
    double y = card.top() + scaled(10);
    paintCardPicture(
        *painter,
        QRectF(card.left() + inner, y, card.width() - 2 * inner, scaled(cardPictureHeight)), index);
    y += scaled(cardPictureHeight + 8);
    const auto line = [&](Type type) {
        const QRectF box(card.left() + inner, y, card.width() - 2 * inner, lineHeight(type));
        y += lineHeight(type);
        return box;
    };
    painter->setFont(typeFont(Type::Strong));
    painter->setPen(colors().text);
    const QRectF name = line(Type::Strong);
    painter->drawText(name, Qt::AlignCenter,
                      QFontMetricsF(painter->font())
                          .elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->setFont(typeFont(Type::Number));
    painter->setPen(colors().textMuted);
    painter->drawText(line(Type::Number), Qt::AlignCenter, index.data(CaptionRole).toString());
    y += scaled(2);
    paintCardStatus(*painter, line(Type::Small), index);
    painter->restore();
}

} // namespace adtailor
