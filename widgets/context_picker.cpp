// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/context_picker.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QEvent>
#include <QPainter>
#include <QRegularExpression>

#include <algorithm>

namespace adtailor {

namespace {

QFont valueFont()
{
    QFont font = typeFont(Type::Body);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

ContextPicker::ContextPicker(const QString& caption, QWidget* parent)
    : QToolButton(parent)
    , m_caption(caption)
{
    setProperty("kind", QStringLiteral("picker"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    describe();
}

void ContextPicker::setCaption(const QString& caption)
{
    m_caption = caption;
    describe();
}

void ContextPicker::setValue(const QString& value)
{
    m_value = value;
    describe();
}

void ContextPicker::setPicture(const QImage& picture)
{
    m_picture = picture;
    m_initials.clear();
    m_iconName.clear();
    describe();
}

void ContextPicker::setInitials(const QString& initials)
{
    m_initials = initials;
    m_picture = {};
    m_iconName.clear();
    describe();
}

void ContextPicker::setIconName(const QString& name)
{
    m_iconName = name;
    m_picture = {};
    m_initials.clear();
    describe();
}

void ContextPicker::describe()
{
    setAccessibleName(tr("%1: %2").arg(m_caption, m_value));
    setToolTip(m_value); // the value may be cut
    updateGeometry();
    update();
}

int ContextPicker::markWidth() const
{
    const bool mark = !m_picture.isNull() || !m_initials.isEmpty() || !m_iconName.isEmpty();
    return mark ? scaled(34) : scaled(6);
}

// Room for the caption and the value, between two limits.
QSize ContextPicker::sizeWithWords(int least, int most) const
{
    const int caption = QFontMetrics(typeFont(Type::Caption)).horizontalAdvance(m_caption);
    const int value = QFontMetrics(valueFont()).horizontalAdvance(m_value) + 1;
    const int words = std::clamp(std::max(caption, value), scaled(least), scaled(most));
    return { scaled(5) + markWidth() + words + scaled(8 + 15 + 8), scaled(36) };
}

QSize ContextPicker::sizeHint() const
{
    return sizeWithWords(60, 260);
}

QSize ContextPicker::minimumSizeHint() const
{
    return sizeWithWords(60, 85);
}

void ContextPicker::paintAvatar(QPainter& painter, const QRectF& box, const QString& initials)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().personSoft);
    painter.drawEllipse(box);
    QFont font = typeFont(Type::Caption);
    font.setPixelSize(std::max(9, int(box.height() * 0.42)));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors().personText);
    painter.drawText(box, Qt::AlignCenter, initials);
    painter.restore();
}

QString ContextPicker::initialsOf(const QString& name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return {};
    if (trimmed.front().script() == QChar::Script_Han)
        return trimmed.left(1);
    static const QRegularExpression gap(QStringLiteral("[\\s\\-]+"));
    QString initials;
    for (const QString& word : trimmed.split(gap, Qt::SkipEmptyParts))
        if (initials.size() < 2 && word.front().isLetterOrNumber())
            initials += word.front().toUpper();
    return initials;
}

void ContextPicker::paintEvent(QPaintEvent*)
{
    const Colors& c = colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isEnabled() && underMouse() ? c.outline : c.divider);
    painter.setBrush(isDown() ? c.divider : underMouse() && isEnabled() ? c.hover : c.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);

    const int side = scaled(26);
    const QRectF mark(scaled(5), (height() - side) / 2, side, side);
    if (!m_picture.isNull()) {
        paintChecker(painter, mark, scaled(5));
        paintContain(painter, mark, m_picture);
    } else if (!m_initials.isEmpty()) {
        paintAvatar(painter, mark, m_initials);
    } else if (!m_iconName.isEmpty()) {
        const double inset = scaled(4);
        paintIcon(painter, mark.adjusted(inset, inset, -inset, -inset), m_iconName,
                  c.textSecondary);
    }

    const int left = scaled(5) + markWidth();
    const int arrow = scaled(15);
    const QRect words(left, 0, width() - left - arrow - scaled(16), height());
    const int middle = height() / 2;
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(isEnabled() ? c.textMuted : c.textDisabled);
    painter.drawText(words.adjusted(0, scaled(2), 0, -middle + scaled(1)),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_caption, Qt::ElideRight, words.width()));
    painter.setFont(valueFont());
    painter.setPen(isEnabled() ? c.text : c.textDisabled);
    painter.drawText(words.adjusted(0, middle - scaled(2), 0, -scaled(1)),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_value, Qt::ElideRight, words.width()));
    paintIcon(painter, QRectF(width() - arrow - scaled(8), (height() - arrow) / 2, arrow, arrow),
              QStringLiteral("chevron-down"), c.textMuted);
}

void ContextPicker::changeEvent(QEvent* event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace adtailor
