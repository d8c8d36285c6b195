// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/token_grid.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

// The grid lives in a square of this size before zooming; cells then have whole-number bounds
// for the usual 16 and 24 cells per side.
constexpr double contentSide = 384;
constexpr int largestGrid = 64;

} // namespace

TokenGrid::TokenGrid(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture being drawn"));
    m_view.setContent({ contentSide, contentSide });
    describe();
}

void TokenGrid::setGrid(int side)
{
    m_side = std::clamp(side, 1, largestGrid);
    setDone(m_done);
}

void TokenGrid::setPicture(const QImage& picture)
{
    m_picture = picture;
    update();
}

void TokenGrid::setDone(int cells)
{
    m_done = std::clamp(cells, 0, m_side * m_side);
    describe();
    update();
}

void TokenGrid::setLinesVisible(bool visible)
{
    m_lines = visible;
    update();
}

void TokenGrid::setNote(const QString& sentence)
{
    m_note = sentence;
    describe();
    update();
}

void TokenGrid::setRunning(bool running)
{
    m_running = running;
    update();
}

void TokenGrid::setRowsSelectable(bool selectable)
{
    m_selectable = selectable;
    if (!selectable)
        m_row = -1;
    update();
}

void TokenGrid::setRow(int row)
{
    m_row = std::clamp(row, -1, m_side - 1);
    describe();
    update();
}

void TokenGrid::chooseRow(int row)
{
    const int next = std::clamp(row, 0, m_side - 1);
    if (next == m_row)
        return;
    setRow(next);
    emit rowChanged(next);
}

void TokenGrid::describe()
{
    const int rows = m_done / m_side;
    QString words = tr("%1 of %2 rows finished").arg(rows).arg(m_side);
    if (m_row >= 0)
        words += QStringLiteral(", ") + tr("row %1 chosen").arg(m_row + 1);
    if (!m_note.isEmpty())
        words = m_note;
    setAccessibleDescription(words);
}

void TokenGrid::fit()
{
    m_view.fit();
    emit zoomChanged(m_view.zoom());
    update();
}

void TokenGrid::actualSize()
{
    // 100 % shows one picture pixel per pixel.
    const double pixels = m_picture.isNull() ? contentSide : m_picture.width();
    zoomTo(pixels / contentSide, QPointF(width() / 2.0, height() / 2.0));
}

void TokenGrid::zoomIn()
{
    zoomTo(m_view.zoom() * 1.25, QPointF(width() / 2.0, height() / 2.0));
}

void TokenGrid::zoomTo(double zoom, const QPointF& anchor)
{
    m_view.zoomTo(zoom, anchor);
    emit zoomChanged(m_view.zoom());
    update();
}

QSize TokenGrid::sizeHint() const
{
    return { scaled(434), scaled(434) };
}

QSize TokenGrid::minimumSizeHint() const
{
    return { scaled(200), scaled(200) };
}

void TokenGrid::resizeEvent(QResizeEvent*)
{
    m_view.setViewport(size(), scaled(24));
}

void TokenGrid::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    zoomTo(m_view.zoom() * std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
}

int TokenGrid::rowAt(const QPointF& point) const
{
    const QRectF box = m_view.target();
    if (!box.contains(point))
        return -1;
    return std::clamp(int((point.y() - box.y()) / box.height() * m_side), 0, m_side - 1);
}

void TokenGrid::mousePressEvent(QMouseEvent* event)
{
    m_panning
        = event->button() == Qt::MiddleButton || (m_space && event->button() == Qt::LeftButton);
    m_panFrom = event->position();
    if (m_panning)
        setCursor(Qt::ClosedHandCursor);
    else if (const int row = rowAt(event->position()); m_selectable && row >= 0)
        chooseRow(row);
}

void TokenGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_panning)
        return;
    m_view.panBy(event->position() - m_panFrom);
    m_panFrom = event->position();
    update();
}

void TokenGrid::mouseReleaseEvent(QMouseEvent*)
{
    m_panning = false;
    m_space ? setCursor(Qt::OpenHandCursor) : unsetCursor();
}

void TokenGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int row = rowAt(event->position()); m_selectable && row >= 0)
        emit rowActivated(row);
}

