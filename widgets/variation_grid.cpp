// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/variation_grid.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int gap = 6;

} // namespace

VariationGrid::VariationGrid(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void VariationGrid::setCells(const QStringList& columns, const QStringList& rows,
                             const std::vector<Cell>& cells)
{
    m_columns = columns;
    m_rows = rows;
    m_cells = cells;
    m_cells.resize(static_cast<std::size_t>(count()));
    setCurrentIndex(m_current);
}

void VariationGrid::setAxisNames(const QString& columns, const QString& rows)
{
    m_columnAxis = columns;
    m_rowAxis = rows;
    describe();
    update();
}

void VariationGrid::setCurrentIndex(int index)
{
    m_current = index >= 0 && index < count() ? index : -1;
    describe();
    update();
}

void VariationGrid::describe()
{
    setAccessibleDescription(m_current < 0 ? QString()
                                           : m_cells[static_cast<std::size_t>(m_current)].text);
}

double VariationGrid::headWidth() const
{
    const QFontMetrics metrics(typeFont(Type::Number));
    int widest = QFontMetrics(typeFont(Type::Small)).horizontalAdvance(m_rowAxis);
    for (const QString& name : m_rows)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    return std::min(widest, scaled(110)) + scaled(8);
}

double VariationGrid::headHeight() const
{
    return lineHeight(Type::Small) + lineHeight(Type::Number) + scaled(4);
}

QRectF VariationGrid::cellRect(int index) const
{
    if (count() == 0)
        return {};
    const auto columns = static_cast<int>(m_columns.size());
    const auto rows = static_cast<int>(m_rows.size());
    const double across = (width() - headWidth()) / columns - gap;
    const double down = (height() - headHeight()) / rows - gap;
    const double side = std::max(8.0, std::min(across, down));
    return { headWidth() + index % columns * (side + gap),
             headHeight() + index / columns * (side + gap), side, side };
}

int VariationGrid::indexAt(const QPointF& point) const
{
    for (int i = 0; i < count(); ++i)
        if (cellRect(i).contains(point))
            return i;
    return -1;
}

QSize VariationGrid::sizeHint() const
{
    return { scaled(480), scaled(480) };
}

QSize VariationGrid::minimumSizeHint() const
{
    return { scaled(240), scaled(200) };
}

void VariationGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (count() == 0)
        return;
    paintNames(painter);
    for (int i = 0; i < count(); ++i)
        paintCell(painter, i);
}

void VariationGrid::paintNames(QPainter& painter) const
{
    const double line = lineHeight(Type::Small);
    painter.setPen(colors().textSecondary);
    painter.setFont(typeFont(Type::Small));
    painter.drawText(QRectF(headWidth(), 0, width() - headWidth(), line), Qt::AlignVCenter,
                     m_columnAxis);
    painter.drawText(QRectF(0, line, headWidth() - scaled(8), lineHeight(Type::Number)),
                     Qt::AlignRight | Qt::AlignVCenter, m_rowAxis);
    painter.setPen(colors().text);
    painter.setFont(typeFont(Type::Number));
    for (int i = 0; i < m_columns.size(); ++i) {
        const QRectF cell = cellRect(i);
        painter.drawText(QRectF(cell.left(), line, cell.width(), lineHeight(Type::Number)),
                         Qt::AlignCenter, m_columns[i]);
    }
    for (int i = 0; i < m_rows.size(); ++i) {
        const QRectF cell = cellRect(i * static_cast<int>(m_columns.size()));
        painter.drawText(QRectF(0, cell.top(), headWidth() - scaled(8), cell.height()),
                         Qt::AlignRight | Qt::AlignVCenter, m_rows[i]);
    }
}

void VariationGrid::paintCell(QPainter& painter, int index) const
{
    const Cell& cell = m_cells[static_cast<std::size_t>(index)];
    const QRectF box = cellRect(index);
    const double drawn = cell.picture.isNull() ? 0 : std::clamp(cell.drawn, 0.0, 1.0);
    if (drawn < 1)
        paintHatch(painter, box);
    if (drawn > 0) {
        painter.save();
        painter.setClipRect(QRectF(box.topLeft(), QSizeF(box.width(), box.height() * drawn)));
        paintCover(painter, box, cell.picture);
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors().divider, 1));
    painter.drawRect(box.adjusted(0, 0, -1, -1));
    if (cell.isStarred) {
        const QRectF plate(box.right() - scaled(24), box.top() + 4, scaled(20), scaled(20));
        painter.fillRect(plate, colors().panel);
        paintIcon(painter, plate.adjusted(3, 3, -3, -3), QStringLiteral("star-filled"),
                  colors().accent);
    }
    if (index == m_current) {
        painter.setPen(QPen(colors().accent, 3));
        painter.drawRect(box.adjusted(1, 1, -2, -2));
    }
}

void VariationGrid::choose(int index)
{
    if (index < 0 || index >= count() || index == m_current)
        return;
    setCurrentIndex(index);
    emit currentChanged(index);
}

void VariationGrid::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        choose(indexAt(event->position()));
}

void VariationGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int index = indexAt(event->position()); index >= 0)
        emit activated(index);
}

void VariationGrid::keyPressEvent(QKeyEvent* event)
{
    const auto columns = static_cast<int>(m_columns.size());
    const int at = std::max(0, m_current);
    const bool any = count() > 0;
    switch (any ? event->key() : 0) {
    case Qt::Key_Left:
        return choose(at % columns > 0 ? at - 1 : at);
    case Qt::Key_Right:
        return choose(at % columns + 1 < columns ? at + 1 : at);
    case Qt::Key_Up:
        return choose(at - columns);
    case Qt::Key_Down:
        return choose(at + columns);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            emit activated(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool VariationGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int index = indexAt(help->pos()); index >= 0)
        QToolTip::showText(help->globalPos(),
                           m_cells[static_cast<std::size_t>(index)].text.toHtmlEscaped());
    else
        QToolTip::hideText();
    return true;
}

} // namespace adtailor
