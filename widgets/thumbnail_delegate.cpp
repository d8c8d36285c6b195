// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/thumbnail_delegate.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"
#include "widgets/status_pill.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

int tileGap()
{
    return scaled(12);
}

// Scaled once per size and kept: a grid repaints often. partial: what is clear is not written
// yet, and the hatch shows through; elsewhere clear is the ground of a cutout.
QPixmap tilePicture(const QImage& picture, const QSize& size, double ratio, bool grey, bool partial)
{
    const QString key = QStringLiteral("tile/%1/%2x%3@%4/%5%6")
                            .arg(picture.cacheKey())
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ratio)
                            .arg(grey)
                            .arg(partial);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage tile(size * ratio, QImage::Format_ARGB32_Premultiplied);
    tile.setDevicePixelRatio(ratio);
    tile.fill(Qt::transparent);
    {
        QPainter painter(&tile);
        const QRectF box(QPointF(0, 0), QSizeF(size));
        if (picture.hasAlphaChannel() && !partial) {
            paintChecker(painter, box, scaled(6));
            paintContain(painter, box, picture);
        } else {
            paintCover(painter, box, picture);
        }
    }
    if (grey) {
        tile = tile.convertToFormat(QImage::Format_Grayscale8);
        tile.setDevicePixelRatio(ratio);
    }
    pixmap = QPixmap::fromImage(tile);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintPicture(QPainter& painter, const QRect& box, const QModelIndex& index)
{
    const auto picture = index.data(PictureRole).value<QImage>();
    const QVariant fraction = index.data(FractionRole);
    const bool dimmed = index.data(DimmedRole).toBool();
    if (fraction.isValid()
        && (fraction.toDouble() < 1 || picture.isNull() || picture.hasAlphaChannel()))
        paintHatch(painter, box);
    else if (picture.isNull())
        painter.fillRect(box, colors().raised); // still loading
    if (picture.isNull())
        return;
    painter.save();
    if (fraction.isValid()) {
        const int ready = qRound(box.height() * std::clamp(fraction.toDouble(), 0.0, 1.0));
        painter.setClipRect(QRect(box.x(), box.y(), box.width(), ready), Qt::IntersectClip);
    }
    painter.drawPixmap(box.topLeft(),
                       tilePicture(picture, box.size(), painter.device()->devicePixelRatioF(),
                                   dimmed, fraction.isValid()));
    if (dimmed) {
        QColor veil = colors().panel;
        veil.setAlphaF(0.5f);
        painter.fillRect(box, veil);
    }
    painter.restore();
}

void paintTick(QPainter& painter, const QRect& box, bool on)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 5, 5);
    painter.setPen(on ? colors().accent : colors().outline);
    painter.setBrush(on ? colors().accent : colors().field);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.restore();
    if (on)
        paintIcon(painter, box.adjusted(2, 2, -2, -2), QStringLiteral("check"), colors().onAccent);
}

void paintOrder(QPainter& painter, const QPoint& corner, int order)
{
    QFont font = typeFont(Type::Small);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QString text = QString::number(order);
    const int width
        = std::max(scaled(22), painter.fontMetrics().horizontalAdvance(text) + scaled(12));
    const QRect box(corner, QSize(width, scaled(22)));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().person);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(colors().onPerson);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.restore();
}

void paintStar(QPainter& painter, const QRect& box, bool on)
{
    const int inset = (box.width() - scaled(16)) / 2;
    // Filled or hollow, so that colour is not the only sign.
    paintIcon(painter, box.adjusted(inset, inset, -inset, -inset),
              on ? QStringLiteral("star-filled") : QStringLiteral("star"),
              on ? colors().accent : colors().textMuted);
}

// On a ground of its own, as a picture may have any colour.
void paintTileStar(QPainter& painter, const QRect& box)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 5, 5);
    painter.restore();
    paintIcon(painter, box.adjusted(1, 1, -1, -1), QStringLiteral("star-filled"), colors().accent);
}

void paintCaption(QPainter& painter, const QRectF& line, const QModelIndex& index, bool number)
{
    painter.setFont(typeFont(number ? Type::Number : Type::Small));
    painter.setPen(colors().textMuted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, index.data(CaptionRole).toString());
}

