// SPDX-License-Identifier: GPL-3.0-or-later
// Zoom and pan of a picture in a widget: fit, 100 %, zoom at a point, clamped panning.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace adtailor {

class ViewTransform
{
public:
    void setContent(const QSizeF& size); // picture pixels
    void setViewport(const QSizeF& size, double margin = 0);
    double zoom() const { return m_zoom; } // 1 is one picture pixel per device-independent pixel
    bool isFitted() const { return m_fitted; }
    void fit();
    void zoomTo(double zoom, const QPointF& anchor);
    void panBy(const QPointF& offset);
    QRectF target() const; // where the whole picture lies in the widget
    QPointF toContent(const QPointF& widgetPoint) const;

private:
    double fitZoom() const;
    void clamp();

    QSizeF m_content, m_viewport;
    QPointF m_centre; // of the view, in picture pixels
    double m_margin = 0, m_zoom = 1;
    bool m_fitted = true;
};

} // namespace adtailor
