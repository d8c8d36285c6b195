// ConsentSection: what a person has agreed to, since when, and the buttons that change it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/person.h"

#include <QWidget>

class QDateEdit;
class QLabel;

namespace adtailor {

class Facts;
class KeyButton;
class StatusPill;

class ConsentSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsentSection)

public:
    explicit ConsentSection(QWidget* parent = nullptr);

    void setPerson(const Person* person); // null: nobody
    void ask(); // for the date on which the person agreed
    void retranslate();

signals:
    void consentGiven(const QString& id, const QDate& date);
    void withdrawRequested(const QString& id);
    void exportRequested(const QString& id);
    void eraseRequested(const QString& id);

private:
    void showPill(const Person* person);
    void showFacts(const Person* person);

    QString m_id;
    QLabel* m_name = nullptr;
    StatusPill* m_pill = nullptr;
    QLabel* m_text = nullptr;
    Facts* m_facts = nullptr;
    QWidget* m_question = nullptr;
    QLabel* m_dateName = nullptr;
    QDateEdit* m_date = nullptr;
    KeyButton* m_agreed = nullptr;
    KeyButton* m_cancel = nullptr;
    KeyButton* m_record = nullptr;
    KeyButton* m_withdraw = nullptr;
    KeyButton* m_export = nullptr;
    KeyButton* m_erase = nullptr;
};

} // namespace adtailor