void TokenGrid::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_0:
        return fit();
    case Qt::Key_1:
        return actualSize();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomTo(m_view.zoom() / 1.25, QPointF(width() / 2.0, height() / 2.0));
    case Qt::Key_G:
        setLinesVisible(!m_lines);
        emit linesToggled(m_lines);
        return;
    case Qt::Key_Space:
        m_space = true;
        return setCursor(Qt::OpenHandCursor);
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (m_selectable)
            return chooseRow(m_row < 0 ? m_done / m_side
                                       : m_row + (event->key() == Qt::Key_Down ? 1 : -1));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selectable && m_row >= 0 && event->modifiers() == Qt::NoModifier) {
            emit rowActivated(m_row);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void TokenGrid::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_space = false;
        unsetCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

QRectF TokenGrid::cellRect(int row, int column) const
{
    const QRectF box = m_view.target();
    const auto edge = [this](double start, double length, int index) {
        return std::round(start + length * index / m_side);
    };
    const double left = edge(box.x(), box.width(), column);
    const double top = edge(box.y(), box.height(), row);
    return { left, top, edge(box.x(), box.width(), column + 1) - left,
             edge(box.y(), box.height(), row + 1) - top };
}

void TokenGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().canvas);
    const QRectF all(cellRect(0, 0).topLeft(), cellRect(m_side - 1, m_side - 1).bottomRight());
    if (m_done < m_side * m_side || m_picture.isNull() || m_picture.hasAlphaChannel())
        paintHatch(painter, all);
    paintDone(painter);
    if (m_lines)
        paintLines(painter);
    painter.setPen(colors().outline);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(all.adjusted(-0.5, -0.5, 0.5, 0.5));
    paintCurrent(painter);
    if (!m_note.isEmpty())
        paintNote(painter);
}

void TokenGrid::paintDone(QPainter& painter) const
{
    if (m_picture.isNull() || m_done == 0)
        return;
    const int rows = m_done / m_side;
    const int columns = m_done % m_side;
    const QRectF first = cellRect(0, 0);
    QRegion ready;
    if (rows > 0)
        ready += QRectF(first.topLeft(), cellRect(rows - 1, m_side - 1).bottomRight()).toRect();
    if (columns > 0)
        ready += QRectF(cellRect(rows, 0).topLeft(), cellRect(rows, columns - 1).bottomRight())
                     .toRect();
    painter.save();
    painter.setClipRegion(ready);
    const QRectF all(first.topLeft(), cellRect(m_side - 1, m_side - 1).bottomRight());
    paintScaled(painter, all, m_picture, QRectF(m_picture.rect()));
    painter.restore();
}

void TokenGrid::paintLines(QPainter& painter) const
{
    const int rows = m_done / m_side;
    const bool complete = m_done == m_side * m_side;
    const QColor overPicture(255, 255, 255, 40);
    const QRectF first = cellRect(0, 0);
    const QRectF last = cellRect(m_side - 1, m_side - 1);
    const double splitY = complete ? last.bottom() : cellRect(rows, 0).top();
    for (int i = 1; i < m_side; ++i) {
        const double x = cellRect(0, i).left() + 0.5;
        const double y = cellRect(i, 0).top() + 0.5;
        // Finished cells of the current row are picture too.
        const double ready
            = !complete && i <= m_done % m_side ? cellRect(rows, 0).bottom() : splitY;
        painter.setPen(overPicture);
        painter.drawLine(QPointF(x, first.top()), QPointF(x, ready - 1));
        painter.setPen(colors().hatch);
        if (!complete)
            painter.drawLine(QPointF(x, ready), QPointF(x, last.bottom() - 1));
        painter.setPen(y <= splitY ? overPicture : colors().hatch);
        painter.drawLine(QPointF(first.left(), y), QPointF(last.right() - 1, y));
    }
}

void TokenGrid::paintCurrent(QPainter& painter) const
{
    const auto frame = [&](int row, const QColor& color) {
        const QRectF box(cellRect(row, 0).topLeft(), cellRect(row, m_side - 1).bottomRight());
        painter.setPen(QPen(color, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(0.75, 0.75, -0.75, -0.75));
    };
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_running && m_done < m_side * m_side) {
        painter.fillRect(cellRect(m_done / m_side, m_done % m_side), colors().accent);
        frame(m_done / m_side, colors().accent);
    }
    if (m_row >= 0)
        frame(m_row, colors().focus);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TokenGrid::paintNote(QPainter& painter) const
{
    painter.setFont(typeFont(Type::Body));
    const int room = width() - scaled(32);
    const QRect words = painter.fontMetrics().boundingRect(
        QRect(0, 0, room - scaled(32), height()), Qt::TextWordWrap | Qt::AlignCenter, m_note);
    QRectF plate(0, 0, words.width() + scaled(32), words.height() + scaled(18));
    plate.moveCenter(m_view.target().center());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors().outline);
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(QRectF(plate.toRect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(colors().text);
    painter.drawText(plate, Qt::AlignCenter | Qt::TextWordWrap, m_note);
}

} // namespace adtailor
