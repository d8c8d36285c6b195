// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/page.h"

#include "widgets/key_button.h"
#include "widgets/look.h"

#include <QEvent>
#include <QHBoxLayout>

namespace adtailor {

Page::Page(QWidget* parent)
    : QWidget(parent)
    , m_actions(new QWidget(this))
    , m_actionRow(new QHBoxLayout(m_actions))
{
    m_actionRow->setContentsMargins(0, 0, 0, 0);
    m_actionRow->setSpacing(scaled(8));
    m_actionRow->addStretch(); // buttons keep their width at the right end
}

KeyButton* Page::addAction(KeyButton* button)
{
    m_actionRow->addWidget(button);
    m_buttons.append(button);
    return button;
}

void Page::setNarrow(bool narrow)
{
    for (KeyButton* button : m_buttons)
        button->setKeyVisible(!narrow);
}

void Page::finishBuilding()
{
    m_built = true;
    retranslate();
}

void Page::changeEvent(QEvent* event)
{
    // Tinted icons are set together with the words, so a new theme needs both.
    if (m_built
        && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange))
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace adtailor
