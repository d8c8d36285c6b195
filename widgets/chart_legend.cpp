// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_legend.h"

#include "widgets/look.h"

#include <QPainter>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int lineLength = 20, gap = 6, between = 16, square = 7;

} // namespace

ChartLegend::ChartLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ChartLegend::setEntries(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    updateGeometry();
    update();
}

QColor ChartLegend::seriesColor(int color)
{
    const auto& all = colors().series;
    return all[static_cast<std::size_t>(color) % all.size()];
}

QSize ChartLegend::sizeHint() const
{
    const QFontMetrics letters(typeFont(Type::Small));
    int width = 0;
    for (const Entry& entry : m_entries)
        width += scaled(lineLength + gap + between) + letters.horizontalAdvance(entry.name);
    return { std::max(0, width - scaled(between)), scaled(Look::current().sizes.row) };
}

void ChartLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(typeFont(Type::Small));
    const double middle = height() / 2.0, length = scaled(lineLength), side = scaled(square);
    double x = 0;
    for (const Entry& entry : m_entries) {
        const QColor color = seriesColor(entry.color);
        painter.setPen(QPen(color, scaled(2), entry.checks ? Qt::DashLine : Qt::SolidLine));
        painter.drawLine(QPointF(x, middle), QPointF(x + length, middle));
        if (entry.checks) {
            painter.setPen(QPen(color, 1.5));
            painter.setBrush(colors().panel);
            painter.drawRect(QRectF(x + (length - side) / 2, middle - side / 2, side, side));
        }
        x += length + scaled(gap);
        painter.setPen(colors().textSecondary);
        painter.drawText(QRectF(x, 0, width(), height()), Qt::AlignVCenter, entry.name);
        x += painter.fontMetrics().horizontalAdvance(entry.name) + scaled(between);
    }
}

} // namespace adtailor
