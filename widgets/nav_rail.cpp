// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/nav_rail.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QShortcut>
#include <QToolTip>

#include <algorithm>

namespace adtailor {

NavRail::NavRail(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setProperty("ring", QStringLiteral("own")); // one item is ringed, not the whole rail
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Pages"));
}

int NavRail::addStep(const QString& icon, const QString& text)
{
    return add(Group::Step, icon, text);
}

int NavRail::addTool(const QString& icon, const QString& text)
{
    return add(Group::Tool, icon, text);
}

int NavRail::addFoot(const QString& icon, const QString& text)
{
    return add(Group::Foot, icon, text);
}

int NavRail::add(Group group, const QString& icon, const QString& text)
{
    Item item{ group, icon, text, {}, 0, false, false };
    const int digit
        = group == Group::Foot ? 0 : (group == Group::Tool ? 5 : 0) + countOf(group) + 1;
    const int index = int(m_items.size());
    if (digit >= 1 && digit <= 10) {
        const QKeySequence key(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + digit % 10));
        item.keys = key.toString(QKeySequence::NativeText);
        auto* shortcut = new QShortcut(key, this);
        connect(shortcut, &QShortcut::activated, this, [this, index] { emit activated(index); });
    }
    m_items.push_back(item);
    updateGeometry();
    update();
    return index;
}

void NavRail::setText(int index, const QString& text)
{
    m_items.at(static_cast<std::size_t>(index)).text = text;
    describe();
    update();
}

void NavRail::setCurrent(int index)
{
    m_current = std::clamp(index, -1, int(m_items.size()) - 1);
    if (m_current >= 0)
        m_cursor = m_current;
    describe();
    update();
}

void NavRail::setDone(int index, bool done)
{
    m_items.at(static_cast<std::size_t>(index)).done = done;
    update();
}

void NavRail::setMuted(int index, bool muted)
{
    m_items.at(static_cast<std::size_t>(index)).muted = muted;
    update();
}

void NavRail::setBadge(int index, int count)
{
    m_items.at(static_cast<std::size_t>(index)).badge = std::max(0, count);
    update();
}

int NavRail::countOf(Group group) const
{
    return int(std::count_if(m_items.begin(), m_items.end(),
                             [group](const Item& item) { return item.group == group; }));
}

QSize NavRail::sizeHint() const
{
    return minimumSizeHint();
}

QSize NavRail::minimumSizeHint() const
{
    const int foot = countOf(Group::Foot) ? scaled(36) : 0;
    const int height = scaled(8) + countOf(Group::Step) * scaled(54) + scaled(15)
        + countOf(Group::Tool) * scaled(47) + foot + scaled(8);
    return { scaled(Look::current().sizes.rail), height };
}

QRect NavRail::itemRect(int index) const
{
    const Item& item = m_items[static_cast<std::size_t>(index)];
    int before = 0;
    for (int i = 0; i < index; ++i)
        before += m_items[static_cast<std::size_t>(i)].group == item.group;
    const int left = scaled(14);
    const int inner = width() - left - scaled(8);
    switch (item.group) {
    case Group::Step:
        return { left, scaled(8) + before * scaled(54), inner, scaled(54) };
    case Group::Tool: {
        // Short windows press the tools together before anything is cut.
        const int top = scaled(8) + countOf(Group::Step) * scaled(54) + scaled(15);
        const int room = height() - top - (countOf(Group::Foot) ? scaled(40) : 0);
        const int wanted = scaled(47);
        const int high = std::clamp(room / std::max(1, countOf(Group::Tool)), scaled(28), wanted);
        return { left, top + before * high, inner, high };
    }
    case Group::Foot:
        break;
    }
    const int side = scaled(28);
    const int count = countOf(Group::Foot);
    const int start = (width() - count * side - (count - 1) * scaled(4)) / 2;
    return { start + before * (side + scaled(4)), height() - side - scaled(8), side, side };
}

int NavRail::itemAt(const QPoint& point) const
{
    for (int i = 0; i < int(m_items.size()); ++i)
        if (itemRect(i).contains(point))
            return i;
    return -1;
}

void NavRail::describe()
{
    if (m_cursor >= int(m_items.size()))
        return;
    const Item& item = m_items[static_cast<std::size_t>(m_cursor)];
    QString words = item.text;
    if (m_cursor == m_current)
        words = tr("%1, open").arg(words);
    if (item.badge > 0)
        words += QStringLiteral(", %1").arg(item.badge);
    setAccessibleDescription(words);
}

void NavRail::moveCursor(int direction)
{
    const int next = m_cursor + direction;
    if (next < 0 || next >= int(m_items.size()))
        return;
    m_cursor = next;
    describe();
    update();
}

void NavRail::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        return moveCursor(-1);
    case Qt::Key_Down:
        return moveCursor(1);
    case Qt::Key_Home:
        return moveCursor(-m_cursor);
    case Qt::Key_End:
        return moveCursor(int(m_items.size()) - 1 - m_cursor);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (event->modifiers() == Qt::NoModifier && m_cursor < int(m_items.size())) {
            emit activated(m_cursor);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void NavRail::mousePressEvent(QMouseEvent* event)
{
    const int index = itemAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0) {
        m_cursor = index;
        emit activated(index);
    }
}

