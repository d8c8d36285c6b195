// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/vote_button.h"

#include "widgets/look.h"

#include <QPainter>
#include <QStyleOptionButton>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int votePadding = 16, gapAfterKey = 12, voteKeySide = 24, voteHeight = 64,
              voteWordSize = 16;

} // namespace

VoteButton::VoteButton(const QString& key, QWidget* parent)
    : QPushButton(parent)
    , m_key(key)
{
    setProperty("kind", QStringLiteral("vote"));
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QFont VoteButton::words() const
{
    QFont font = typeFont(Type::Strong);
    font.setPixelSize(scaled(voteWordSize));
    return font;
}

int VoteButton::keyWidth() const
{
    return std::max(scaled(voteKeySide),
                    QFontMetrics(typeFont(Type::Body)).horizontalAdvance(m_key) + scaled(12));
}

QSize VoteButton::sizeHint() const
{
    const int text = QFontMetrics(words()).horizontalAdvance(this->text());
    return { text + keyWidth() + scaled(gapAfterKey) + 2 * scaled(votePadding),
             scaled(voteHeight) };
}

void VoteButton::paintEvent(QPaintEvent*)
{
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, this);
    const int key = keyWidth();
    const int text = QFontMetrics(words()).horizontalAdvance(this->text());
    int x = (width() - key - scaled(gapAfterKey) - text) / 2;
    const QRectF frame(x, (height() - scaled(voteKeySide)) / 2, key, scaled(voteKeySide));
    painter.setPen(colors().divider);
    painter.setBrush(colors().panel);
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(typeFont(Type::Body));
    painter.setPen(isEnabled() ? colors().textMuted : colors().textDisabled);
    painter.drawText(frame, Qt::AlignCenter, m_key);
    x += key + scaled(gapAfterKey);
    painter.setFont(words());
    painter.setPen(isEnabled() ? colors().text : colors().textDisabled);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     this->text());
}

} // namespace adtailor
