// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_scene.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QAccessible>
#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace adtailor {

namespace {

constexpr double smallestZoom = 0.05, largestZoom = 8;
constexpr double sceneMargin = 28; // around the fitted frame, for the captions
constexpr double snapReach = 6; // pixels of the screen
constexpr double smallestBox = 8; // pixels of the picture
constexpr double handleSide = 8;
constexpr std::array handleX{ 0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0 };
constexpr std::array handleY{ 0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 0.5 };

} // namespace

class LayerScene::LayerItem final : public QGraphicsItem
{
public:
    explicit LayerItem(const SceneLayer& layer)
        : m_layer(layer)
    {
    }
    QRectF boundingRect() const override
    {
        return m_layer.box.united(QRectF(m_layer.picture.boundingRect()));
    }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override
    {
        painter->drawPicture(0, 0, m_layer.picture);
    }

private:
    SceneLayer m_layer;
};

LayerScene::LayerScene(QWidget* parent)
    : QGraphicsView(new QGraphicsScene, parent)
{
    scene()->setParent(this);
    setFrameShape(QFrame::NoFrame);
    setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    setTransformationAnchor(AnchorUnderMouse);
    setViewportUpdateMode(FullViewportUpdate);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFrame(m_frame);
}

void LayerScene::setPicture(const QImage& picture)
{
    m_picture = picture;
    viewport()->update();
}

void LayerScene::setFrame(const QSize& size)
{
    const bool same = size == m_frame && !scene()->sceneRect().isEmpty();
    m_frame = size;
    const double around = std::max(size.width(), size.height());
    scene()->setSceneRect(
        QRectF(QPointF(), QSizeF(size)).adjusted(-around, -around, around, around));
    if (!same)
        fit();
}

void LayerScene::setLayers(const QList<SceneLayer>& layers)
{
    m_layers = layers;
    scene()->clear();
    for (const SceneLayer& layer : layers)
        scene()->addItem(new LayerItem(layer)); // the scene owns it
    viewport()->update();
    announce();
}

void LayerScene::setCurrent(const QString& id)
{
    m_current = id;
    viewport()->update();
    announce();
}

void LayerScene::setSafeArea(const QRectF& area)
{
    m_safe = area;
    viewport()->update();
}

void LayerScene::setSafeShown(bool shown)
{
    m_safeShown = shown;
    viewport()->update();
}

void LayerScene::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    viewport()->update();
}

void LayerScene::setCaptions(const QString& left, const QString& right)
{
    m_leftCaption = left;
    m_rightCaption = right;
    viewport()->update();
}

const SceneLayer* LayerScene::layer() const
{
    const auto found = std::ranges::find(m_layers, m_current, &SceneLayer::id);
    return found == m_layers.end() ? nullptr : &*found;
}

QString LayerScene::accessibleText() const
{
    const SceneLayer* chosen = layer();
    if (!chosen)
        return {};
    return tr("%1, at %2, %3, %4 by %5 pixels")
        .arg(chosen->name)
        .arg(qRound(chosen->box.x()))
        .arg(qRound(chosen->box.y()))
        .arg(qRound(chosen->box.width()))
        .arg(qRound(chosen->box.height()));
}

void LayerScene::announce()
{
    const QString text = accessibleText();
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void LayerScene::setZoom(double zoom)
{
    m_fitted = false;
    const double factor = std::clamp(zoom, smallestZoom, largestZoom) / this->zoom();
    scale(factor, factor);
    emit zoomChanged(this->zoom());
}

void LayerScene::fit()
{
    m_fitted = true;
    const double room = scaled(sceneMargin);
    const QSizeF space(viewport()->width() - 2 * room, viewport()->height() - 2 * room);
    const double zoom
        = std::clamp(std::min(space.width() / m_frame.width(), space.height() / m_frame.height()),
                     smallestZoom, largestZoom);
    setTransform(QTransform::fromScale(zoom, zoom));
    centerOn(QRectF(QPointF(), QSizeF(m_frame)).center());
    emit zoomChanged(zoom);
}

QSize LayerScene::minimumSizeHint() const
{
    return { scaled(240), scaled(180) };
}

void LayerScene::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (m_fitted)
        fit();
}

void LayerScene::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, colors().canvas);
    const QRectF frame{ QPointF(), QSizeF(m_frame) };
    if (m_picture.isNull()) {
        paintHatch(*painter, frame);
        return;
    }
    paintScaled(*painter, frame, m_picture, QRectF(m_picture.rect()));
}

QList<QPointF> LayerScene::handles(const QRectF& box) const
{
    QList<QPointF> points;
    for (std::size_t i = 0; i < handleX.size(); ++i)
        points.append(mapFromScene(
            QPointF(box.left() + handleX[i] * box.width(), box.top() + handleY[i] * box.height())));
    return points;
}

