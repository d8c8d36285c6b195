// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/paint_helpers.h"

#include "widgets/look.h"

#include <QPainter>
#include <QTextLayout>
#include <QtMath>

#include <algorithm>

namespace adtailor {

void paintChecker(QPainter& painter, const QRectF& box, int cell)
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.fillRect(box, colors().checkA);
    const int columns = qCeil(box.width() / cell);
    const int rows = qCeil(box.height() / cell);
    for (int row = 0; row < rows; ++row)
        for (int column = (row + 1) % 2; column < columns; column += 2)
            painter.fillRect(QRectF(box.x() + column * cell, box.y() + row * cell, cell, cell),
                             colors().checkB);
    painter.restore();
}

void paintHatch(QPainter& painter, const QRectF& box)
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.fillRect(box, colors().raised);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors().hatch, 1));
    // Lines keep their place in the widget, so neighbouring boxes join without a seam.
    const double gap = 7;
    const double first = std::floor((box.left() + box.top()) / gap) * gap;
    for (double sum = first; sum < box.right() + box.bottom(); sum += gap)
        painter.drawLine(QPointF(sum - box.top(), box.top()),
                         QPointF(sum - box.bottom(), box.bottom()));
    painter.restore();
}

void paintScaled(QPainter& painter, const QRectF& target, const QImage& picture,
                 const QRectF& source)
{
    if (picture.isNull() || source.isEmpty() || target.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double ratio = painter.device() ? painter.device()->devicePixelRatio() : 1;
    const double shrink = source.width() / (target.width() * ratio);
    if (shrink > 2) {
        const QSize size = (target.size() * ratio).toSize().expandedTo({ 1, 1 });
        const QImage small = picture.copy(source.toAlignedRect().intersected(picture.rect()))
                                 .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        painter.drawImage(target, small, QRectF(small.rect()));
    } else {
        painter.drawImage(target, picture, source);
    }
    painter.restore();
}

void paintCover(QPainter& painter, const QRectF& box, const QImage& picture)
{
    const QSizeF size = box.size().scaled(QSizeF(picture.size()), Qt::KeepAspectRatio);
    const QPointF corner((picture.width() - size.width()) / 2,
                         (picture.height() - size.height()) / 2);
    paintScaled(painter, box, picture, QRectF(corner, size));
}

void paintContain(QPainter& painter, const QRectF& box, const QImage& picture)
{
    const QSizeF size = QSizeF(picture.size()).scaled(box.size(), Qt::KeepAspectRatio);
    const QPointF corner(box.center().x() - size.width() / 2, box.center().y() - size.height() / 2);
    paintScaled(painter, QRectF(corner, size), picture, QRectF(picture.rect()));
}

double paintText(QPainter& painter, const QRectF& box, const QString& text, const QFont& font,
                 double line, int maximumLines)
{
    if (text.isEmpty())
        return 0;
    QTextLayout layout(text, font, painter.device());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double y = 0;
    for (int i = 0; i < maximumLines; ++i) {
        QTextLine row = layout.createLine();
        if (!row.isValid())
            break;
        row.setLineWidth(box.width());
        const QPointF corner(box.x(), box.y() + y + (line - row.height()) / 2);
        const bool cut = i == maximumLines - 1 && row.textStart() + row.textLength() < text.size();
        if (cut) {
            const QFontMetricsF metrics(font);
            painter.setFont(font);
            painter.drawText(
                QPointF(corner.x(), corner.y() + row.ascent()),
                metrics.elidedText(text.mid(row.textStart()), Qt::ElideRight, box.width()));
        } else {
            row.draw(&painter, corner);
        }
        y += line;
    }
    layout.endLayout();
    return y;
}

void paintMeter(QPainter& painter, const QRectF& box, double fraction, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double radius = box.height() / 2;
    painter.setBrush(colors().track);
    painter.drawRoundedRect(box, radius, radius);
    QRectF filled = box;
    filled.setWidth(box.width() * std::clamp(fraction, 0.0, 1.0));
    if (filled.width() > 0) {
        painter.setBrush(color);
        painter.setClipRect(filled);
        painter.drawRoundedRect(box, radius, radius);
        if (filled.width() > box.height()) { // round the end too
            painter.setClipping(false);
            painter.drawRoundedRect(filled, radius, radius);
        }
    }
    painter.restore();
}

} // namespace adtailor
