// PeopleQuestions: what has to be asked before people are imported, withdrawn or erased, in place.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/people_desk.h"

#include <QWidget>

namespace adtailor {

class MessageBar;

class PeopleQuestions final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PeopleQuestions)

public:
    explicit PeopleQuestions(PeopleDesk& desk, QWidget* parent = nullptr);

    void chooseFile(); // of people, to import
    void chooseFolder();
    void exportPerson(const QString& id);
    void withdraw(const QString& id);
    void erase(const QString& id);

private:
    enum class Asked { Nothing, Import, Withdrawal };

    QString nameOf(const QString& id) const;
    static QString derivedText(const DerivedFromPerson& derived);
    void askForConsent(const PeopleFile& file);
    void showDerived(const QString& id, const DerivedFromPerson& derived);
    void openEraseDialog(const QString& id, const DerivedFromPerson& derived);
    void answer(int button);

    PeopleDesk& m_desk;
    MessageBar* m_message = nullptr;
    Asked m_asked = Asked::Nothing;
    PeopleFile m_file;
    QString m_id;
    bool m_erasing = false; // the list of what was derived is for the dialog
};

} // namespace adtailor
