// LaterPage: a place of the rail whose work comes in a later version: says so and leads on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

namespace adtailor {

class EmptyView;

class LaterPage final : public Page
{
    Q_OBJECT

public:
    enum class Kind { Evaluate };

    explicit LaterPage(Kind kind, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;

signals:
    void compareRequested();

protected:
    void retranslate() override;

private:
    Kind m_kind;
    EmptyView* m_view = nullptr;
};

} // namespace adtailor
