// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patch_map.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace adtailor {

PatchMap::PatchMap(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PatchMap::setPicture(const QImage& picture)
{
    m_picture = picture;
    update();
}

void PatchMap::setCells(int side, const std::vector<float>& cells, double extent)
{
    const bool whole = side > 0 && cells.size() == static_cast<std::size_t>(side) * side;
    m_side = whole ? side : 0;
    m_cells = whole ? cells : std::vector<float>();
    m_extent = std::clamp(extent, 0.1, 1.0);
    update();
}

void PatchMap::setNote(const QString& sentence)
{
    m_note = sentence;
    update();
}

QSize PatchMap::sizeHint() const
{
    return { scaled(150), scaled(150) };
}

QSize PatchMap::minimumSizeHint() const
{
    return { scaled(120), scaled(120) };
}

void PatchMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int side = std::min(width(), height());
    const QRectF box(0, 0, side, side);
    if (m_picture.isNull() || !m_note.isEmpty()) {
        painter.fillRect(box, colors().raised);
        painter.setPen(colors().textMuted);
        painter.setFont(typeFont(Type::Small));
        painter.drawText(box.adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_note);
        return;
    }
    const QImage grey
        = m_side > 0 ? m_picture.convertToFormat(QImage::Format_Grayscale8) : m_picture;
    paintCover(painter, box, grey);
    const float most = m_cells.empty() ? 0 : *std::max_element(m_cells.begin(), m_cells.end());
    if (m_side == 0 || !(most > 0))
        return;
    const double seen = side * m_extent;
    const double first = (side - seen) / 2;
    const double cell = seen / m_side;
    for (int i = 0; i < m_side * m_side; ++i) {
        const float value = m_cells[static_cast<std::size_t>(i)];
        if (!(value > 0))
            continue;
        QColor ink = colors().info;
        ink.setAlphaF(0.15F + 0.65F * value / most);
        // Whole pixels, so that neighbours neither overlap nor leave a seam.
        const double left = std::round(first + i % m_side * cell);
        const double top = std::round(first + i / m_side * cell);
        painter.fillRect(QRectF(QPointF(left, top),
                                QPointF(std::round(first + (i % m_side + 1) * cell),
                                        std::round(first + (i / m_side + 1) * cell))),
                         ink);
    }
    painter.setPen(QPen(colors().outline, 1));
    painter.drawRect(QRectF(first, first, seen - 1, seen - 1));
}

} // namespace adtailor
