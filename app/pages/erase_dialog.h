// EraseDialog: the one question that stops the work: everything about a person goes for good.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace adtailor {

class EraseDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EraseDialog)

public:
    // list: what goes, a line each. The button works once the name is typed.
    EraseDialog(const QString& name, const QString& list, QWidget* parent = nullptr);
};

} // namespace adtailor
