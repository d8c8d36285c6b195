// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/step_trail.h"

#include "widgets/look.h"

#include <QEvent>
#include <QPainter>

namespace adtailor {

namespace {

constexpr int trailKnot = 9, trailWordGap = 6, trailLine = 24, trailLineGap = 6;

} // namespace

StepTrail::StepTrail(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StepTrail::setSteps(const QStringList& steps)
{
    m_steps = steps;
    describe();
}

void StepTrail::setCurrent(int step)
{
    m_current = step;
    describe();
}

void StepTrail::setCompact(bool compact)
{
    m_compact = compact;
    describe();
}

void StepTrail::describe()
{
    setAccessibleName(m_steps.value(m_current));
    setToolTip(m_compact ? m_steps.join(QStringLiteral(" → ")) : QString());
    updateGeometry();
    update();
}

QFont StepTrail::fontOf(int step) const
{
    return typeFont(step == m_current ? Type::Strong : Type::Body);
}

int StepTrail::widthOf(int step) const
{
    int width = scaled(trailKnot);
    if (!m_compact || step == m_current)
        width += scaled(trailWordGap) + QFontMetrics(fontOf(step)).horizontalAdvance(m_steps[step]);
    if (step + 1 < m_steps.size())
        width += scaled(m_compact ? trailLine / 2 : trailLine) + 2 * scaled(trailLineGap);
    return width;
}

QSize StepTrail::sizeHint() const
{
    int width = 0;
    for (int step = 0; step < m_steps.size(); ++step)
        width += widthOf(step);
    return { width + 2, lineHeight(Type::Strong) };
}

QSize StepTrail::minimumSizeHint() const
{
    return sizeHint();
}

void StepTrail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0;
    double x = 1;
    for (int step = 0; step < m_steps.size(); ++step) {
        const bool reached = step <= m_current;
        const QColor colour = reached ? colors().accent : colors().outline;
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(step == m_current ? QBrush(colors().accent) : QBrush(Qt::NoBrush));
        const double side = scaled(trailKnot);
        painter.drawEllipse(QRectF(x, middle - side / 2, side, side));
        double end = x + side;
        if (!m_compact || step == m_current) {
            const double width = QFontMetrics(fontOf(step)).horizontalAdvance(m_steps[step]) + 1;
            painter.setFont(fontOf(step));
            painter.setPen(step == m_current ? colors().text : colors().textSecondary);
            painter.drawText(QRectF(end + scaled(trailWordGap), 0, width, height()),
                             Qt::AlignVCenter, m_steps[step]);
            end += scaled(trailWordGap) + width - 1;
        }
        if (step + 1 < m_steps.size()) {
            painter.setPen(QPen(colors().outline, 1, Qt::DashLine));
            const double length = scaled(m_compact ? trailLine / 2 : trailLine);
            painter.drawLine(QPointF(end + scaled(trailLineGap), middle),
                             QPointF(end + scaled(trailLineGap) + length, middle));
        }
        x += widthOf(step);
    }
}

void StepTrail::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange)
        describe();
    QWidget::changeEvent(event);
}

} // namespace adtailor
