// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/nav_rail.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QShortcut>
#include <QToolButton>

#include <algorithm>

namespace adtailor {

// One item. It is a real button, so that screen readers, focus and tooltips come for free.
class NavRail::Button final : public QToolButton
{
public:
    Button(Group kind, QString icon, NavRail* rail)
        : QToolButton(rail)
        , group(kind)
        , m_icon(std::move(icon))
    {
        setProperty("kind", QStringLiteral("rail"));
        setCheckable(group != Group::Foot);
        setCursor(Qt::PointingHandCursor);
    }

    void describe()
    {
        setAccessibleName(text());
        QStringList words;
        if (done)
            words << NavRail::tr("done");
        if (badge > 0)
            words << NavRail::tr("%n waiting", nullptr, badge);
        setAccessibleDescription(words.join(QStringLiteral(", ")));
        setToolTip(keys.isEmpty() ? text() : NavRail::tr("%1 (%2)").arg(text(), keys));
        update();
    }

    const Group group;
    QString keys;
    int badge = 0;
    bool done = false, muted = false;

protected:
    // Only setCurrent() checks: a page may refuse to be left.
    void nextCheckState() override { }
    QSize sizeHint() const override { return size(); }

    void paintEvent(QPaintEvent*) override
    {
        const Colors& c = colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || underMouse()) {
            painter.setPen(isChecked() ? QPen(c.divider) : QPen(Qt::NoPen));
            painter.setBrush(isChecked() ? c.panel : c.hover);
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const QColor ink = isChecked() ? c.accent : muted ? c.textMuted : c.textSecondary;
        if (group == Group::Foot) {
            const int inset = scaled(5);
            paintIcon(painter, rect().adjusted(inset, inset, -inset, -inset), m_icon, ink);
            return;
        }
        paintIconAndWords(painter, ink);
        if (badge > 0)
            paintBadge(painter);
    }

private:
    void paintIconAndWords(QPainter& painter, const QColor& ink) const
    {
        const int tool = group == Group::Tool ? scaled(2) : 0;
        const int side = scaled(Look::current().sizes.iconRail) - tool;
        const int line = scaled(16);
        const bool words = height() >= side + line + scaled(4); // a short window keeps the icons
        const int top = (height() - side - (words ? line + scaled(3) : 0)) / 2;
        paintIcon(painter, QRect((width() - side) / 2, top, side, side), m_icon, ink);
        if (!words)
            return;
        QFont font = typeFont(Type::Small);
        font.setWeight(isChecked() ? QFont::DemiBold : QFont::Medium);
        painter.setFont(font);
        painter.setPen(isChecked() ? colors().text
                           : muted ? colors().textMuted
                                   : colors().textSecondary);
        const QRect box(0, top + side + scaled(3), width(), line);
        painter.drawText(box, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    }

    void paintBadge(QPainter& painter) const
    {
        const QString number = badge > 99 ? QStringLiteral("99+") : QString::number(badge);
        QFont font = typeFont(Type::Caption);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        const int high = scaled(16);
        const int wide
            = std::max(high, painter.fontMetrics().horizontalAdvance(number) + scaled(8));
        const QRect plate(width() - scaled(6) - wide, scaled(5), wide, high);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors().accent);
        painter.drawRoundedRect(plate, high / 2.0, high / 2.0);
        painter.setPen(colors().onAccent);
        painter.drawText(plate, Qt::AlignCenter, number);
    }

    QString m_icon;
};

NavRail::NavRail(QWidget* parent)
    : QWidget(parent)
{
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
    const int index = int(m_buttons.size());
    const int digit
        = group == Group::Foot ? 0 : (group == Group::Tool ? 5 : 0) + countOf(group) + 1;
    auto* item = new Button(group, icon, this);
    item->setText(text);
    item->installEventFilter(this);
    connect(item, &QToolButton::clicked, this, [this, index] { emit activated(index); });
    if (digit >= 1 && digit <= 10) {
        const QKeySequence key(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + digit % 10));
        item->keys = key.toString(QKeySequence::NativeText);
        auto* shortcut = new QShortcut(key, this);
        connect(shortcut, &QShortcut::activated, this, [this, index] { emit activated(index); });
    }
    item->describe();
    m_buttons.push_back(item);
    focusOnly(std::max(0, m_current));
    arrange();
    updateGeometry();
    return index;
}

NavRail::Button* NavRail::button(int index) const
{
    return m_buttons.at(static_cast<std::size_t>(index));
}

void NavRail::setText(int index, const QString& text)
{
    button(index)->setText(text);
    button(index)->describe();
}

void NavRail::setCurrent(int index)
{
    m_current = std::clamp(index, -1, int(m_buttons.size()) - 1);
    for (int i = 0; i < int(m_buttons.size()); ++i)
        button(i)->setChecked(i == m_current);
    focusOnly(std::max(0, m_current));
    update();
}

