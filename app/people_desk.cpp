// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people_desk.h"

#include "app/project_session.h"
#include "app/qt_types.h"
#include "app/session_files.h"
#include "core/failure.h"

#include <QStandardPaths>
#include <QtConcurrent>

namespace adtailor {

struct PeopleDesk::Home
{
    std::filesystem::path folder;
    std::optional<PeopleStore> opened;

    PeopleStore& store()
    {
        if (!opened)
            opened.emplace(valueOrThrow(PeopleStore::open(folder)));
        return *opened;
    }
    StoredPerson find(const std::string& id)
    {
        for (StoredPerson& person : valueOrThrow(store().people()))
            if (person.id == id)
                return person;
        throw Failure(ErrorCode::FileNotFound, "This person is not stored any more.");
    }
    std::vector<Person> people()
    {
        std::vector<Person> all;
        if (!std::filesystem::exists(folder))
            return all; // nobody was ever stored
        for (const StoredPerson& person : valueOrThrow(store().people()))
            all.push_back(personOf(person, store()));
        return all;
    }
};

PeopleDesk::PeopleDesk(QString folder, ProjectSession& session, QObject* parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_session(session)
    , m_home(std::make_shared<Home>(Home{ toPath(m_folder), std::nullopt }))
{
    m_pool.setMaxThreadCount(1);
}

PeopleDesk::~PeopleDesk()
{
    m_pool.waitForDone();
}

QString PeopleDesk::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/adtailor/people");
}

// `work` on the store's thread; then everybody is read again and `then` is told.
template<typename Work, typename Then> void PeopleDesk::work(Work work, Then then)
{
    QtConcurrent::run(&m_pool, [home = m_home, work = std::move(work)] {
        return guarded([&] {
            work(*home);
            return home->people();
        });
    }).then(this, [this, then = std::move(then)](Result<std::vector<Person>> people) {
        if (!people) {
            emit failed(people.error());
            return;
        }
        m_people = std::move(*people);
        emit changed();
        then();
    });
}

void PeopleDesk::read()
{
    work([](Home&) {}, [] {});
}

void PeopleDesk::lookInto(const QString& fileOrFolder)
{
    QtConcurrent::run(readPeopleFile, fileOrFolder)
        .then(this, [this](const Result<PeopleFile>& file) {
            if (file)
                emit importReady(*file);
            else
                emit failed(file.error());
        });
}

void PeopleDesk::import(const PeopleFile& file, bool agreed)
{
    const std::string today = toStdString(QDate::currentDate().toString(Qt::ISODate));
    work([file, agreed, today](Home& home) { storePeople(home.store(), file, agreed, today); },
         [this, people = static_cast<int>(file.people.size()),
          clicks = agreed ? file.clicks() : 0] { emit imported(people, clicks); });
}

void PeopleDesk::giveConsent(const QString& id, const QDate& date)
{
    work(
        [id = toStdString(id), date = toStdString(date.toString(Qt::ISODate))](Home& home) {
            StoredPerson person = home.find(id);
            person.consent = StoredPerson::Consent::Given;
            person.consentDate = date;
            valueOrThrow(home.store().save(person));
        },
        [] {});
}

void PeopleDesk::listDerived(const QString& id)
{
    DerivedFromPerson found;
    for (const Person& person : m_people)
        if (person.id == id)
            found.clicks = static_cast<int>(person.clicks.size());
    for (const QueueEntry& entry : m_session.queue().entries())
        found.jobs += entry.batch.personId == id;
    const auto count = [id = toStdString(id)](ProjectStore& store) {
        return static_cast<int>(valueOrThrow(store.adsOfPerson(id)));
    };
    m_session.saveNow();
    m_session.disk().ask(count).then(this, [this, id, found, count](const Result<int>& open) {
        DerivedFromPerson with = found;
        with.ads = open ? *open : 0;
        with.projects = with.ads > 0;
        QtConcurrent::run([with, count, folders = otherProjects()]() mutable {
            for (const QString& folder : folders)
                if (Result<ProjectStore> store = ProjectStore::open(toPath(folder))) {
                    const Result<int> ads = guarded([&] { return count(*store); });
                    with.ads += ads ? *ads : 0;
                    with.projects += ads && *ads > 0;
                }
            return with;
        }).then(this, [this, id](const DerivedFromPerson& all) { emit derived(id, all); });
    });
}

QStringList PeopleDesk::otherProjects() const
{
    QStringList folders;
    for (const QString& folder : sessionFolders())
        if (folder != m_session.folder() && ProjectStore::exists(toPath(folder)))
            folders.append(folder);
    return folders;
}

// In the open project through its session, then in the others. `then` comes only when nothing is
// left anywhere: else the person stays, so that it can be tried again.
void PeopleDesk::eraseDerived(const QString& id, const std::function<void()>& then)
{
    m_session.forgetPerson(id);
    const auto eraseIn = [id](ProjectStore& store) {
        eraseFromProject(store, id);
        return true;
    };
    m_session.disk().ask(eraseIn).then(this, [this, eraseIn, then](const Result<bool>& open) {
        std::optional<Error> problem;
        if (!open && open.error().code != ErrorCode::FileNotFound)
            problem = open.error();
        QtConcurrent::run([eraseIn, problem, folders = otherProjects()]() mutable {
            for (const QString& folder : folders) { // a damaged one does not keep the others
                const Result<bool> done = guarded([&] {
                    ProjectStore store = valueOrThrow(ProjectStore::open(toPath(folder)));
                    return eraseIn(store);
                });
                if (!done && !problem)
                    problem = done.error();
            }
            return problem;
        }).then(this, [this, then](const std::optional<Error>& left) {
            emit m_session.stored();
            if (left)
                emit failed(*left);
            else
                then();
        });
    });
}

void PeopleDesk::withdraw(const QString& id)
{
    eraseDerived(id, [this, id] {
        const std::string today = toStdString(QDate::currentDate().toString(Qt::ISODate));
        work([id = toStdString(id),
              today](Home& home) { valueOrThrow(home.store().withdraw(id, today)); },
             [this, id] { emit erased(id); });
    });
}

void PeopleDesk::erase(const QString& id)
{
    eraseDerived(id, [this, id] {
        work([id = toStdString(id)](Home& home) { valueOrThrow(home.store().erase(id)); },
             [this, id] { emit erased(id); });
    });
}

void PeopleDesk::exportTo(const QString& id, const QString& folder)
{
    work([id = toStdString(id),
          folder](Home& home) { exportPerson(home.find(id), home.store(), folder); },
         [this, folder] { emit exported(folder); });
}

} // namespace adtailor
