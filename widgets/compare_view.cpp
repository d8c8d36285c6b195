// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare_view.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int flickerTime = 700; // milliseconds; slower than the three a second that harm
constexpr int grip = 14; // half of what can be taken of the line
constexpr double keyStep = 0.02;

} // namespace

QImage differencePicture(const QImage& a, const QImage& b)
{
    if (a.isNull() || b.isNull())
        return {};
    const QImage left = a.convertToFormat(QImage::Format_RGB32);
    const QImage right = (b.size() == a.size()
                              ? b
                              : b.scaled(a.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation))
                             .convertToFormat(QImage::Format_RGB32);
    QImage difference(a.size(), QImage::Format_Grayscale8);
    for (int y = 0; y < a.height(); ++y) {
        const auto* p = reinterpret_cast<const QRgb*>(left.constScanLine(y));
        const auto* q = reinterpret_cast<const QRgb*>(right.constScanLine(y));
        uchar* out = difference.scanLine(y);
        for (int x = 0; x < a.width(); ++x)
            out[x] = static_cast<uchar>(
                std::max({ std::abs(qRed(p[x]) - qRed(q[x])), std::abs(qGreen(p[x]) - qGreen(q[x])),
                           std::abs(qBlue(p[x]) - qBlue(q[x])) }));
    }
    return difference;
}

CompareView::CompareView(QWidget* parent)
    : ZoomPane(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_flicker.setInterval(flickerTime);
    connect(&m_flicker, &QTimer::timeout, this, [this] {
        m_showsB = !m_showsB;
        update();
    });
    describe();
}

void CompareView::setPictures(const QImage& a, const QString& nameA, const QImage& b,
                              const QString& nameB)
{
    const bool same = a.cacheKey() == m_a.cacheKey() && b.cacheKey() == m_b.cacheKey();
    m_nameA = nameA;
    m_nameB = nameB;
    if (!same) {
        m_a = a;
        m_b = b;
        m_difference = {};
        m_showsB = false;
    }
    refreshView();
    runFlicker();
    describe();
}

void CompareView::setMode(Mode mode)
{
    m_mode = mode;
    m_showsB = false;
    runFlicker();
    describe();
    update();
}

void CompareView::setSplit(double fraction)
{
    m_split = std::clamp(fraction, 0.0, 1.0);
    describe();
    update();
}

void CompareView::setEmptyText(const QString& sentence)
{
    m_emptyText = sentence;
    describe();
    update();
}

// Motion that was not asked for stays off; Space then changes the picture.
void CompareView::runFlicker()
{
    if (m_mode == Mode::Flicker && isComplete() && isVisible() && !Look::current().reduceMotion)
        m_flicker.start();
    else
        m_flicker.stop();
}

void CompareView::describe()
{
    if (!isComplete())
        return setAccessibleName(m_emptyText);
    const QString pair = tr("%1 and %2").arg(m_nameA, m_nameB);
    switch (m_mode) {
    case Mode::Slider:
        return setAccessibleName(
            tr("%1, divided at %2 %").arg(pair).arg(std::lround(m_split * 100)));
    case Mode::Flicker:
        return setAccessibleName(tr("%1 in turn; Space holds").arg(pair));
    case Mode::Difference:
        return setAccessibleName(tr("Difference of %1").arg(pair));
    }
}

QSize CompareView::sizeHint() const
{
    return { scaled(560), scaled(560) };
}

QSize CompareView::minimumSizeHint() const
{
    return { scaled(240), scaled(200) };
}

QRectF CompareView::pictureBox() const
{
    const int gap = scaled(8);
    return QRectF(rect()).adjusted(gap, gap, -gap, -gap);
}

QSizeF CompareView::pictureSize() const
{
    return isComplete() ? QSizeF(m_a.size()) : QSizeF();
}

double CompareView::splitX() const
{
    const QRectF seen = pictureTarget().intersected(pictureBox());
    return seen.left() + m_split * seen.width();
}

