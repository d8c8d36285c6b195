// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/erase_dialog.h"

#include "app/pages/page_parts.h"
#include "widgets/key_button.h"
#include "widgets/look.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace adtailor {

EraseDialog::EraseDialog(const QString& name, const QString& list, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Erase %1").arg(name));
    setMinimumWidth(scaled(380));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaledMargins(24, 24, 24, 24));
    column->setSpacing(scaled(12));
    QLabel* title = makeLabel("page");
    title->setText(tr("Erase everything about %1?").arg(name));
    title->setWordWrap(true);
    QLabel* what = makeLabel("body");
    what->setText(list);
    QLabel* warning = makeLabel("secondary");
    warning->setText(
        tr("It cannot be undone. Adapters that were trained with these clicks are not "
           "listed: they name nobody. Delete them on the Models page or train again."));
    warning->setWordWrap(true);
    QLabel* ask = makeLabel("label");
    ask->setText(tr("Type the name to erase it"));
    auto* typed = new QLineEdit;
    typed->setAccessibleName(ask->text());
    typed->setPlaceholderText(name);
    for (QWidget* part : std::initializer_list<QWidget*>{ title, what, warning, ask, typed })
        column->addWidget(part);
    auto* row = new QHBoxLayout;
    row->addStretch();
    auto* keep = new KeyButton(tr("Keep"), KeyButton::Kind::Plain);
    auto* erase = new KeyButton(tr("Erase"), KeyButton::Kind::Danger);
    erase->setEnabled(false);
    keep->setAutoDefault(false);
    row->addWidget(keep);
    row->addWidget(erase);
    column->addLayout(row);
    connect(typed, &QLineEdit::textChanged, erase, [erase, name](const QString& text) {
        erase->setEnabled(text.trimmed() == name.trimmed());
    });
    connect(keep, &KeyButton::clicked, this, &QDialog::reject);
    connect(erase, &KeyButton::clicked, this, &QDialog::accept);
}

} // namespace adtailor
