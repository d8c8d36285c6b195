// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/image_canvas.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace adtailor {

namespace {

constexpr int previewSide = 2048;
constexpr double smallestProduct = 0.05; // of the frame, so that it can always be caught again
constexpr double largestProduct = 2.0;

// Eight handles: corners and middles of the sides, as fractions of the rectangle.
constexpr std::array<std::array<double, 2>, 8> handles{
    { { 0, 0 }, { 0.5, 0 }, { 1, 0 }, { 1, 0.5 }, { 1, 1 }, { 0.5, 1 }, { 0, 1 }, { 0, 0.5 } }
};

QPointF handlePoint(const QRectF& box, int handle)
{
    const auto& at = handles[static_cast<std::size_t>(handle)];
    return { box.x() + at[0] * box.width(), box.y() + at[1] * box.height() };
}

Qt::CursorShape handleCursor(int handle)
{
    switch (handle) {
    case 0:
    case 4:
        return Qt::SizeFDiagCursor;
    case 2:
    case 6:
        return Qt::SizeBDiagCursor;
    case 1:
    case 5:
        return Qt::SizeVerCursor;
    default:
        return Qt::SizeHorCursor;
    }
}

} // namespace

ImageCanvas::ImageCanvas(QWidget* parent)
    : QWidget(parent)
    , m_emptyButton(new QPushButton(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setAccessibleName(tr("Picture"));
    m_emptyButton->hide();
    connect(m_emptyButton, &QPushButton::clicked, this, &ImageCanvas::emptyButtonClicked);
}

void ImageCanvas::setImage(const QImage& image)
{
    m_image = image;
    // Large photos are shrunk once, not at every move of the pointer.
    const bool large = std::max(image.width(), image.height()) > previewSide;
    m_preview = large
        ? image.scaled(previewSide, previewSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        : image;
    setAccessibleDescription(
        image.isNull() ? m_emptyText : tr("%1 × %2 pixels").arg(image.width()).arg(image.height()));
    setPlacement(m_placement);
    refreshView();
    placeEmptyButton();
}

void ImageCanvas::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    refreshView();
}

void ImageCanvas::setFrameSize(const QSize& pixels)
{
    if (pixels.isEmpty() || pixels == m_frame)
        return;
    m_frame = pixels;
    refreshView();
}

// Keeps the rectangle's centre line and foot, and gives it the picture's shape by its height.
void ImageCanvas::setPlacement(const QRectF& fraction)
{
    QRectF box = fraction;
    if (!m_image.isNull() && m_frame.width() > 0) {
        const double shape = double(m_image.width()) / m_image.height();
        const double width = box.height() * m_frame.height() * shape / m_frame.width();
        box = QRectF(box.center().x() - width / 2, box.y(), width, box.height());
    }
    m_placement = box;
    update();
}

void ImageCanvas::setGroundLine(std::optional<double> fraction)
{
    m_ground = fraction;
    update();
}

void ImageCanvas::setEmptyText(const QString& sentence, const QString& button)
{
    m_emptyText = sentence;
    m_emptyButton->setText(button);
    placeEmptyButton();
    update();
}

void ImageCanvas::setBusyText(const QString& sentence)
{
    m_busyText = sentence;
    setAccessibleDescription(sentence);
    update();
}

void ImageCanvas::setZoom(double zoom)
{
    m_view.zoomTo(zoom, QPointF(width() / 2.0, height() / 2.0));
    emit zoomChanged(m_view.zoom());
    update();
}

void ImageCanvas::fit()
{
    m_view.fit();
    emit zoomChanged(m_view.zoom());
    update();
}

QSize ImageCanvas::sizeHint() const
{
    return { scaled(480), scaled(480) };
}

QSize ImageCanvas::minimumSizeHint() const
{
    return { scaled(240), scaled(240) };
}

QSizeF ImageCanvas::contentSize() const
{
    return m_mode == Mode::Place ? QSizeF(m_frame) : QSizeF(m_image.size());
}

QRectF ImageCanvas::productRect() const
{
    const QRectF frame = m_view.target();
    return { frame.x() + m_placement.x() * frame.width(),
             frame.y() + m_placement.y() * frame.height(), m_placement.width() * frame.width(),
             m_placement.height() * frame.height() };
}

void ImageCanvas::refreshView()
{
    m_view.setContent(contentSize());
    m_view.setViewport(size(), scaled(32));
    emit zoomChanged(m_view.zoom());
    update();
}

void ImageCanvas::resizeEvent(QResizeEvent*)
{
    refreshView();
    placeEmptyButton();
}

void ImageCanvas::placeEmptyButton()
{
    m_emptyButton->setVisible(m_image.isNull() && !m_emptyButton->text().isEmpty());
    m_emptyButton->adjustSize();
    m_emptyButton->move((width() - m_emptyButton->width()) / 2, height() / 2 + scaled(8));
}

void ImageCanvas::wheelEvent(QWheelEvent* event)
{
    if (m_image.isNull() || event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    // A notch of 120 is a quarter more; finer touchpad steps follow in proportion.
    const double factor = std::pow(1.25, event->angleDelta().y() / 120.0);
    m_view.zoomTo(m_view.zoom() * factor, event->position());
    emit zoomChanged(m_view.zoom());
    update();
}

int ImageCanvas::handleAt(const QPointF& point) const
{
    if (m_mode != Mode::Place || m_image.isNull())
        return -1;
    const double reach = Look::current().sizes.hitMinimum / 2.0;
    int best = -1;
    double nearest = reach;
    for (int i = 0; i < 8; ++i) {
        const QPointF away = handlePoint(productRect(), i) - point;
        const double distance = std::max(std::abs(away.x()), std::abs(away.y()));
        if (distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

void ImageCanvas::mousePressEvent(QMouseEvent* event)
{
    const bool middle = event->button() == Qt::MiddleButton;
    if (!middle && event->button() != Qt::LeftButton)
        return;
    m_drag = { Drag::Kind::None, -1, event->position(), m_placement };
    if (middle || m_space) {
        m_drag.kind = Drag::Kind::Pan;
        setCursor(Qt::ClosedHandCursor);
    } else if (const int handle = handleAt(event->position()); handle >= 0) {
        m_drag.kind = Drag::Kind::Scale;
        m_drag.handle = handle;
    } else if (m_mode == Mode::Place && productRect().contains(event->position())) {
        m_drag.kind = Drag::Kind::Move;
    }
}

void ImageCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF offset = event->position() - m_drag.from;
    const QRectF frame = m_view.target();
    switch (m_drag.kind) {
    case Drag::Kind::None:
        updateCursor(event->position());
        break;
    case Drag::Kind::Pan:
        m_view.panBy(offset);
        m_drag.from = event->position();
        update();
        break;
    case Drag::Kind::Move:
        changePlacement(
            m_drag.placement.translated(offset.x() / frame.width(), offset.y() / frame.height()));
        break;
    case Drag::Kind::Scale:
        scaleFromHandle(event->position());
        break;
    }
}

void ImageCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, {});
    updateCursor(event->position());
    const bool placed = drag.kind == Drag::Kind::Move || drag.kind == Drag::Kind::Scale;
    if (placed && m_placement != drag.placement)
        emit placementEdited(m_placement);
}

// The opposite corner or side stays where it is; the shape is kept.
void ImageCanvas::scaleFromHandle(const QPointF& point)
{
    const QRectF frame = m_view.target();
    const QRectF& start = m_drag.placement;
    const auto& at = handles[static_cast<std::size_t>(m_drag.handle)];
    const QPointF fixed(start.x() + (1 - at[0]) * start.width(),
                        start.y() + (1 - at[1]) * start.height());
    const QPointF now((point.x() - frame.x()) / frame.width(),
                      (point.y() - frame.y()) / frame.height());
    const double across = std::abs(now.x() - fixed.x()) / start.width();
    const double down = std::abs(now.y() - fixed.y()) / start.height();
    double factor = at[0] == 0.5 ? down : at[1] == 0.5 ? across : std::max(across, down);
    factor = std::clamp(factor, smallestProduct / start.height(), largestProduct / start.height());
    const QSizeF size = start.size() * factor;
    changePlacement(QRectF(fixed.x() - (1 - at[0]) * size.width(),
                           fixed.y() - (1 - at[1]) * size.height(), size.width(), size.height()));
}

// Some part of the product always stays in the frame.
void ImageCanvas::changePlacement(const QRectF& fraction)
{
    QRectF box = fraction;
    const double keep = smallestProduct;
    box.moveLeft(std::clamp(box.x(), keep - box.width(), 1 - keep));
    box.moveTop(std::clamp(box.y(), keep - box.height(), 1 - keep));
    if (box == m_placement)
        return;
    m_placement = box;
    update();
    emit placementChanged(box);
}

void ImageCanvas::nudge(const QPointF& framePixels)
{
    const QRectF before = m_placement;
    changePlacement(m_placement.translated(framePixels.x() / m_frame.width(),
                                           framePixels.y() / m_frame.height()));
    if (before != m_placement)
        emit placementEdited(m_placement);
}

void ImageCanvas::updateCursor(const QPointF& point)
{
    if (m_space)
        setCursor(Qt::OpenHandCursor);
    else if (const int handle = handleAt(point); handle >= 0)
        setCursor(handleCursor(handle));
    else if (m_mode == Mode::Place && !m_image.isNull() && productRect().contains(point))
        setCursor(Qt::SizeAllCursor);
    else
        unsetCursor();
}

void ImageCanvas::keyPressEvent(QKeyEvent* event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const bool place = m_mode == Mode::Place && !m_image.isNull();
    switch (event->key()) {
    case Qt::Key_0:
        return fit();
    case Qt::Key_1:
        return setZoom(1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return setZoom(m_view.zoom() * 1.25);
    case Qt::Key_Minus:
        return setZoom(m_view.zoom() / 1.25);
    case Qt::Key_Space:
        m_space = true;
        setCursor(Qt::OpenHandCursor);
        return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const double way = event->key() == Qt::Key_Right ? step : -step;
        if (place)
            return nudge({ way, 0 });
        m_view.panBy({ -way * 20, 0 });
        return update();
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const double way = event->key() == Qt::Key_Down ? step : -step;
        if (place)
            return nudge({ 0, way });
        m_view.panBy({ 0, -way * 20 });
        return update();
    }
    default:
        QWidget::keyPressEvent(event);
    }
}

void ImageCanvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_space = false;
        unsetCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void ImageCanvas::focusOutEvent(QFocusEvent* event)
{
    m_space = false; // its release goes elsewhere
    unsetCursor();
    QWidget::focusOutEvent(event);
}

void ImageCanvas::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile())
        event->acceptProposedAction();
}

