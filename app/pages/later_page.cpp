// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/later_page.h"

#include "widgets/empty_view.h"

#include <QVBoxLayout>

namespace adtailor {

LaterPage::LaterPage(Kind kind, QWidget* parent)
    : Page(parent)
    , m_kind(kind)
    , m_view(new EmptyView)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(m_view, &EmptyView::buttonClicked, this, &LaterPage::compareRequested);
    finishBuilding();
}

QString LaterPage::title() const
{
    switch (m_kind) {
    case Kind::Evaluate:
        return tr("Evaluate");
    }
    return {};
}

QWidget* LaterPage::firstFocus()
{
    return m_view;
}

void LaterPage::retranslate()
{
    QString icon, now;
    switch (m_kind) {
    case Kind::Evaluate:
        icon = QStringLiteral("evaluate");
        now = tr("Scores of whole folders come here in a later version. Today Compare shows "
                 "the ads side by side.");
        break;
    }
    m_view->setContent(icon, tr("Not in this version yet"), now, tr("Go to Compare"));
}

} // namespace adtailor
