// KeysPage: every key of the studio in one list.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

class QGridLayout;

namespace adtailor {

class KeysPage final : public Page
{
    Q_OBJECT

public:
    explicit KeysPage(QWidget* parent = nullptr);

    QString title() const override;

protected:
    void retranslate() override;

private:
    struct Group
    {
        QString name;
        QList<std::pair<QString, QString>> keys; // key, what it does
    };
    QList<Group> groups() const;

    QGridLayout* m_grid = nullptr;
};

} // namespace adtailor