// In pixels of the screen: lines stay thin at any zoom.
void LayerScene::drawForeground(QPainter* painter, const QRectF&)
{
    painter->resetTransform();
    const QRectF frame(mapFromScene(QPointF()),
                       mapFromScene(QPointF(m_frame.width(), m_frame.height())));
    painter->setFont(typeFont(Type::Number));
    painter->setPen(colors().textSecondary);
    const double high = lineHeight(Type::Number);
    const QRectF above(frame.left(), frame.top() - high - scaled(4), frame.width(), high);
    painter->drawText(above, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, m_leftCaption);
    painter->setFont(typeFont(Type::Small));
    const double used = QFontMetricsF(typeFont(Type::Number)).horizontalAdvance(m_leftCaption);
    const double wanted = QFontMetricsF(typeFont(Type::Small)).horizontalAdvance(m_rightCaption);
    if (used + wanted + scaled(16) < frame.width())
        painter->drawText(above, Qt::AlignRight | Qt::AlignVCenter, m_rightCaption);
    const auto device = [&](const QRectF& box) {
        return QRectF(mapFromScene(box.topLeft()), mapFromScene(box.bottomRight()));
    };
    painter->setBrush(Qt::NoBrush);
    if (m_safeShown && !m_safe.isEmpty()) {
        painter->setPen(QPen(colors().accent, 1, Qt::DashLine));
        painter->drawRect(device(m_safe));
    }
    painter->setPen(QPen(colors().person, 1));
    if (m_snapX)
        painter->drawLine(
            QPointF(device({ *m_snapX, 0, 0, 0 }).left(), frame.top() - scaled(12)),
            QPointF(device({ *m_snapX, 0, 0, 0 }).left(), frame.bottom() + scaled(12)));
    if (m_snapY)
        painter->drawLine(QPointF(frame.left() - scaled(12), device({ 0, *m_snapY, 0, 0 }).top()),
                          QPointF(frame.right() + scaled(12), device({ 0, *m_snapY, 0, 0 }).top()));
    const SceneLayer* chosen = layer();
    if (!chosen)
        return;
    painter->setPen(QPen(colors().accent, 1.5));
    painter->drawRect(device(chosen->box));
    if (m_readOnly)
        return;
    painter->setBrush(colors().panel);
    const double side = scaled(handleSide);
    for (const QPointF& point : handles(chosen->box))
        painter->drawRect(QRectF(point.x() - side / 2, point.y() - side / 2, side, side));
}

