// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/key_button.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>
#include <QPainter>
#include <QShortcut>
#include <QStyleOptionButton>

#include <algorithm>

namespace adtailor {

namespace {

int keyGap()
{
    return scaled(6);
}

} // namespace

KeyButton::KeyButton(const QString& text, Kind kind, QWidget* parent)
    : QPushButton(text, parent)
    , m_kind(kind)
{
    const char* names[] = { "plain", "primary", "quiet", "danger" };
    setProperty("kind", QLatin1String(names[static_cast<int>(kind)]));
}

void KeyButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange) // the font setting may have changed
        setIconSize(QSize(scaled(16), scaled(16)));
    QPushButton::changeEvent(event);
}

void KeyButton::setIconName(const QString& name)
{
    switch (m_kind) {
    case Kind::Primary:
        setIcon(adtailor::icon(name, Tint::OnAccent));
        break;
    case Kind::Danger:
        setIcon(adtailor::icon(name, Tint::Error));
        break;
    case Kind::Plain:
        setIcon(adtailor::icon(name, Tint::Text));
        break;
    case Kind::Quiet:
        setIcon(adtailor::icon(name, Tint::Secondary));
        break;
    }
    setIconSize(QSize(scaled(16), scaled(16)));
}

// Not QAbstractButton's shortcut: setText() would clear it.
void KeyButton::setKey(const QKeySequence& key)
{
    if (!m_shortcut) {
        m_shortcut = new QShortcut(this);
        m_shortcut->setAutoRepeat(false);
        connect(m_shortcut, &QShortcut::activated, this, &KeyButton::click);
    }
    m_shortcut->setKey(key);
    setKeyHint(key);
}

void KeyButton::setKeyHint(const QKeySequence& key)
{
    m_key = key;
    updateGeometry();
    update();
}

void KeyButton::setKeyVisible(bool visible)
{
    m_keyVisible = visible;
    updateGeometry();
    update();
}

void KeyButton::setCompact(bool compact)
{
    setProperty("density", compact ? QStringLiteral("compact") : QString());
}

QString KeyButton::keyText() const
{
    QString text = m_key.toString(QKeySequence::NativeText);
    return text.replace(QLatin1String("Return"), QStringLiteral("↵"))
        .replace(QLatin1String("Enter"), QStringLiteral("↵"));
}

int KeyButton::keyWidth() const
{
    if (!m_keyVisible || m_key.isEmpty())
        return 0;
    return qMax(scaled(17),
                QFontMetrics(typeFont(Type::Caption)).horizontalAdvance(keyText()) + scaled(10));
}

QSize KeyButton::sizeHint() const
{
    QFont words = font();
    words.setWeight(m_kind == Kind::Primary ? QFont::DemiBold : QFont::Medium);
    int width = QFontMetrics(words).size(Qt::TextShowMnemonic, text()).width() + 2 * padding() + 2;
    if (!icon().isNull())
        width += iconSize().width() + keyGap();
    if (const int key = keyWidth(); key > 0)
        width += key + keyGap();
    return { width, QPushButton::sizeHint().height() };
}

int KeyButton::padding() const
{
    return scaled(property("density").toString() == QLatin1String("compact") ? 10 : 12);
}

// The style paints the ground; icon, words and key are placed here, evenly spaced.
void KeyButton::paintEvent(QPaintEvent*)
{
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = {};
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, this);

    const int key = keyWidth();
    QRect room = rect().adjusted(padding(), 0, -padding(), 0);
    if (key > 0) {
        paintKey(painter,
                 QRectF(room.right() - key + 1, (height() - scaled(18)) / 2, key, scaled(18)));
        room.setRight(room.right() - key - keyGap());
    }
    QFont words = font();
    words.setWeight(m_kind == Kind::Primary ? QFont::DemiBold : QFont::Medium);
    painter.setFont(words);
    const int side = icon().isNull() ? 0 : iconSize().width();
    const int text = painter.fontMetrics().size(Qt::TextShowMnemonic, this->text()).width();
    int x = room.x() + std::max(0, (room.width() - text - (side ? side + keyGap() : 0)) / 2);
    if (side) {
        icon().paint(&painter, QRect(x, (height() - side) / 2, side, side), Qt::AlignCenter,
                     isEnabled() ? QIcon::Normal : QIcon::Disabled);
        x += side + keyGap();
    }
    painter.setPen(ink());
    painter.drawText(QRect(x, 0, room.right() - x + 1, height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                     this->text());
}

QColor KeyButton::ink() const
{
    if (!isEnabled())
        return colors().textDisabled;
    switch (m_kind) {
    case Kind::Primary:
        return colors().onAccent;
    case Kind::Quiet:
        return colors().textSecondary;
    case Kind::Danger:
        return colors().error;
    case Kind::Plain:
        break;
    }
    return colors().text;
}

void KeyButton::paintKey(QPainter& painter, const QRectF& box) const
{
    const bool primary = m_kind == Kind::Primary && isEnabled();
    painter.setPen(primary ? colors().onAccent : colors().divider);
    painter.setBrush(primary ? QBrush(Qt::NoBrush) : QBrush(colors().raised));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(primary || !isEnabled() ? ink() : colors().textMuted);
    painter.drawText(box, Qt::AlignCenter, keyText());
}

} // namespace adtailor
