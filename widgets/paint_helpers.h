// SPDX-License-Identifier: GPL-3.0-or-later
// Small paintings several widgets share: checkerboard, hatch, picture cover, elided text block.
#pragma once

#include <QImage>
#include <QRectF>
#include <QString>

class QColor;
class QFont;
class QPainter;

namespace adtailor {

// The ground behind transparent pictures; `cell` in pixels of the widget.
void paintChecker(QPainter& painter, const QRectF& box, int cell);
// Diagonal lines over `raised`: picture area that is not written yet.
void paintHatch(QPainter& painter, const QRectF& box);
// The picture scaled to cover the box, cropped in the middle, smooth at any pixel ratio.
void paintCover(QPainter& painter, const QRectF& box, const QImage& picture);
// The picture scaled to lie inside the box.
void paintContain(QPainter& painter, const QRectF& box, const QImage& picture);
// Smooth at any factor: halves first, so that large reductions do not shimmer.
void paintScaled(QPainter& painter, const QRectF& target, const QImage& picture,
                 const QRectF& source);
// Word-wrapped text with the line height of the look; the last line ends in "…" when cut.
// Returns the height used.
double paintText(QPainter& painter, const QRectF& box, const QString& text, const QFont& font,
                 double line, int maximumLines);
// A thin bar of `fraction` 0 to 1.
void paintMeter(QPainter& painter, const QRectF& box, double fraction, const QColor& color);

} // namespace adtailor