void LayerScene::wheelEvent(QWheelEvent* event)
{
    setZoom(zoom() * std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

int LayerScene::handleAt(const QPoint& point) const
{
    const SceneLayer* chosen = layer();
    if (!chosen || m_readOnly)
        return -1;
    const QList<QPointF> points = handles(chosen->box);
    for (int i = 0; i < points.size(); ++i)
        if (QLineF(points[i], point).length() <= scaled(14) / 1.5)
            return i;
    return -1;
}

QString LayerScene::layerAt(const QPointF& point) const
{
    for (auto layer = m_layers.crbegin(); layer != m_layers.crend(); ++layer)
        if (layer->box.contains(point))
            return layer->id;
    return {};
}

void LayerScene::choose(const QString& id)
{
    if (id == m_current)
        return;
    setCurrent(id);
    emit currentChanged(id);
}

void LayerScene::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF point = mapToScene(event->position().toPoint());
    const int handle = handleAt(event->position().toPoint());
    if (handle < 0)
        choose(layerAt(point));
    const SceneLayer* chosen = layer();
    m_drag = { chosen && !m_readOnly, handle, point, chosen ? chosen->box : QRectF() };
}

QRectF LayerScene::dragged(const QPointF& offset) const
{
    if (m_drag.handle < 0)
        return m_drag.box.translated(offset);
    QRectF box = m_drag.box;
    const double x = handleX[static_cast<std::size_t>(m_drag.handle)];
    const double y = handleY[static_cast<std::size_t>(m_drag.handle)];
    if (x == 0)
        box.setLeft(std::min(box.left() + offset.x(), box.right() - smallestBox));
    if (x == 1)
        box.setRight(std::max(box.right() + offset.x(), box.left() + smallestBox));
    if (y == 0)
        box.setTop(std::min(box.top() + offset.y(), box.bottom() - smallestBox));
    if (y == 1)
        box.setBottom(std::max(box.bottom() + offset.y(), box.top() + smallestBox));
    return box;
}

QList<double> LayerScene::snapLines(bool across) const
{
    const double length = across ? m_frame.width() : m_frame.height();
    QList<double> lines{ 0, length / 2, length };
    const auto add = [&](const QRectF& box) {
        lines.append(across ? box.left() : box.top());
        lines.append(across ? box.center().x() : box.center().y());
        lines.append(across ? box.right() : box.bottom());
    };
    if (!m_safe.isEmpty())
        add(m_safe);
    for (const SceneLayer& other : m_layers)
        if (other.id != m_current)
            add(other.box);
    return lines;
}

// The nearest line to one of the edges that move.
void LayerScene::snapAxis(bool across, const QRectF& box, int handle, double& offset)
{
    const double low = across ? box.left() : box.top();
    const double high = across ? box.right() : box.bottom();
    const double grip = handle < 0 ? -1
        : across                   ? handleX[static_cast<std::size_t>(handle)]
                                   : handleY[static_cast<std::size_t>(handle)];
    QList<double> edges;
    if (handle < 0)
        edges = { low, (low + high) / 2, high };
    else if (grip == 0)
        edges = { low };
    else if (grip == 1)
        edges = { high };
    std::optional<double>& shown = across ? m_snapX : m_snapY;
    shown.reset();
    double nearest = snapReach / zoom();
    for (const double line : snapLines(across))
        for (const double edge : edges)
            if (std::abs(line - edge) < nearest) {
                nearest = std::abs(line - edge);
                offset = line - edge;
                shown = line;
            }
}

QRectF LayerScene::snapped(const QRectF& box, int handle)
{
    QPointF offset;
    snapAxis(true, box, handle, offset.rx());
    snapAxis(false, box, handle, offset.ry());
    QRectF result = box;
    if (handle < 0)
        return result.translated(offset);
    const double x = handleX[static_cast<std::size_t>(handle)];
    const double y = handleY[static_cast<std::size_t>(handle)];
    result.adjust(x == 0 ? offset.x() : 0, y == 0 ? offset.y() : 0, x == 1 ? offset.x() : 0,
                  y == 1 ? offset.y() : 0);
    return result.width() < 1 || result.height() < 1 ? box : result;
}

void LayerScene::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_drag.active || !(event->buttons() & Qt::LeftButton)) {
        const int handle = handleAt(event->position().toPoint());
        static constexpr std::array shapes{ Qt::SizeFDiagCursor, Qt::SizeVerCursor,
                                            Qt::SizeBDiagCursor, Qt::SizeHorCursor };
        if (handle >= 0)
            viewport()->setCursor(shapes[static_cast<std::size_t>(handle) % 4]);
        else
            viewport()->unsetCursor();
        return;
    }
    const QPointF offset = mapToScene(event->position().toPoint()) - m_drag.from;
    QRectF box = dragged(offset);
    if (m_snapping && !(event->modifiers() & Qt::AltModifier))
        box = snapped(box, m_drag.handle);
    emit boxChanged(m_current, box);
}

void LayerScene::mouseReleaseEvent(QMouseEvent*)
{
    if (std::exchange(m_drag.active, false))
        emit editEnded();
    m_snapX.reset();
    m_snapY.reset();
    viewport()->update();
}

void LayerScene::nudge(const QPointF& offset)
{
    if (const SceneLayer* chosen = layer(); chosen && !m_readOnly)
        emit boxChanged(m_current, chosen->box.translated(offset));
}

void LayerScene::stepLayer(int direction)
{
    if (m_layers.isEmpty())
        return;
    const auto found = std::ranges::find(m_layers, m_current, &SceneLayer::id);
    const qsizetype at = found == m_layers.end() ? (direction > 0 ? -1 : 0)
                                                 : std::distance(m_layers.begin(), found);
    choose(m_layers[(at + direction + m_layers.size()) % m_layers.size()].id);
}

// Tab goes from layer to layer and leaves after the last one.
bool LayerScene::focusNextPrevChild(bool next)
{
    const SceneLayer* chosen = layer();
    const QString last = m_layers.isEmpty() ? QString()
        : next                              ? m_layers.last().id
                                            : m_layers.first().id;
    if (m_layers.isEmpty() || (chosen && chosen->id == last))
        return QGraphicsView::focusNextPrevChild(next);
    stepLayer(next ? 1 : -1);
    return true;
}

void LayerScene::keyPressEvent(QKeyEvent* event)
{
    const bool shift = event->modifiers() == Qt::ShiftModifier;
    const double step = shift ? 10 : 1;
    if (event->modifiers() == Qt::NoModifier || shift) {
        switch (event->key()) {
        case Qt::Key_Left:
            return nudge({ -step, 0 });
        case Qt::Key_Right:
            return nudge({ step, 0 });
        case Qt::Key_Up:
            return nudge({ 0, -step });
        case Qt::Key_Down:
            return nudge({ 0, step });
        case Qt::Key_0:
            return fit();
        case Qt::Key_1:
            return setZoom(1);
        case Qt::Key_Escape:
            return choose({});
        default:
            break;
        }
    }
    QWidget::keyPressEvent(event); // the page's keys; the view's own would scroll
}

} // namespace adtailor
