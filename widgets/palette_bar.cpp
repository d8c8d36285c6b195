// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette_bar.h"

#include "widgets/look.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace adtailor {

PaletteBar::PaletteBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PaletteBar::setColors(const std::vector<std::pair<QColor, double>>& colors)
{
    m_colors = colors;
    std::erase_if(m_colors, [](const auto& one) { return !(one.second > 0); });
    QStringList names;
    for (const auto& [color, share] : m_colors)
        names.append(color.name());
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    update();
}

double PaletteBar::total() const
{
    double sum = 0;
    for (const auto& [color, share] : m_colors)
        sum += share;
    return sum;
}

QSize PaletteBar::sizeHint() const
{
    return { scaled(200), scaled(20) };
}

QSize PaletteBar::minimumSizeHint() const
{
    return { scaled(80), scaled(20) };
}

void PaletteBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().raised);
    const double all = total();
    double x = 0;
    for (const auto& [color, share] : m_colors) {
        const double wide = width() * share / all;
        painter.fillRect(QRectF(x, 0, wide + 1, height()), color);
        x += wide;
    }
    painter.setPen(colors().divider);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool PaletteBar::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const double all = total();
    double x = 0;
    for (const auto& [color, share] : m_colors) {
        x += width() * share / all;
        if (help->pos().x() < x) {
            QToolTip::showText(help->globalPos(),
                               tr("%1: %2 %").arg(color.name()).arg(qRound(100 * share / all)));
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace adtailor
