// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/linked_pictures.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr double zoomNotch = 1.25; // zoom of one step of the wheel
constexpr int captionLines = 2;
constexpr int cardGap = 32, captionPadding = 16, smallestCard = 120;

// Where a picture lies in a square of this side: whole, in the middle.
QRectF containedIn(const QImage& picture, const QRectF& square)
{
    const QSizeF size = QSizeF(picture.size()).scaled(square.size(), Qt::KeepAspectRatio);
    return { square.center() - QPointF(size.width(), size.height()) / 2, size };
}

QPixmap fittedPixmap(const QImage& picture, int side, double ratio)
{
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintScaled(painter, containedIn(picture, QRectF(0, 0, side, side)), picture,
                QRectF(picture.rect()));
    return pixmap;
}

} // namespace

LinkedPictures::LinkedPictures(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Ads to judge"));
}

void LinkedPictures::setPictures(const QList<QImage>& pictures, const QStringList& captions)
{
    m_pictures = pictures.mid(0, mostPictures);
    m_captions = captions;
    m_held = m_dragging = false;
    m_view = {};
    setAccessibleDescription(captions.join(QStringLiteral(" / ")));
    layOut();
    update();
}

void LinkedPictures::clear()
{
    setPictures({}, {});
}

int LinkedPictures::captionHeight() const
{
    const bool any = std::any_of(m_captions.begin(), m_captions.end(),
                                 [](const QString& caption) { return !caption.isEmpty(); });
    return any ? captionLines * lineHeight(Type::Page) + 2 * scaled(captionPadding) : 0;
}

// The arrangement in rows that gives the largest squares.
void LinkedPictures::layOut()
{
    m_boxes.clear();
    m_fitted.clear();
    const int count = static_cast<int>(m_pictures.size());
    if (count == 0)
        return;
    const int space = scaled(cardGap), caption = captionHeight();
    int side = 0, columns = count;
    for (int rows = 1; rows <= count; ++rows) {
        const int across = (count + rows - 1) / rows;
        const int wide = (width() - (across - 1) * space) / across;
        const int high = (height() - (rows - 1) * space) / rows - caption;
        if (std::min(wide, high) > side) {
            side = std::min(wide, high);
            columns = across;
        }
    }
    side = std::max(side - 2, 1); // the card's line goes round it
    const int rows = (count + columns - 1) / columns;
    const int left = (width() - columns * side - (columns - 1) * space) / 2;
    const int top = (height() - rows * (side + caption) - (rows - 1) * space) / 2;
    double largest = 1;
    for (int i = 0; i < count; ++i) {
        m_boxes.append(QRect(left + i % columns * (side + space),
                             top + i / columns * (side + caption + space), side, side));
        m_fitted.append(fittedPixmap(m_pictures[i], side, devicePixelRatioF()));
        largest
            = std::max<double>(largest, std::max(m_pictures[i].width(), m_pictures[i].height()));
    }
    m_view.setContent(QSizeF(largest, largest) / devicePixelRatioF());
    m_view.setViewport(QSizeF(side, side));
}

void LinkedPictures::zoomTo(double zoom, const QPointF& anchor)
{
    if (m_boxes.isEmpty())
        return;
    ViewTransform whole = m_view;
    whole.fit();
    if (zoom <= whole.zoom())
        m_view = whole;
    else
        m_view.zoomTo(zoom, anchor);
    emit viewChanged();
    update();
}

void LinkedPictures::zoomBy(double factor)
{
    if (!m_boxes.isEmpty())
        zoomTo(m_view.zoom() * factor, QPointF(m_boxes[0].width(), m_boxes[0].height()) / 2);
}

void LinkedPictures::fit()
{
    m_view.fit();
    update();
}

void LinkedPictures::holdActualSize(bool held)
{
    if (held == m_held || m_boxes.isEmpty())
        return;
    m_held = held;
    if (held) {
        m_before = m_view;
        m_view.zoomTo(1, QPointF(m_boxes[0].width(), m_boxes[0].height()) / 2);
        emit viewChanged();
    } else {
        m_view = m_before;
    }
    update();
}

QSize LinkedPictures::sizeHint() const
{
    return { scaled(1076), scaled(594) };
}

QSize LinkedPictures::minimumSizeHint() const
{
    return { 2 * scaled(smallestCard) + scaled(cardGap), scaled(smallestCard) + captionHeight() };
}

void LinkedPictures::resizeEvent(QResizeEvent*)
{
    layOut();
}

void LinkedPictures::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        layOut();
    else if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Ads to judge"));
    QWidget::changeEvent(event);
}

QPointF LinkedPictures::inBox(const QPointF& point) const
{
    const auto away = [&](const QRect& box) {
        const QPointF offset = point - QRectF(box).center();
        return std::hypot(offset.x(), offset.y());
    };
    const auto nearest
        = std::min_element(m_boxes.begin(), m_boxes.end(),
                           [&](const QRect& a, const QRect& b) { return away(a) < away(b); });
    return point - nearest->topLeft();
}

void LinkedPictures::wheelEvent(QWheelEvent* event)
{
    if (m_boxes.isEmpty() || event->angleDelta().y() == 0)
        return event->ignore();
    // A zoomNotch of the wheel is 120; finer steps of a touchpad follow in proportion.
    const double factor = std::pow(zoomNotch, event->angleDelta().y() / 120.0);
    zoomTo(m_view.zoom() * factor, inBox(event->position()));
}

void LinkedPictures::mousePressEvent(QMouseEvent* event)
{
    m_dragging = !m_boxes.isEmpty() && !m_view.isFitted();
    m_dragFrom = event->position();
    if (m_dragging)
        setCursor(Qt::ClosedHandCursor);
}

void LinkedPictures::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging)
        return;
    m_view.panBy(event->position() - m_dragFrom);
    m_dragFrom = event->position();
    emit viewChanged();
    update();
}

void LinkedPictures::mouseReleaseEvent(QMouseEvent*)
{
    m_dragging = false;
    unsetCursor();
}

void LinkedPictures::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_boxes.size(); ++i)
        paintCard(painter, i);
}

void LinkedPictures::paintCard(QPainter& painter, int index) const
{
    const QRect box = m_boxes[index];
    const QRectF card = QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5 + captionHeight());
    const double radius = scaled(Look::current().sizes.radiusPanel);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(card, radius, radius);
    painter.save();
    QPainterPath round;
    round.addRoundedRect(card, radius, radius);
    painter.setClipPath(round);
    painter.setClipRect(box, Qt::IntersectClip);
    painter.fillRect(box, colors().canvas);
    if (m_view.isFitted())
        painter.drawPixmap(box.topLeft(), m_fitted[index]);
    else
        paintScaled(painter,
                    containedIn(m_pictures[index], m_view.target().translated(box.topLeft())),
                    m_pictures[index], QRectF(m_pictures[index].rect()));
    painter.restore();
    painter.setPen(QPen(colors().divider, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(card, radius, radius);
    const int pad = scaled(captionPadding);
    painter.setPen(colors().text);
    QFont font = typeFont(Type::Page);
    font.setWeight(QFont::Medium);
    font.setPixelSize(scaled(16));
    paintText(painter, QRectF(box.left() + pad, box.bottom() + pad, box.width() - 2 * pad, 0),
              m_captions.value(index), font, lineHeight(Type::Page), captionLines);
}

} // namespace adtailor
