// SPDX-License-Identifier: GPL-3.0-or-later
// An artboard: a picture with layers that are chosen, moved, sized and nudged; they snap to the
// frame, its safe area and each other.
#pragma once

#include <QGraphicsView>
#include <QImage>
#include <QList>
#include <QPicture>
#include <QString>

#include <optional>

namespace adtailor {

struct SceneLayer
{
    QString id;
    QString name; // for screen readers
    QRectF box; // pixels of the picture
    QPicture picture; // painted in pixels of the picture, sharp at any zoom
};

class LayerScene final : public QGraphicsView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LayerScene)

public:
    explicit LayerScene(QWidget* parent = nullptr);

    void setPicture(const QImage& picture); // null: hatched, of the frame's size
    void setFrame(const QSize& size); // pixels; a new size is fitted
    void setLayers(const QList<SceneLayer>& layers); // the last is on top
    void setCurrent(const QString& id); // does not emit; empty: none
    const QString& current() const { return m_current; }
    void setSafeArea(const QRectF& area); // pixels
    void setSafeShown(bool shown);
    void setSnapping(bool snapping) { m_snapping = snapping; }
    void setReadOnly(bool readOnly);
    // Quiet words above the frame, at its left and right.
    void setCaptions(const QString& left, const QString& right);
    double zoom() const { return transform().m11(); }
    void setZoom(double zoom);
    void fit();
    QString accessibleText() const; // the current layer and where it is

    QSize minimumSizeHint() const override;

signals:
    void currentChanged(const QString& id); // by the user
    void boxChanged(const QString& id, const QRectF& box); // by mouse or keys
    void editEnded(); // the mouse is up: one undo step
    void zoomChanged(double zoom);

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    class LayerItem;
    struct Drag
    {
        bool active = false;
        int handle = -1; // 0 ... 7 clockwise from the top left; -1: the whole layer
        QPointF from;
        QRectF box;
    };

    const SceneLayer* layer() const;
    QList<QPointF> handles(const QRectF& box) const;
    int handleAt(const QPoint& point) const;
    QString layerAt(const QPointF& point) const;
    QRectF dragged(const QPointF& offset) const;
    QRectF snapped(const QRectF& box, int handle);
    void snapAxis(bool across, const QRectF& box, int handle, double& offset);
    QList<double> snapLines(bool across) const;
    void choose(const QString& id);
    void stepLayer(int direction);
    void nudge(const QPointF& offset);
    void announce();

    QImage m_picture;
    QSize m_frame{ 1200, 628 };
    QList<SceneLayer> m_layers;
    QString m_current;
    QRectF m_safe;
    QString m_leftCaption, m_rightCaption;
    Drag m_drag;
    std::optional<double> m_snapX, m_snapY;
    bool m_safeShown = true;
    bool m_snapping = true;
    bool m_readOnly = false;
    bool m_fitted = true;
};

} // namespace adtailor
