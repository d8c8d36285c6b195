// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/zoom_pane.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace adtailor {

namespace {

constexpr double step = 1.25; // of one key or one notch of the wheel

} // namespace

ZoomPane::ZoomPane(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void ZoomPane::setView(const ViewTransform& view)
{
    m_view = view;
    refreshView();
}

void ZoomPane::refreshView()
{
    m_view.setContent(pictureSize());
    m_view.setViewport(pictureBox().size());
    update();
}

QRectF ZoomPane::pictureTarget() const
{
    return m_view.target().translated(pictureBox().topLeft());
}

void ZoomPane::fit()
{
    m_view.fit();
    update();
    emit viewChanged(m_view);
}

void ZoomPane::actualSize()
{
    zoomTo(1, pictureBox().center());
}

void ZoomPane::zoomIn()
{
    zoomTo(m_view.zoom() * step, pictureBox().center());
}

void ZoomPane::zoomTo(double zoom, const QPointF& widgetPoint)
{
    if (pictureSize().isEmpty())
        return;
    m_view.zoomTo(zoom, widgetPoint - pictureBox().topLeft());
    update();
    emit viewChanged(m_view);
}

void ZoomPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refreshView();
}

void ZoomPane::wheelEvent(QWheelEvent* event)
{
    if (!pictureBox().contains(event->position()) || event->angleDelta().y() == 0)
        return event->ignore();
    zoomTo(m_view.zoom() * std::pow(step, event->angleDelta().y() / 120.0), event->position());
}

void ZoomPane::mousePressEvent(QMouseEvent* event)
{
    const bool drags = event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton;
    m_panning = drags && !m_view.isFitted() && pictureBox().contains(event->position());
    m_panFrom = event->position();
}

void ZoomPane::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_panning)
        return;
    m_view.panBy(event->position() - m_panFrom);
    m_panFrom = event->position();
    update();
    emit viewChanged(m_view);
}

void ZoomPane::mouseReleaseEvent(QMouseEvent*)
{
    m_panning = false;
}

void ZoomPane::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_0:
        return fit();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomTo(m_view.zoom() / step, pictureBox().center());
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace adtailor
