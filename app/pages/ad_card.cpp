// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/ad_card.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

namespace adtailor {

namespace {

constexpr int gap = 8;
constexpr int titleLines = 2;

// Paints at most `lines` lines; the last one ends in an ellipsis when there is more.
void paintWrapped(QPainter& painter, const QRect& box, const QString& text, int lines)
{
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    qreal y = 0;
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(box.width());
        const bool last = i == lines - 1;
        const QString rest = text.mid(line.textStart());
        const QString shown = last
            ? painter.fontMetrics().elidedText(rest, Qt::ElideRight, box.width())
            : text.mid(line.textStart(), line.textLength());
        painter.drawText(QRectF(box.left(), box.top() + y, box.width(), line.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        y += line.height() * 1.2;
    }
    layout.endLayout();
}

} // namespace

AdCard::AdCard(const QString& letter, QWidget* parent)
    : ZoomPane(parent)
    , m_letter(letter)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void AdCard::setAd(const AdItem* ad)
{
    m_ad = ad ? std::optional(*ad) : std::nullopt;
    describe();
    refreshView();
}

void AdCard::setActive(bool active)
{
    m_active = active;
    update();
}

void AdCard::setEmptyText(const QString& sentence)
{
    m_emptyText = sentence;
    describe();
    update();
}

void AdCard::describe()
{
    setAccessibleName(
        m_ad
            ? tr("%1: %2, seed %3, %4").arg(m_letter, m_ad->name()).arg(m_ad->seed).arg(m_ad->title)
            : tr("%1: %2").arg(m_letter, m_emptyText));
}

QSizeF AdCard::pictureSize() const
{
    return m_ad ? QSizeF(m_ad->best().size()) : QSizeF();
}

QSize AdCard::minimumSizeHint() const
{
    return QSize(scaled(180), scaled(180));
}

QSize AdCard::sizeHint() const
{
    return QSize(scaled(480), scaled(540));
}

QRect AdCard::headRect() const
{
    return QRect(gap, gap, width() - 2 * gap, scaled(28));
}

QRect AdCard::starRect() const
{
    const QRect head = headRect();
    const int side = scaled(28);
    return QRect(head.right() - side + 1, head.top(), side, side);
}

QRect AdCard::titleRect() const
{
    const int high = titleLines * static_cast<int>(lineHeight(Type::Body) * 1.2);
    return QRect(gap, height() - gap - high, width() - 2 * gap, high);
}

QRect AdCard::pictureRect() const
{
    const QRect room(gap, headRect().bottom() + gap, width() - 2 * gap,
                     titleRect().top() - headRect().bottom() - 2 * gap);
    const int side = std::max(1, std::min(room.width(), room.height()));
    QRect picture(0, 0, side, side);
    picture.moveCenter(room.center());
    picture.moveTop(room.top());
    return picture;
}

void AdCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_active) {
        painter.setPen(QPen(colors().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 6, 6);
    }
    paintHead(painter);
    paintPicture(painter);
    if (m_ad) {
        painter.setFont(typeFont(Type::Body));
        painter.setPen(colors().text);
        const QRect picture = pictureRect();
        QRect words = titleRect();
        words.moveTop(picture.bottom() + gap);
        words.setLeft(picture.left());
        words.setRight(picture.right());
        paintWrapped(painter, words, m_ad->title, titleLines);
    }
}

void AdCard::paintHead(QPainter& painter) const
{
    const QRect head = headRect();
    const int side = scaled(20);
    const QRect badge(head.left(), head.center().y() - side / 2, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_active ? colors().accent : colors().panel);
    painter.drawRoundedRect(badge, 3, 3);
    painter.setPen(m_active ? colors().onAccent : colors().textSecondary);
    painter.setFont(typeFont(Type::Strong));
    painter.drawText(badge, Qt::AlignCenter, m_letter);
    if (!m_ad)
        return;
    const QRect words(badge.right() + gap, head.top(), starRect().left() - badge.right() - 2 * gap,
                      head.height());
    painter.setPen(colors().text);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, m_ad->name());
    const int used = painter.fontMetrics().horizontalAdvance(m_ad->name()) + gap;
    const bool history = m_ad->batch && !m_ad->batch->request.brief.history.empty();
    const QString what = m_ad->state == AdState::Draft ? tr("draft")
        : history                                      ? tr("with history")
                                                       : tr("without history");
    painter.setFont(typeFont(Type::Small));
    painter.setPen(colors().textSecondary);
    const QString more = tr("seed %1 · %2").arg(m_ad->seed).arg(what);
    painter.drawText(words.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(more, Qt::ElideRight, words.width() - used));
    if (m_ad->state == AdState::Done) {
        QRect star = starRect();
        star = QRect(star.center().x() - scaled(9), star.center().y() - scaled(9), scaled(18),
                     scaled(18));
        if (m_ad->starred) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colors().accentSoft);
            painter.drawRoundedRect(starRect(), 4, 4);
        }
        paintIcon(painter, star, QStringLiteral("star"),
                  m_ad->starred ? colors().accent : colors().textSecondary);
    }
}

void AdCard::paintPicture(QPainter& painter) const
{
    const QRect box = pictureRect();
    const QImage image = m_ad ? m_ad->best() : QImage();
    if (image.isNull()) {
        painter.setPen(QPen(colors().outline, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        painter.setPen(colors().textMuted);
        painter.setFont(typeFont(Type::Body));
        painter.drawText(box.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         m_ad ? tr("Nothing was drawn.") : m_emptyText);
        return;
    }
    const QRectF whole = pictureTarget();
    const double share = m_ad->state == AdState::Draft ? std::min(1.0, m_ad->drawn) : 1;
    painter.save();
    painter.setClipRect(box);
    if (share < 1)
        paintHatch(painter, whole.intersected(box));
    paintScaled(painter, QRectF(whole.topLeft(), QSizeF(whole.width(), whole.height() * share)),
                image, QRectF(0, 0, image.width(), image.height() * share));
    painter.restore();
}

void AdCard::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ZoomPane::mousePressEvent(event);
    if (m_ad && m_ad->state == AdState::Done && starRect().contains(event->pos()))
        emit starClicked();
    else {
        emit activated();
        ZoomPane::mousePressEvent(event);
    }
}

void AdCard::mouseDoubleClickEvent(QMouseEvent*)
{
    fit();
}

void AdCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space)
        emit activated();
    else if (event->key() == Qt::Key_S && m_ad && m_ad->state == AdState::Done)
        emit starClicked();
    else
        ZoomPane::keyPressEvent(event);
}

void AdCard::focusInEvent(QFocusEvent* event)
{
    emit activated();
    QWidget::focusInEvent(event);
}

bool AdCard::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_ad) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const bool star = starRect().contains(help->pos());
        QToolTip::showText(help->globalPos(), star ? tr("Star (S)") : m_ad->title.toHtmlEscaped());
        return true;
    }
    if (event->type() == QEvent::LanguageChange)
        describe();
    return QWidget::event(event);
}

} // namespace adtailor
