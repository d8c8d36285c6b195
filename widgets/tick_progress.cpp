// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tick_progress.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QPainter>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int tickBlock = 10; // ticks without a wider gap
constexpr int tickHeight = 6;
constexpr double narrowestTick = 3;

} // namespace

TickProgress::TickProgress(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TickProgress::setProgress(int done, int count)
{
    m_count = std::max(count, 0);
    m_done = std::clamp(done, 0, m_count);
    setAccessibleName(tr("%1 of %2 done").arg(m_done).arg(m_count));
    update();
}

QSize TickProgress::sizeHint() const
{
    return { scaled(420), scaled(tickHeight) };
}

QSize TickProgress::minimumSizeHint() const
{
    return { scaled(80), scaled(tickHeight) };
}

void TickProgress::paintEvent(QPaintEvent*)
{
    if (m_count == 0)
        return;
    QPainter painter(this);
    const double small = scaled(2), wide = scaled(6);
    const int blocks = (m_count - 1) / tickBlock;
    const double tick
        = (width() - (m_count - 1 - blocks) * small - blocks * wide) / double(m_count);
    if (tick < narrowestTick) {
        paintMeter(painter, QRectF(rect()), double(m_done) / m_count, colors().accent);
        return;
    }
    double x = 0;
    for (int i = 0; i < m_count; ++i) {
        const QColor color = i < m_done ? colors().accent
            : i == m_done               ? colors().text
                                        : colors().track;
        painter.fillRect(QRectF(x, 0, tick, height()), color);
        x += tick + (i % tickBlock == tickBlock - 1 ? wide : small);
    }
}

} // namespace adtailor