// Similarity bar with its number, or the state; the caption at the right if there is room.
void paintFoot(QPainter& painter, const QRectF& foot, const QModelIndex& index)
{
    const double caption = QFontMetricsF(typeFont(Type::Small))
                               .horizontalAdvance(index.data(CaptionRole).toString());
    double used = 0;
    if (const QVariant share = index.data(ShareRole); share.isValid()) {
        const QString number = QLocale().toString(share.toDouble(), 'f', 2);
        const double digits = QFontMetricsF(typeFont(Type::Number)).horizontalAdvance(number);
        const double room = foot.width() - digits - caption - scaled(20);
        const double bar = std::max(double(scaled(24)), std::min(foot.width() * 0.44, room));
        paintMeter(painter, QRectF(foot.x(), foot.center().y() - 3, bar, 6), share.toDouble(),
                   colors().person);
        painter.setFont(typeFont(Type::Number));
        painter.setPen(colors().text);
        painter.drawText(foot.adjusted(bar + scaled(8), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         number);
        used = bar + scaled(8) + digits;
    } else if (const QString status = index.data(StatusRole).toString(); !status.isEmpty()) {
        const auto kind = static_cast<StatusKind>(index.data(StatusKindRole).toInt());
        const QSize size = StatusPill::pillSize(kind, status).boundedTo(foot.size().toSize());
        StatusPill::paintPill(painter, QRect(foot.topLeft().toPoint(), size), kind, status);
        used = size.width();
    }
    if (used + caption + scaled(6) <= foot.width())
        paintCaption(painter, foot, index, false);
}

} // namespace

ThumbnailDelegate::ThumbnailDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize ThumbnailDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    switch (m_shape) {
    case Shape::Tile: {
        const int picture = qRound((m_tileWidth - tileGap()) * 0.515);
        const int words = 2 * lineHeight(Type::Body) + scaled(12) + scaled(30);
        return { m_tileWidth, picture + words + tileGap() };
    }
    case Shape::Row:
        return { scaled(240), scaled(113) };
    case Shape::Strip:
        break;
    }
    return { scaled(96), scaled(96) + (m_notes ? lineHeight(Type::Number) : 0) };
}

QRect ThumbnailDelegate::tickRect(const QRect& item) const
{
    const QRect card = item.adjusted(tileGap() / 2, tileGap() / 2, -tileGap() / 2, -tileGap() / 2);
    const int side = scaled(18);
    return { card.right() - side - scaled(8), card.y() + scaled(10), side, side };
}

QRect ThumbnailDelegate::starRect(const QRect& item) const
{
    const int side = scaled(Look::current().sizes.hitMinimum);
    return { item.right() - side - scaled(12), item.bottom() - side - scaled(8), side, side };
}

void ThumbnailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    painter->save();
    switch (m_shape) {
    case Shape::Tile:
        paintTile(*painter, option, index);
        break;
    case Shape::Row:
        paintRow(*painter, option, index);
        break;
    case Shape::Strip:
        paintStrip(*painter, option, index);
        break;
    }
    painter->restore();
}

void ThumbnailDelegate::paintTile(QPainter& painter, const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const
{
    const Colors& c = colors();
    const QRect card
        = option.rect.adjusted(tileGap() / 2, tileGap() / 2, -tileGap() / 2, -tileGap() / 2);
    const int order = index.data(OrderRole).toInt();
    const bool selected = option.state & QStyle::State_Selected;
    painter.fillRect(card, selected ? c.selected : c.panel);
    const QRect picture(card.x() + 1, card.y() + 1, card.width() - 2, qRound(card.width() * 0.515));
    paintPicture(painter, picture, index);

    const QRectF text(card.x() + scaled(9), picture.bottom() + scaled(7), card.width() - scaled(18),
                      2 * lineHeight(Type::Body));
    painter.setPen(index.data(DimmedRole).toBool() ? c.textMuted : c.text);
    paintText(painter, text, index.data(Qt::DisplayRole).toString(), typeFont(Type::Body),
              lineHeight(Type::Body), 2);
    const QRectF foot(text.x(), card.bottom() - scaled(28), text.width(), scaled(22));
    paintFoot(painter, foot, index);

    // The frame says what the tile is: chosen, in the draw, or neither.
    const bool strong = selected || (option.state & QStyle::State_HasFocus);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(strong ? c.accent : order > 0 ? c.person : c.divider, strong ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    const double inset = strong ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), 4, 4);
    if (order > 0)
        paintOrder(painter, card.topLeft() + QPoint(scaled(8), scaled(8)), order);
    if (index.data(StarRole).toBool())
        paintTileStar(painter, tickRect(option.rect));
    if (const QVariant tick = index.data(Qt::CheckStateRole); tick.isValid())
        paintTick(painter, tickRect(option.rect), tick.toInt() == Qt::Checked);
}

