// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/consent_section.h"

#include "app/models/people_model.h"
#include "app/pages/page_parts.h"
#include "widgets/flow_layout.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/status_pill.h"

#include <QDateEdit>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace adtailor {

namespace {

enum Fact { Since, Added, By, LeftOut };

StatusKind kindOfConsent(Consent consent)
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
    return StatusKind::Info;
}

QString dateText(const QDate& date)
{
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : noValue();
}

KeyButton* addButton(QLayout* row, KeyButton::Kind kind)
{
    auto* button = new KeyButton({}, kind);
    button->setCompact(true);
    row->addWidget(button);
    return button;
}

} // namespace

ConsentSection::ConsentSection(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(4));
    auto* head = new QHBoxLayout;
    m_name = makeLabel("section");
    m_pill = new StatusPill;
    head->addWidget(m_name, 1);
    head->addWidget(m_pill);
    column->addLayout(head);
    m_text = makeLabel("secondary");
    m_text->setWordWrap(true);
    column->addWidget(m_text);
    m_facts = new Facts;
    for (const bool number : { false, false, false, true })
        m_facts->addFact(number);
    column->addWidget(m_facts);

    m_question = new QWidget;
    auto* question = new QVBoxLayout(m_question);
    question->setContentsMargins(0, 0, 0, 0);
    question->setSpacing(scaled(4));
    m_dateName = makeLabel("label");
    m_date = new QDateEdit(QDate::currentDate());
    m_date->setMaximumDate(QDate::currentDate());
    question->addWidget(m_dateName);
    question->addWidget(m_date);
    auto* answers = new QWidget;
    auto* answerRow = new FlowLayout(answers);
    answerRow->setContentsMargins(0, 0, 0, 0);
    m_agreed = addButton(answerRow, KeyButton::Kind::Primary);
    m_cancel = addButton(answerRow, KeyButton::Kind::Quiet);
    question->addWidget(answers);
    column->addWidget(m_question);

    auto* buttons = new QWidget;
    auto* row = new FlowLayout(buttons);
    row->setContentsMargins(0, scaled(4), 0, 0);
    m_record = addButton(row, KeyButton::Kind::Plain);
    m_withdraw = addButton(row, KeyButton::Kind::Quiet);
    m_export = addButton(row, KeyButton::Kind::Plain);
    m_erase = addButton(row, KeyButton::Kind::Quiet);
    column->addWidget(buttons);
    m_question->hide();

    connect(m_record, &KeyButton::clicked, this, &ConsentSection::ask);
    connect(m_cancel, &KeyButton::clicked, m_question, &QWidget::hide);
    connect(m_agreed, &KeyButton::clicked, this, [this] {
        m_question->hide();
        emit consentGiven(m_id, m_date->date());
    });
    connect(m_withdraw, &KeyButton::clicked, this, [this] { emit withdrawRequested(m_id); });
    connect(m_export, &KeyButton::clicked, this, [this] { emit exportRequested(m_id); });
    connect(m_erase, &KeyButton::clicked, this, [this] { emit eraseRequested(m_id); });
}

void ConsentSection::ask()
{
    m_date->setDate(QDate::currentDate());
    m_question->show();
    m_date->setFocus();
}

void ConsentSection::setPerson(const Person* person)
{
    m_id = person ? person->id : QString();
    const bool stored = person && person->stored;
    const bool given = stored && person->consent == Consent::Given;
    m_question->hide();
    m_record->setVisible(stored && !allowsHistory(person->consent));
    m_withdraw->setVisible(given);
    m_export->setVisible(stored);
    m_erase->setVisible(stored);
    showPill(person);
    showFacts(person);
}

void ConsentSection::showPill(const Person* person)
{
    if (!person) {
        m_pill->setStatus(StatusKind::None, tr("Not needed"), QStringLiteral("-"));
        m_text->setText(tr("Without a history there is nothing to agree to."));
        return;
    }
    m_pill->setStatus(kindOfConsent(person->consent), PeopleModel::consentText(*person),
                      QStringLiteral("shield"));
    if (person->consent == Consent::Fictional)
        m_text->setText(person->stored ? tr("An invented person; nobody has to be asked.")
                                       : tr("An invented person that comes with AdTailor; nobody "
                                            "has to be asked."));
    else
        m_text->setText(allowsHistory(person->consent)
                            ? tr("Ads for this person may read the clicks.")
                            : tr("Ads for this person are made without history."));
}

void ConsentSection::showFacts(const Person* person)
{
    const bool stored = person && person->stored;
    m_facts->setVisible(stored);
    if (!stored)
        return;
    m_facts->setValue(Since, dateText(person->consentDate));
    m_facts->setValue(Added, dateText(person->added));
    m_facts->setValue(By, person->source.isEmpty() ? noValue() : person->source);
    m_facts->setValue(LeftOut, QLocale().toString(person->leftOut));
}

void ConsentSection::retranslate()
{
    m_name->setText(tr("Consent"));
    m_facts->setName(Since, tr("Since"));
    m_facts->setName(Added, tr("Added"));
    m_facts->setName(By, tr("From"));
    m_facts->setName(LeftOut, tr("Clicks not stored"));
    m_dateName->setText(tr("Agreed to ads made from their clicks on"));
    m_date->setAccessibleName(m_dateName->text());
    m_agreed->setText(tr("They agreed"));
    m_cancel->setText(tr("Cancel"));
    m_record->setText(tr("Record consent…"));
    m_withdraw->setText(tr("Record a withdrawal…"));
    m_export->setText(tr("Export…"));
    m_erase->setText(tr("Erase person…"));
}

} // namespace adtailor
