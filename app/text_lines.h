// Lines of an ad's text: broken with kinsoku by QTextLayout, balanced, measured in pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QSizeF>
#include <QString>

namespace adtailor {

struct TextStyle
{
    QFont font; // with its pixel size
    double line = 1.25; // line height in letter sizes
    bool keepOrphans = false;
    bool kinsoku = true;
};

struct TextLine
{
    QString text;
    double width = 0; // pixels, as drawn
};

struct TextLines
{
    QList<TextLine> lines;
    double lineHeight = 0; // pixels
    double ascent = 0; // from the top of a line to its baseline
    QSizeF size() const;
};

// Line breaks in the text stay. A word that is wider than `width` makes a line that is too wide.
TextLines breakText(const QString& text, double width, const TextStyle& style);

} // namespace adtailor
