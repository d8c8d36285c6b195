// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text_field.h"

#include <QLocale>
#include <QMimeData>

namespace adtailor {

TextField::TextField(int pasteLimit, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_pasteLimit(pasteLimit)
{
}

void TextField::insertFromMimeData(const QMimeData* source)
{
    // One unbroken line of a megabyte takes minutes to lay out, during which the window is frozen.
    const qsizetype length = source->text().size();
    if (length <= m_pasteLimit) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    const QLocale locale;
    emit refused(tr("The text to paste has %1 characters, more than the %2 that fit here.")
                     .arg(locale.toString(length), locale.toString(m_pasteLimit)));
}

} // namespace adtailor
