// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/keys_page.h"

#include "app/pages/page_parts.h"
#include "widgets/look.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <memory>

namespace adtailor {

KeysPage::KeysPage(QWidget* parent)
    : Page(parent)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    fillWith(this, scroll);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(scaledMargins(48, 24, 48, 24));
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(scaled(24));
    m_grid->setVerticalSpacing(scaled(4));
    m_grid->setColumnStretch(1, 1);
    column->addLayout(m_grid);
    column->addStretch();
    scroll->setWidget(body);
    setFocusProxy(scroll);
    finishBuilding();
}

QString KeysPage::title() const
{
    return tr("Keys");
}

QList<KeysPage::Group> KeysPage::groups() const
{
    return {
        { tr("Everywhere"),
          { { QStringLiteral("Ctrl+1 … Ctrl+5"), tr("Brief, People, Generate, Compare, Finish") },
            { QStringLiteral("Ctrl+6 … Ctrl+0"), tr("The tools below the line") },
            { QStringLiteral("Ctrl+Enter"), tr("The main button of the page") },
            { QStringLiteral("Ctrl+Z, Ctrl+Shift+Z"), tr("Undo, redo") },
            { QStringLiteral("Ctrl+O"), tr("Open a folder of ads") },
            { QStringLiteral("Ctrl+Shift+Enter"), tr("Add the ads to the queue") },
            { QStringLiteral("F6"), tr("Next region") },
            { QStringLiteral("F7"), tr("Gallery: every ad of the project") },
            { QStringLiteral("F8"), tr("Edit history") },
            { QStringLiteral("Ctrl+J"), tr("Queue") },
            { QStringLiteral("F1, ?"), tr("This list") },
            { QStringLiteral("F11"), tr("Full screen") } } },
        { tr("Gallery"),
          { { QStringLiteral("Ctrl+F"), tr("Find ads") },
            { QStringLiteral("Enter"), tr("Compare the chosen ads") },
            { QStringLiteral("S"), tr("Star the chosen ads") },
            { tr("Delete"), tr("To the trash, or back from it") } } },
        { tr("Queue"),
          { { tr("Space"), tr("Hold back, let run, try again") },
            { QStringLiteral("Alt+↑, Alt+↓"), tr("Earlier, later") },
            { tr("Delete"), tr("Take out of the queue") } } },
        { tr("Brief"),
          { { QStringLiteral("↑ ↓ ← →"), tr("Move the product, with Shift by 10") },
            { QStringLiteral("0, 1"), tr("Fit, 100 %") } } },
        { tr("People"),
          { { tr("Space"), tr("Include or leave out a click") },
            { QStringLiteral("G, L"), tr("Grid, list") },
            { QStringLiteral("R"), tr("New draw") },
            { QStringLiteral("W"), tr("What the model keeps") } } },
        { tr("Generate"),
          { { QStringLiteral("Esc"), tr("Stop, keep as draft") },
            { QStringLiteral("T"), tr("Lock this title") },
            { QStringLiteral("R"), tr("Keep the finished rows") },
            { QStringLiteral("W"), tr("What the ad was made from") },
            { QStringLiteral("G"), tr("Token grid") },
            { QStringLiteral("← →"), tr("Ads of the batch") } } },
        { tr("Compare"),
          { { QStringLiteral("1, 2"), tr("Star A, star B") },
            { QStringLiteral("X"), tr("Swap A and B") },
            { QStringLiteral("M"), tr("Next way of comparing") },
            { QStringLiteral("D"), tr("Difference of A and B") },
            { QStringLiteral("L"), tr("Link zoom") },
            { QStringLiteral("Z"), tr("Hold to see single pixels") },
            { QStringLiteral("W"), tr("What the ad was made from") },
            { QStringLiteral("Alt+↑, Alt+↓"), tr("Rank higher, lower") },
            { QStringLiteral("← →"), tr("Next candidate") },
            { tr("Delete"), tr("Remove the ad; undo brings it back") },
            { QStringLiteral("Ctrl+S"), tr("Save this ad") } } },
        { tr("Review"),
          { { QStringLiteral("← ↑ ↓ →"), tr("Vote: left, equally good, both bad, right") },
            { QStringLiteral("Z"), tr("Take the last vote back") },
            { QStringLiteral("B, H"), tr("Break, hand over") },
            { QStringLiteral("1 … 6, F"), tr("Sections of the report, flagged raters") },
            { QStringLiteral("Ctrl+E"), tr("Export report") } } },
        { tr("Why this ad"),
          { { QStringLiteral("H"), tr("Heat, spotlight, off") },
            { QStringLiteral("X"), tr("A twin without the chosen click") },
            { QStringLiteral("Esc, W"), tr("Back to where it was opened") } } }
    };
}

void KeysPage::retranslate()
{
    while (const std::unique_ptr<QLayoutItem> item{ m_grid->takeAt(0) }) {
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    int row = 0;
    for (const Group& group : groups()) {
        QLabel* name = makeLabel("page");
        name->setText(group.name);
        name->setContentsMargins(scaledMargins(0, row ? 12 : 0, 0, 4));
        m_grid->addWidget(name, row++, 0, 1, 2);
        for (const auto& [key, what] : group.keys) {
            QLabel* left = makeLabel("number");
            left->setText(key);
            QLabel* right = makeLabel("body");
            right->setText(what);
            m_grid->addWidget(left, row, 0);
            m_grid->addWidget(right, row++, 1);
        }
    }
}

} // namespace adtailor
