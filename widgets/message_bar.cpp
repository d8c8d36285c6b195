// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_bar.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace adtailor {

namespace {

struct MessageLook
{
    QColor ground, ink;
    QString icon;
};

MessageLook lookOf(MessageBar::Kind kind)
{
    const Colors& c = colors();
    switch (kind) {
    case MessageBar::Kind::Success:
        return { c.successSoft, c.success, QStringLiteral("ok") };
    case MessageBar::Kind::Warning:
        return { c.warningSoft, c.warning, QStringLiteral("warning") };
    case MessageBar::Kind::Error:
        return { c.errorSoft, c.error, QStringLiteral("error") };
    case MessageBar::Kind::Info:
        break;
    }
    return { c.infoSoft, c.info, QStringLiteral("info") };
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_title(new QLabel)
    , m_detail(new QLabel)
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_buttons(new QBoxLayout(QBoxLayout::LeftToRight))
{
    m_title->setProperty("role", QStringLiteral("strong"));
    m_detail->setProperty("role", QStringLiteral("secondary"));
    for (QLabel* label : { m_title, m_detail }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    m_row->setSpacing(scaled(12));
    m_row->addLayout(words, 1);
    m_row->addLayout(m_buttons);
    m_buttons->setSpacing(scaled(8));
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(scaledMargins(12, 10, 12, 10));
    all->setSpacing(scaled(10));
    all->addWidget(m_icon, 0, Qt::AlignTop);
    all->addLayout(m_row, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& title, const QString& detail,
                             const QStringList& buttons)
{
    m_kind = kind;
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(detail);
    rebuildButtons(buttons);
    layout()->setAlignment(m_icon, detail.isEmpty() ? Qt::AlignVCenter : Qt::AlignTop);
    refresh();
    if (parentWidget())
        show();
    else // not yet in a page: appear with it, not as a window
        setAttribute(Qt::WA_WState_ExplicitShowHide, false);
}

void MessageBar::clear()
{
    m_iconName.clear();
    m_title->clear();
    m_detail->clear();
    hide();
}

QString MessageBar::title() const
{
    return m_title->text();
}

void MessageBar::setStacked(bool stacked)
{
    m_row->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_row->setSpacing(scaled(stacked ? 8 : 12));
    m_row->setStretch(0, stacked ? 0 : 1); // sideways the words take the room, downwards nobody
}

void MessageBar::setIconName(const QString& name)
{
    m_iconName = name;
    refresh();
}

void MessageBar::rebuildButtons(const QStringList& texts)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (int i = 0; i < texts.size(); ++i) {
        auto* button = new QPushButton(texts[i]);
        button->setProperty("density", QStringLiteral("compact"));
        // The last of three or more is the way out and stays quiet.
        if (i > 0 && i == texts.size() - 1 && texts.size() > 2)
            button->setProperty("kind", QStringLiteral("quiet"));
        connect(button, &QPushButton::clicked, this, [this, i] { emit buttonClicked(i); });
        m_buttons->addWidget(button, 0, Qt::AlignVCenter);
    }
    m_buttons->addStretch(); // also alone: an empty row would forbid its column any width
}

void MessageBar::refresh()
{
    const MessageLook look = lookOf(m_kind);
    const int side = scaled(Look::current().sizes.icon);
    m_icon->setPixmap(iconPixmap(m_iconName.isEmpty() ? look.icon : m_iconName, look.ink, side,
                                 devicePixelRatioF()));
    update();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lookOf(m_kind).ground);
    const double radius = Look::current().sizes.radiusPanel;
    painter.drawRoundedRect(rect(), radius, radius);
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        refresh();
}

} // namespace adtailor
