// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text_lines.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

// One paragraph. Word boundaries of Unicode line breaking (UAX 14) are kinsoku: closing marks never
// begin a line and opening ones never end one. Without it any place between two letters will do.
QList<TextLine> breakParagraph(const QString& text, double width, const TextStyle& style)
{
    QTextLayout layout(text, style.font);
    QTextOption option;
    option.setWrapMode(style.kinsoku ? QTextOption::WordWrap : QTextOption::WrapAnywhere);
    layout.setTextOption(option);
    QList<TextLine> lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        lines.append(
            { text.mid(line.textStart(), line.textLength()).trimmed(), line.naturalTextWidth() });
    }
    layout.endLayout();
    if (lines.isEmpty())
        lines.append({ QString(), 0 });
    return lines;
}

bool endsInOrphan(const QList<TextLine>& lines)
{
    constexpr double shortest = 0.34; // of the longest line
    double longest = 0;
    for (const TextLine& line : lines)
        longest = std::max(longest, line.width);
    return lines.size() > 1 && lines.last().width < longest * shortest;
}

// The narrowest width that still gives as many lines: they come out about equally long.
QList<TextLine> balanced(const QString& text, double width, const TextStyle& style)
{
    QList<TextLine> best = breakParagraph(text, width, style);
    if (style.keepOrphans || !endsInOrphan(best))
        return best;
    double low = width / 2, high = width;
    for (int step = 0; step < 8; ++step) {
        const double middle = (low + high) / 2;
        const QList<TextLine> lines = breakParagraph(text, middle, style);
        const bool same = lines.size() == best.size()
            && std::ranges::all_of(lines,
                                   [&](const TextLine& line) { return line.width <= width; });
        (same ? high : low) = middle;
        if (same)
            best = lines;
    }
    return best;
}

} // namespace

QSizeF TextLines::size() const
{
    double width = 0;
    for (const TextLine& line : lines)
        width = std::max(width, line.width);
    return { width, lineHeight * static_cast<double>(lines.size()) };
}

TextLines breakText(const QString& text, double width, const TextStyle& style)
{
    TextLines made;
    const QFontMetricsF metrics(style.font);
    made.lineHeight = style.font.pixelSize() * style.line;
    made.ascent = (made.lineHeight - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent();
    for (const QString& paragraph : text.split(QLatin1Char('\n')))
        made.lines += balanced(paragraph, width, style);
    return made;
}

} // namespace adtailor