void CompareView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box = pictureBox();
    if (!isComplete()) {
        painter.setPen(colors().textMuted);
        painter.setFont(typeFont(Type::Body));
        painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    painter.setClipRect(box);
    const QRectF target = pictureTarget();
    if (m_mode == Mode::Slider)
        return paintSlider(painter);
    if (m_mode == Mode::Difference) {
        if (m_difference.isNull())
            m_difference = differencePicture(m_a, m_b);
        paintScaled(painter, target, m_difference, QRectF(m_difference.rect()));
        return paintName(painter, tr("white: differs, black: the same"), false);
    }
    const QImage& shown = m_showsB ? m_b : m_a;
    paintScaled(painter, target, shown, QRectF(shown.rect()));
    paintName(painter, m_showsB ? m_nameB : m_nameA, m_showsB);
}

void CompareView::paintSlider(QPainter& painter) const
{
    const QRectF target = pictureTarget();
    const QRectF box = pictureBox();
    const double x = std::round(splitX());
    paintScaled(painter, target, m_b, QRectF(m_b.rect()));
    painter.save();
    painter.setClipRect(QRectF(box.left(), box.top(), x - box.left(), box.height()),
                        Qt::IntersectClip);
    paintScaled(painter, target, m_a, QRectF(m_a.rect()));
    painter.restore();
    const QRectF seen = target.intersected(box);
    painter.fillRect(QRectF(x - 2, seen.top(), 4, seen.height()), colors().panel);
    painter.fillRect(QRectF(x - 1, seen.top(), 2, seen.height()), colors().accent);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors().panel, 2));
    painter.setBrush(colors().accent);
    painter.drawEllipse(QPointF(x, seen.center().y()), scaled(8), scaled(8));
    paintName(painter, m_nameA, false);
    paintName(painter, m_nameB, true);
}

void CompareView::paintName(QPainter& painter, const QString& name, bool right) const
{
    painter.setFont(typeFont(Type::Strong));
    const QRectF seen = pictureTarget().intersected(pictureBox());
    const double wide = painter.fontMetrics().horizontalAdvance(name) + scaled(16);
    const double high = scaled(24);
    const QRectF plate(right ? seen.right() - wide - scaled(8) : seen.left() + scaled(8),
                       seen.top() + scaled(8), wide, high);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors().outline, 1));
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(colors().text);
    painter.drawText(plate, Qt::AlignCenter, name);
}

void CompareView::mousePressEvent(QMouseEvent* event)
{
    const bool left = event->button() == Qt::LeftButton;
    m_dragging = left && m_mode == Mode::Slider && isComplete()
        && (view().isFitted() || std::abs(event->position().x() - splitX()) < scaled(grip));
    if (m_dragging)
        mouseMoveEvent(event);
    else
        ZoomPane::mousePressEvent(event);
}

void CompareView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging)
        return ZoomPane::mouseMoveEvent(event);
    const QRectF seen = pictureTarget().intersected(pictureBox());
    if (seen.width() > 0)
        setSplit((event->position().x() - seen.left()) / seen.width());
}

void CompareView::mouseReleaseEvent(QMouseEvent* event)
{
    m_dragging = false;
    ZoomPane::mouseReleaseEvent(event);
}

void CompareView::keyPressEvent(QKeyEvent* event)
{
    const bool slides = m_mode == Mode::Slider && isComplete();
    if (slides && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        return setSplit(m_split + (event->key() == Qt::Key_Left ? -keyStep : keyStep));
    if (m_mode == Mode::Flicker && event->key() == Qt::Key_Space) {
        if (m_flicker.isActive())
            m_flicker.stop();
        else
            m_showsB = !m_showsB;
        return update();
    }
    ZoomPane::keyPressEvent(event);
}

void CompareView::showEvent(QShowEvent* event)
{
    runFlicker();
    ZoomPane::showEvent(event);
}

void CompareView::hideEvent(QHideEvent* event)
{
    m_flicker.stop();
    ZoomPane::hideEvent(event);
}

void CompareView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        describe();
    ZoomPane::changeEvent(event);
}

} // namespace adtailor
