// SPDX-License-Identifier: GPL-3.0-or-later
// One to four pictures at equal sizes under one view: what zooms or moves one does so to all.
// Blind by design: no sizes, names or tooltips, and no picture is marked or focused before another.
#pragma once

#include "widgets/view_transform.h"

#include <QImage>
#include <QPixmap>
#include <QStringList>
#include <QWidget>

namespace adtailor {

class LinkedPictures final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LinkedPictures)

public:
    static constexpr int mostPictures = 4;

    explicit LinkedPictures(QWidget* parent = nullptr);

    // All appear in one frame: they are scaled before the call returns. A caption a picture, or
    // none at all; the view is fitted again.
    void setPictures(const QList<QImage>& pictures, const QStringList& captions);
    void clear();

    // 1 is one pixel of the largest picture on one pixel of the screen, for all of them.
    double zoom() const { return m_view.zoom(); }
    bool isFitted() const { return m_view.isFitted(); }
    void zoomBy(double factor); // about the middle; never smaller than fitted
    void fit();
    void holdActualSize(bool held); // 100 % while held, then the view as it was

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void viewChanged(); // by the user

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int captionHeight() const;
    void layOut();
    void zoomTo(double zoom, const QPointF& anchor);
    QPointF inBox(const QPointF& point) const; // of the nearest picture's box
    void paintCard(QPainter& painter, int index) const;

    QList<QImage> m_pictures;
    QStringList m_captions;
    QList<QRect> m_boxes; // of the pictures, without captions
    QList<QPixmap> m_fitted; // as they stand in the boxes
    ViewTransform m_view, m_before;
    QPointF m_dragFrom;
    bool m_dragging = false, m_held = false;
};

} // namespace adtailor
