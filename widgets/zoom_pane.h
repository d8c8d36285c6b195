// SPDX-License-Identifier: GPL-3.0-or-later
// A widget with a picture that zooms at the cursor and pans; several can be made to move together.
#pragma once

#include "widgets/view_transform.h"

#include <QWidget>

namespace adtailor {

class ZoomPane : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ZoomPane)

public:
    explicit ZoomPane(QWidget* parent = nullptr);

    const ViewTransform& view() const { return m_view; }
    void setView(const ViewTransform& view); // another pane's; does not emit
    void fit();
    void actualSize();
    void zoomIn();

signals:
    void viewChanged(const adtailor::ViewTransform& view); // by the user, or by a size

protected:
    virtual QRectF pictureBox() const = 0; // where the picture may be seen
    virtual QSizeF pictureSize() const = 0; // pixels; empty: nothing to zoom
    void refreshView(); // call when one of these two has changed
    QRectF pictureTarget() const; // the whole picture in the widget; may lie beyond the box

    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void zoomTo(double zoom, const QPointF& widgetPoint);

    ViewTransform m_view;
    QPointF m_panFrom;
    bool m_panning = false;
};

} // namespace adtailor