void ImageCanvas::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    emit fileDropped(event->mimeData()->urls().front().toLocalFile());
}

void ImageCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().canvas);
    if (m_image.isNull())
        paintEmpty(painter);
    else
        paintPicture(painter);
    if (!m_busyText.isEmpty())
        paintBusy(painter);
}

void ImageCanvas::paintPicture(QPainter& painter) const
{
    const QRectF frame = m_view.target().toAlignedRect();
    const double wide = m_mode == Mode::Place ? productRect().width() : frame.width();
    const QImage& shown = wide * devicePixelRatioF() <= m_preview.width() ? m_preview : m_image;
    painter.save();
    painter.setClipRect(frame);
    paintChecker(painter, frame.intersected(rect()), scaled(10));
    if (m_mode == Mode::Place) {
        paintScaled(painter, productRect(), shown, QRectF(shown.rect()));
    } else if (m_view.zoom() > 3) { // show pixels as pixels
        painter.drawImage(m_view.target(), m_image);
    } else {
        paintScaled(painter, m_view.target(), shown, QRectF(shown.rect()));
    }
    painter.restore();
    painter.setPen(QPen(colors().outline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame.adjusted(-0.5, -0.5, -0.5, -0.5));
    if (m_mode == Mode::Place)
        paintPlacement(painter);
}

void ImageCanvas::paintPlacement(QPainter& painter) const
{
    const QRectF frame = m_view.target();
    if (m_ground) {
        const double y = std::round(frame.y() + *m_ground * frame.height()) + 0.5;
        QPen dashes(colors().accent, 1, Qt::CustomDashLine);
        dashes.setDashPattern({ 3, 2 });
        painter.setPen(dashes);
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
        painter.setFont(typeFont(Type::Small));
        const QString words = tr("Stands here");
        const double width = painter.fontMetrics().horizontalAdvance(words) + scaled(14);
        QRectF plate(frame.right() - width - scaled(8), y + scaled(5), width, scaled(20));
        if (plate.bottom() > frame.bottom())
            plate.moveBottom(y - scaled(5));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors().accentSoft);
        painter.drawRoundedRect(plate, 3, 3);
        painter.setPen(colors().accentText);
        painter.drawText(plate, Qt::AlignCenter, words);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const QRectF box = QRectF(productRect().toAlignedRect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(colors().accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box);
    const double half = scaled(4);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors().accent, 2));
    painter.setBrush(colors().panel);
    for (int i = 0; i < 8; ++i) {
        const QPointF at = handlePoint(box, i);
        painter.drawRect(
            QRectF(at.x() - half + 0.5, at.y() - half + 0.5, 2 * half - 1, 2 * half - 1));
    }
}

void ImageCanvas::paintEmpty(QPainter& painter) const
{
    painter.setFont(typeFont(Type::Body));
    painter.setPen(colors().text);
    const bool button = !m_emptyButton->text().isEmpty();
    const QRect box(scaled(24), 0, width() - scaled(48),
                    button ? height() / 2 - scaled(8) : height());
    const int down = button ? Qt::AlignBottom : Qt::AlignVCenter;
    painter.drawText(box, Qt::AlignHCenter | down | Qt::TextWordWrap, m_emptyText);
}

void ImageCanvas::paintBusy(QPainter& painter) const
{
    painter.setFont(typeFont(Type::Body));
    const int width = painter.fontMetrics().horizontalAdvance(m_busyText) + scaled(32);
    QRectF plate(0, 0, std::min(width, this->width() - scaled(32)), scaled(36));
    plate.moveCenter(QRectF(rect()).center());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors().outline);
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(colors().text);
    painter.drawText(plate, Qt::AlignCenter, m_busyText);
}

} // namespace adtailor