void ThumbnailDelegate::paintRow(QPainter& painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const
{
    const Colors& c = colors();
    const QRect row = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter.fillRect(row, selected ? c.selected : hovered ? c.hover : c.panel);
    painter.fillRect(row.x(), row.bottom(), row.width(), 1, c.divider);
    if (selected)
        painter.fillRect(row.x(), row.y(), 3, row.height() - 1, c.accent);
    const int side = scaled(92);
    const QRect picture(row.x() + scaled(14), row.y() + scaled(10), side, side);
    paintPicture(painter, picture, index);
    painter.setPen(c.divider);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(picture.adjusted(0, 0, -1, -1));

    const QRect right(picture.right() + scaled(12), picture.y(),
                      row.right() - picture.right() - scaled(26), side);
    const QRect top(right.x(), right.y(), right.width(), scaled(20));
    if (const QString status = index.data(StatusRole).toString(); !status.isEmpty()) {
        const auto kind = static_cast<StatusKind>(index.data(StatusKindRole).toInt());
        StatusPill::paintPill(painter, QRect(top.topLeft(), StatusPill::pillSize(kind, status)),
                              kind, status);
    }
    paintCaption(painter, top, index, true);
    painter.setPen(c.text);
    const QRectF words(right.x(), top.bottom() + scaled(4), right.width(), side);
    const double used = paintText(painter, words, index.data(Qt::DisplayRole).toString(),
                                  typeFont(Type::Body), lineHeight(Type::Body), 2);
    if (const QString detail = index.data(DetailRole).toString(); !detail.isEmpty()) {
        painter.setFont(typeFont(Type::Small));
        painter.setPen(c.textMuted);
        painter.drawText(
            QRectF(right.x(), words.y() + used + scaled(2), right.width() - scaled(30), scaled(20)),
            Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(detail, Qt::ElideRight, right.width() - scaled(30)));
    }
    if (const QVariant star = index.data(StarRole); star.isValid())
        paintStar(painter, starRect(row), star.toBool());
}

void ThumbnailDelegate::paintStrip(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const int half = scaled(4);
    const int note = m_notes ? lineHeight(Type::Number) : 0;
    const QRect box = option.rect.adjusted(half, half, -half, -half - note);
    paintPicture(painter, box, index);
    if (m_notes) {
        painter.setFont(typeFont(Type::Number));
        painter.setPen(colors().textSecondary);
        painter.drawText(QRect(box.left(), box.bottom() + half, box.width(), note),
                         Qt::AlignLeft | Qt::AlignVCenter, index.data(CaptionRole).toString());
    }
    const bool selected = option.state & QStyle::State_Selected;
    const int order = index.data(OrderRole).toInt();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(selected        ? colors().accent
                            : order > 0 ? colors().person
                                        : colors().divider,
                        selected ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (order > 0)
        paintOrder(painter, box.topLeft() + QPoint(scaled(4), scaled(4)), order);
}

bool ThumbnailDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool mouse = event->type() == QEvent::MouseButtonRelease;
    const QPoint point = mouse ? static_cast<QMouseEvent*>(event)->position().toPoint() : QPoint();
    const bool onStar = mouse && m_shape == Shape::Row && starRect(option.rect).contains(point);
    if (onStar && index.data(StarRole).isValid()) {
        emit starClicked(index);
        return true;
    }
    const int reach = scaled(5); // a hit area of 28 pixels
    const bool onTick = mouse && m_shape == Shape::Tile
        && tickRect(option.rect).adjusted(-reach, -reach, reach, reach).contains(point);
    const bool space = event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    const QVariant tick = index.data(Qt::CheckStateRole);
    if ((!onTick && !space) || !tick.isValid() || !(model->flags(index) & Qt::ItemIsUserCheckable))
        return false;
    const bool on = tick.toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace adtailor
