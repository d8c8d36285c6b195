// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/people_model.h"

#include "widgets/context_picker.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QLocale>

#include <algorithm>

namespace adtailor {

namespace {

StatusKind consentKind(Consent consent)
{
    switch (consent) {
    case Consent::Given:
        return StatusKind::Success;
    case Consent::NotAsked:
        return StatusKind::Warning;
    case Consent::Withdrawn:
        return StatusKind::Error;
    case Consent::Fictional:
        break;
    }
    return StatusKind::None;
}

} // namespace

void PeopleModel::setPeople(std::vector<Person> people)
{
    beginResetModel();
    m_people = std::move(people);
    endResetModel();
}

void PeopleModel::setConsent(int row, Consent consent, const QDate& date)
{
    Person& person = m_people.at(static_cast<std::size_t>(row));
    person.consent = consent;
    person.consentDate = date;
    emit dataChanged(index(row), index(row));
}

int PeopleModel::find(const QString& id) const
{
    const auto found = std::find_if(m_people.begin(), m_people.end(),
                                    [&id](const Person& person) { return person.id == id; });
    return found == m_people.end() ? -1 : static_cast<int>(found - m_people.begin());
}

QString PeopleModel::idOf(int row) const
{
    return row < 0 || row >= rowCount() ? QString() : m_people[static_cast<std::size_t>(row)].id;
}

void PeopleModel::retranslate()
{
    if (!m_people.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString PeopleModel::consentText(const Person& person)
{
    switch (person.consent) {
    case Consent::Fictional:
        return tr("Fictional");
    case Consent::Given:
        return tr("Consent given");
    case Consent::NotAsked:
        return tr("Not asked yet");
    case Consent::Withdrawn:
        return person.consentDate.isValid()
            ? tr("Withdrawn %1").arg(QLocale().toString(person.consentDate, QLocale::ShortFormat))
            : tr("Withdrawn");
    }
    return {};
}

int PeopleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_people.size());
}

QVariant PeopleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Person& person = m_people[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return person.name;
    case Qt::AccessibleDescriptionRole:
    case DetailRole:
        return consentText(person);
    case StatusKindRole:
        return static_cast<int>(consentKind(person.consent));
    case InitialsRole:
        return ContextPicker::initialsOf(person.name);
    case CaptionRole:
        return allowsHistory(person.consent) ? QLocale().toString(person.clicks.size())
                                             : QStringLiteral("–");
    default:
        return {};
    }
}

} // namespace adtailor
