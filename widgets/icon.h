// SPDX-License-Identifier: GPL-3.0-or-later
// One-colour SVG icons of the resources, tinted when painted so that they follow the theme.
#pragma once

#include <QIcon>
#include <QRectF>
#include <QString>

class QPainter;

namespace adtailor {

enum class Tint { Text, Secondary, Muted, Accent, OnAccent, Person, Success, Warning, Error, Info };

QColor tintColor(Tint tint);

// `name` is a file of :/icons without ending, e.g. "generate". Disabled, selected and checked
// states are tinted too; an unknown name gives an empty picture.
QIcon icon(const QString& name, Tint tint = Tint::Secondary);
void paintIcon(QPainter& painter, const QRectF& box, const QString& name, const QColor& color);
QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);
// The SVG with its colour replaced; empty for an unknown name.
QByteArray tintedSvg(const QString& name, const QColor& color);

} // namespace adtailor
