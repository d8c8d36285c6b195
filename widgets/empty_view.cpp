// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/empty_view.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace adtailor {

EmptyView::EmptyView(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_sentence(new QLabel)
    , m_detail(new QLabel)
    , m_button(new QPushButton)
{
    m_sentence->setProperty("role", QStringLiteral("page"));
    m_detail->setProperty("role", QStringLiteral("secondary"));
    for (QLabel* label : { m_icon, m_sentence, m_detail })
        label->setAlignment(Qt::AlignCenter);
    for (QLabel* label : { m_sentence, m_detail }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaledMargins(24, 24, 24, 24));
    column->setSpacing(scaled(8));
    column->addStretch();
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addSpacing(scaled(8));
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch();
    connect(m_button, &QPushButton::clicked, this, &EmptyView::buttonClicked);
}

void EmptyView::setContent(const QString& icon, const QString& sentence, const QString& detail,
                           const QString& button)
{
    m_iconName = icon;
    m_sentence->setText(sentence);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(sentence);
    setAccessibleDescription(detail);
    refreshIcon();
}

void EmptyView::refreshIcon()
{
    m_icon->setPixmap(iconPixmap(m_iconName, colors().textMuted, scaled(40), devicePixelRatioF()));
    m_icon->setVisible(!m_iconName.isEmpty());
}

void EmptyView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        refreshIcon();
}

} // namespace adtailor
