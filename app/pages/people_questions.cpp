// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/people_questions.h"

#include "app/messages.h"
#include "app/pages/erase_dialog.h"
#include "app/pages/page_parts.h"
#include "widgets/message_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

PeopleQuestions::PeopleQuestions(PeopleDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_message(new MessageBar)
{
    fillWith(this, m_message);
    connect(m_message, &MessageBar::buttonClicked, this, &PeopleQuestions::answer);
    connect(&desk, &PeopleDesk::importReady, this, &PeopleQuestions::askForConsent);
    connect(&desk, &PeopleDesk::imported, this, [this](int people, int clicks) {
        m_message->showMessage(MessageBar::Kind::Success,
                               tr("%n person(s) imported.", nullptr, people),
                               tr("%n click(s) are stored.", nullptr, clicks), { tr("OK") });
    });
    connect(&desk, &PeopleDesk::derived, this, &PeopleQuestions::showDerived);
    connect(&desk, &PeopleDesk::exported, this, [this](const QString& folder) {
        m_message->showMessage(MessageBar::Kind::Success, tr("Exported to %1").arg(folder), {},
                               { tr("OK") });
    });
    connect(&desk, &PeopleDesk::erased, this, [this] {
        m_message->showMessage(
            MessageBar::Kind::Success, tr("It is erased from this computer's projects."),
            tr("Files that were exported or saved elsewhere are not touched."), { tr("OK") });
    });
    connect(&desk, &PeopleDesk::failed, this, [this](const Error& error) {
        const Message message = Messages::forError(error);
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail,
                               { tr("OK") });
    });
}

QString PeopleQuestions::nameOf(const QString& id) const
{
    const auto found = std::find_if(m_desk.people().begin(), m_desk.people().end(),
                                    [&id](const Person& person) { return person.id == id; });
    return found == m_desk.people().end() ? QString() : found->name;
}

void PeopleQuestions::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Import people"), {}, tr("Click histories (*.json *.jsonl *.csv *.tsv)"));
    if (!path.isEmpty())
        m_desk.lookInto(path);
}

void PeopleQuestions::chooseFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Add a person from a folder"));
    if (!folder.isEmpty())
        m_desk.lookInto(folder);
}

void PeopleQuestions::exportPerson(const QString& id)
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Export into the folder"));
    if (folder.isEmpty())
        return;
    QString name = nameOf(id);
    name.replace(QLatin1Char('/'), QLatin1Char('_'));
    if (name.startsWith(QLatin1Char('.')))
        name.prepend(QLatin1Char('_'));
    m_desk.exportTo(id, QDir(folder).filePath(name));
}

void PeopleQuestions::askForConsent(const PeopleFile& file)
{
    m_file = file;
    if (std::all_of(file.people.begin(), file.people.end(),
                    [](const PeopleFile::Entry& entry) { return entry.fictional; }))
        return m_desk.import(file, true);
    m_asked = Asked::Import;
    const QString name = QFileInfo(file.path).fileName();
    QString detail = tr("Without consent only the names are kept; the clicks are left out.");
    if (file.rowsLeftOut > 0)
        detail = tr("%1\n%2 First: %3")
                     .arg(detail, tr("%n row(s) cannot be read.", nullptr, file.rowsLeftOut),
                          file.firstFault);
    m_message->showMessage(MessageBar::Kind::Info,
                           tr("%n person(s) in %1. Have they agreed to ads made from their clicks?",
                              nullptr, static_cast<int>(file.people.size()))
                               .arg(name),
                           detail, { tr("They agreed"), tr("Not asked yet"), tr("Cancel") });
}

void PeopleQuestions::withdraw(const QString& id)
{
    m_erasing = false;
    m_desk.listDerived(id);
}

void PeopleQuestions::erase(const QString& id)
{
    m_erasing = true;
    m_desk.listDerived(id);
}

QString PeopleQuestions::derivedText(const DerivedFromPerson& derived)
{
    QStringList parts{ tr("%n click(s)", nullptr, derived.clicks) };
    parts << tr("%1 in %2")
                 .arg(tr("%n ad(s)", nullptr, derived.ads),
                      tr("%n project(s)", nullptr, derived.projects));
    parts << tr("%n waiting job(s)", nullptr, derived.jobs);
    return parts.join(QLatin1Char('\n'));
}

void PeopleQuestions::showDerived(const QString& id, const DerivedFromPerson& derived)
{
    if (m_erasing)
        return openEraseDialog(id, derived);
    m_asked = Asked::Withdrawal;
    m_id = id;
    m_message->showMessage(MessageBar::Kind::Warning,
                           tr("Recording that %1 has withdrawn erases:").arg(nameOf(id)),
                           derivedText(derived), { tr("Withdraw and erase"), tr("Cancel") });
}

void PeopleQuestions::openEraseDialog(const QString& id, const DerivedFromPerson& derived)
{
    auto* dialog = new EraseDialog(nameOf(id), derivedText(derived), this);
    connect(dialog, &QDialog::accepted, this, [this, id] { m_desk.erase(id); });
    dialog->open();
}

void PeopleQuestions::answer(int button)
{
    m_message->clear();
    const Asked asked = std::exchange(m_asked, Asked::Nothing);
    if (asked == Asked::Import && button < 2)
        m_desk.import(std::exchange(m_file, {}), button == 0);
    if (asked == Asked::Withdrawal && button == 0)
        m_desk.withdraw(m_id);
}

} // namespace adtailor