void NavRail::mouseMoveEvent(QMouseEvent* event)
{
    const int index = itemAt(event->position().toPoint());
    if (index == m_hovered)
        return;
    m_hovered = index;
    setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void NavRail::leaveEvent(QEvent* event)
{
    m_hovered = -1;
    update();
    QWidget::leaveEvent(event);
}

bool NavRail::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = itemAt(help->pos());
        if (index < 0) {
            QToolTip::hideText();
            return true;
        }
        const Item& item = m_items[static_cast<std::size_t>(index)];
        const QString words
            = item.keys.isEmpty() ? item.text : tr("%1 (%2)").arg(item.text, item.keys);
        QToolTip::showText(help->globalPos(), words, this, itemRect(index));
        return true;
    }
    return QWidget::event(event);
}

void NavRail::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void NavRail::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    describe();
    update();
}

void NavRail::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    update();
}

void NavRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().rail);
    painter.fillRect(width() - 1, 0, 1, height(), colors().divider);
    painter.setRenderHint(QPainter::Antialiasing);
    paintThread(painter);
    const int steps = countOf(Group::Step);
    if (steps > 0 && countOf(Group::Tool) > 0)
        painter.fillRect(scaled(14), scaled(8) + steps * scaled(54) + scaled(7),
                         width() - scaled(26), 1, colors().divider);
    for (int i = 0; i < int(m_items.size()); ++i)
        paintItem(painter, i);
}

// From the first knot to the last, stitched.
void NavRail::paintThread(QPainter& painter) const
{
    const int steps = countOf(Group::Step);
    if (steps < 2)
        return;
    const double x = scaled(9);
    const double top = scaled(8) + scaled(27);
    QPen thread(colors().outline, 1.5, Qt::CustomDashLine, Qt::FlatCap);
    thread.setDashPattern({ 3, 2.4 });
    painter.setPen(thread);
    painter.drawLine(QPointF(x, top), QPointF(x, top + (steps - 1) * scaled(54)));
}

void NavRail::paintKnot(QPainter& painter, int index) const
{
    const Item& item = m_items[static_cast<std::size_t>(index)];
    const bool now = index == m_current;
    const QPointF centre(scaled(9), itemRect(index).center().y() + 0.5);
    const bool coloured = now || item.done;
    painter.setPen(QPen(coloured ? colors().accent : colors().outline, now ? 2.5 : 1.75));
    painter.setBrush(now ? colors().panel : item.done ? colors().accent : colors().rail);
    const double radius = scaled(now ? 4 : 3.8);
    painter.drawEllipse(centre, radius, radius);
}

void NavRail::paintItem(QPainter& painter, int index) const
{
    const Colors& c = colors();
    const Item& item = m_items[static_cast<std::size_t>(index)];
    const QRect box = itemRect(index);
    const bool on = index == m_current;
    if (on || index == m_hovered) {
        painter.setPen(on ? QPen(c.divider) : QPen(Qt::NoPen));
        painter.setBrush(on ? c.panel : c.hover);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    if (hasFocus() && index == m_cursor) {
        painter.setPen(QPen(c.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6);
    }
    if (item.group == Group::Step)
        paintKnot(painter, index);
    const QColor ink = on ? c.accent : item.muted ? c.textMuted : c.textSecondary;
    if (item.group == Group::Foot) {
        const int inset = scaled(5);
        return paintIcon(painter, box.adjusted(inset, inset, -inset, -inset), item.icon, ink);
    }
    const int side
        = scaled(Look::current().sizes.iconRail) - (item.group == Group::Tool ? scaled(2) : 0);
    const int text = scaled(16);
    const bool words = box.height() >= side + text + scaled(4);
    const int top = box.y() + (box.height() - side - (words ? text + scaled(3) : 0)) / 2;
    paintIcon(painter, QRect(box.center().x() - side / 2 + 1, top, side, side), item.icon, ink);
    if (words) {
        QFont font = typeFont(Type::Small);
        font.setWeight(on ? QFont::DemiBold : QFont::Medium);
        painter.setFont(font);
        painter.setPen(on ? c.text : item.muted ? c.textMuted : c.textSecondary);
        const QRect line(box.x() - scaled(4), top + side + scaled(3), box.width() + scaled(9),
                         text);
        painter.drawText(line, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(item.text, Qt::ElideRight, line.width()));
    }
    if (item.badge > 0)
        paintBadge(painter, box, item.badge);
}

void NavRail::paintBadge(QPainter& painter, const QRect& box, int count) const
{
    const QString text = count > 99 ? QStringLiteral("99+") : QString::number(count);
    QFont font = typeFont(Type::Caption);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const int high = scaled(16);
    const int wide = std::max(high, painter.fontMetrics().horizontalAdvance(text) + scaled(8));
    const QRect plate(box.right() - scaled(6) - wide, box.y() + scaled(5), wide, high);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().accent);
    painter.drawRoundedRect(plate, high / 2.0, high / 2.0);
    painter.setPen(colors().onAccent);
    painter.drawText(plate, Qt::AlignCenter, text);
}

} // namespace adtailor
