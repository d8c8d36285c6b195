// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/rating_sheet.h"

#include "app/pages/page_parts.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace adtailor {

namespace {

constexpr int columnWidth = 520;
constexpr int longestName = 80;

} // namespace

RatingSheet::RatingSheet(QWidget* parent)
    : QWidget(parent)
{
    auto* across = new QHBoxLayout(this);
    auto* column = new QVBoxLayout;
    column->setSpacing(scaled(12));
    across->addStretch(1);
    across->addLayout(column, 2);
    across->addStretch(1);
    column->addStretch(2);
    m_heading = makeLabel("display");
    m_text = makeLabel("secondary");
    m_nameLabel = makeLabel("label");
    m_name = new QLineEdit;
    m_name->setMaxLength(longestName);
    m_nameLabel->setBuddy(m_name);
    m_message = new MessageBar;
    for (QLabel* label : { m_heading, m_text })
        label->setWordWrap(true);
    column->addWidget(m_heading);
    column->addWidget(m_text);
    column->addWidget(m_message);
    column->addWidget(m_nameLabel);
    column->addWidget(m_name);
    m_accept = new KeyButton({}, KeyButton::Kind::Primary);
    m_accept->setKeyHint(Qt::Key_Return);
    m_decline = new KeyButton({}, KeyButton::Kind::Plain);
    m_decline->setKeyHint(Qt::Key_Escape);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(scaled(8));
    buttons->addWidget(m_accept);
    buttons->addWidget(m_decline);
    buttons->addStretch();
    column->addSpacing(scaled(8));
    column->addLayout(buttons);
    column->addStretch(3);
    setMinimumWidth(scaled(columnWidth));
    connect(m_accept, &KeyButton::clicked, this, &RatingSheet::accepted);
    connect(m_decline, &KeyButton::clicked, this, &RatingSheet::declined);
}

void RatingSheet::setContent(const Content& content)
{
    m_heading->setText(content.heading);
    m_text->setText(content.text);
    m_nameLabel->setText(tr("Your name or initials"));
    m_accept->setText(content.accept);
    m_decline->setText(content.decline);
    m_decline->setVisible(!content.decline.isEmpty());
    m_name->setVisible(content.asksName);
    m_nameLabel->setVisible(content.asksName);
    m_message->clear();
    if (content.asksName)
        m_name->setFocus();
    else
        m_accept->setFocus();
}

void RatingSheet::showProblem(const QString& sentence, const QString& detail)
{
    m_message->showMessage(MessageBar::Kind::Warning, sentence, detail);
}

QString RatingSheet::name() const
{
    return m_name->text().simplified();
}

void RatingSheet::clearName()
{
    m_name->clear();
}

} // namespace adtailor