void NavRail::setDone(int index, bool done)
{
    button(index)->done = done;
    button(index)->describe();
    update();
}

void NavRail::setMuted(int index, bool muted)
{
    button(index)->muted = muted;
    button(index)->update();
}

void NavRail::setBadge(int index, int count)
{
    button(index)->badge = std::max(0, count);
    button(index)->describe();
}

int NavRail::countOf(Group group) const
{
    return int(std::count_if(m_buttons.begin(), m_buttons.end(),
                             [group](const Button* item) { return item->group == group; }));
}

void NavRail::focusOnly(int index)
{
    for (int i = 0; i < int(m_buttons.size()); ++i) {
        const bool tab = i == index || button(i)->group == Group::Foot;
        button(i)->setFocusPolicy(tab ? Qt::TabFocus : Qt::NoFocus);
    }
    if (index < int(m_buttons.size()))
        setFocusProxy(button(index));
}

void NavRail::moveFocus(int from, int direction)
{
    const int next = std::clamp(from + direction, 0, int(m_buttons.size()) - 1);
    focusOnly(next);
    button(next)->setFocus(Qt::TabFocusReason);
}

bool NavRail::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto found = std::find(m_buttons.begin(), m_buttons.end(), watched);
    if (found == m_buttons.end())
        return QWidget::eventFilter(watched, event);
    const int index = int(found - m_buttons.begin());
    const int last = int(m_buttons.size()) - 1;
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
        moveFocus(index, -1);
        return true;
    case Qt::Key_Down:
        moveFocus(index, 1);
        return true;
    case Qt::Key_Home:
        moveFocus(0, 0);
        return true;
    case Qt::Key_End:
        moveFocus(last, 0);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key->modifiers() != Qt::NoModifier)
            break;
        emit activated(index);
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

QSize NavRail::sizeHint() const
{
    const int foot = countOf(Group::Foot) ? scaled(44) : scaled(8);
    const int height = scaled(8) + countOf(Group::Step) * scaled(54) + scaled(15)
        + countOf(Group::Tool) * scaled(47) + foot;
    return { scaled(Look::current().sizes.rail), height };
}

QSize NavRail::minimumSizeHint() const
{
    const int squeezed = countOf(Group::Tool) * scaled(47 - 28);
    return sizeHint() - QSize(0, squeezed);
}

QRect NavRail::itemRect(int index) const
{
    const Group group = button(index)->group;
    const int before = int(std::count_if(m_buttons.begin(), m_buttons.begin() + index,
                                         [group](const Button* b) { return b->group == group; }));
    const int left = scaled(14);
    const int inner = width() - left - scaled(8);
    const int toolTop = scaled(8) + countOf(Group::Step) * scaled(54) + scaled(15);
    switch (group) {
    case Group::Step:
        return { left, scaled(8) + before * scaled(54), inner, scaled(54) };
    case Group::Tool: {
        // Short windows press the tools together before anything is cut.
        const int room = height() - toolTop - (countOf(Group::Foot) ? scaled(40) : 0);
        const int high = std::clamp(room / countOf(Group::Tool), scaled(28), scaled(47));
        return { left, toolTop + before * high, inner, high };
    }
    case Group::Foot:
        break;
    }
    const int side = scaled(28);
    const int count = countOf(Group::Foot);
    const int start = (width() - count * side - (count - 1) * scaled(4)) / 2;
    return { start + before * (side + scaled(4)), height() - side - scaled(8), side, side };
}

void NavRail::arrange()
{
    for (int i = 0; i < int(m_buttons.size()); ++i)
        button(i)->setGeometry(itemRect(i));
    update();
}

void NavRail::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void NavRail::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        arrange();
    }
}

void NavRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().rail);
    painter.fillRect(width() - 1, 0, 1, height(), colors().divider);
    const int steps = countOf(Group::Step);
    if (steps > 0 && countOf(Group::Tool) > 0)
        painter.fillRect(scaled(14), scaled(8) + steps * scaled(54) + scaled(7),
                         width() - scaled(26), 1, colors().divider);
    painter.setRenderHint(QPainter::Antialiasing);
    paintThread(painter);
    for (int i = 0; i < int(m_buttons.size()); ++i)
        if (button(i)->group == Group::Step)
            paintKnot(painter, i);
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
    const bool now = index == m_current;
    const bool done = button(index)->done;
    const QPointF centre(scaled(9), itemRect(index).center().y() + 0.5);
    painter.setPen(QPen(now || done ? colors().accent : colors().outline, now ? 2.5 : 1.75));
    painter.setBrush(now ? colors().panel : done ? colors().accent : colors().rail);
    const double radius = scaled(now ? 4 : 3.8);
    painter.drawEllipse(centre, radius, radius);
}

} // namespace adtailor
