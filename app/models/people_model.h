// PeopleModel: everybody an ad can be made for, with consent and number of clicks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/person.h"

#include <QAbstractListModel>

namespace adtailor {

// Roles: those that TwoLineDelegate of widgets/two_line_delegate.h reads.
class PeopleModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PeopleModel)

public:
    using QAbstractListModel::QAbstractListModel;

    void setPeople(std::vector<Person> people);
    void setConsent(int row, Consent consent, const QDate& date);
    const std::vector<Person>& people() const { return m_people; }
    int find(const QString& id) const; // -1: nobody
    QString idOf(int row) const; // "": nobody
    void retranslate();
    static QString consentText(const Person& person);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Person> m_people;
};

} // namespace adtailor
