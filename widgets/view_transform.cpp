// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view_transform.h"

#include <algorithm>

namespace adtailor {

namespace {

constexpr double smallestZoom = 0.05;
constexpr double largestZoom = 16;

} // namespace

void ViewTransform::setContent(const QSizeF& size)
{
    if (size == m_content)
        return;
    m_content = size;
    fit();
}

void ViewTransform::setViewport(const QSizeF& size, double margin)
{
    m_viewport = size;
    m_margin = margin;
    if (m_fitted)
        fit();
    else
        clamp();
}

double ViewTransform::fitZoom() const
{
    if (m_content.isEmpty())
        return 1;
    const double across = (m_viewport.width() - 2 * m_margin) / m_content.width();
    const double down = (m_viewport.height() - 2 * m_margin) / m_content.height();
    return std::max(std::min(across, down), 0.01);
}

void ViewTransform::fit()
{
    m_fitted = true;
    m_zoom = fitZoom();
    m_centre = QPointF(m_content.width() / 2, m_content.height() / 2);
}

void ViewTransform::zoomTo(double zoom, const QPointF& anchor)
{
    const QPointF fixed = toContent(anchor);
    m_zoom = std::clamp(zoom, smallestZoom, largestZoom);
    m_fitted = false;
    const QPointF middle(m_viewport.width() / 2, m_viewport.height() / 2);
    m_centre = fixed - (anchor - middle) / m_zoom;
    clamp();
}

void ViewTransform::panBy(const QPointF& offset)
{
    m_centre -= offset / m_zoom;
    m_fitted = false;
    clamp();
}

// A picture smaller than the view stays centred; a larger one covers it.
void ViewTransform::clamp()
{
    const auto one = [this](double centre, double content, double view) {
        const double half = view / 2 / m_zoom;
        return 2 * half >= content ? content / 2 : std::clamp(centre, half, content - half);
    };
    m_centre.setX(one(m_centre.x(), m_content.width(), m_viewport.width()));
    m_centre.setY(one(m_centre.y(), m_content.height(), m_viewport.height()));
}

QRectF ViewTransform::target() const
{
    const QPointF middle(m_viewport.width() / 2, m_viewport.height() / 2);
    return { middle - m_centre * m_zoom, m_content * m_zoom };
}

QPointF ViewTransform::toContent(const QPointF& widgetPoint) const
{
    return (widgetPoint - target().topLeft()) / m_zoom;
}

} // namespace adtailor
