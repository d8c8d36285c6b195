// PeopleDesk: the stored people of this computer: import, consent, export, erasure.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/people_import.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace adtailor {

class ProjectSession;

// What was made with a person's clicks, beside the clicks themselves.
struct DerivedFromPerson
{
    int clicks = 0;
    int ads = 0;
    int projects = 0; // that hold those ads
    int jobs = 0; // waiting in the open project
};

class PeopleDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PeopleDesk)

public:
    // folder: of the store. The session's project and all others may hold ads of a person.
    PeopleDesk(QString folder, ProjectSession& session, QObject* parent = nullptr);
    ~PeopleDesk() override;

    const std::vector<Person>& people() const { return m_people; }
    void read();
    void lookInto(const QString& fileOrFolder); // then importReady
    void import(const PeopleFile& file, bool agreed);
    void giveConsent(const QString& id, const QDate& date);
    void listDerived(const QString& id); // then derived
    void withdraw(const QString& id); // its clicks and what was made with them are erased
    void erase(const QString& id); // that and the name
    void exportTo(const QString& id, const QString& folder);

    static QString defaultFolder();

signals:
    void changed();
    void importReady(const adtailor::PeopleFile& file);
    void imported(int people, int clicks);
    void derived(const QString& id, const adtailor::DerivedFromPerson& derived);
    void exported(const QString& folder);
    void erased(const QString& id);
    void failed(const adtailor::Error& error);

private:
    struct Home;
    template<typename Work, typename Then> void work(Work work, Then then);
    void eraseDerived(const QString& id, const std::function<void()>& then);
    QStringList otherProjects() const; // beside the open one

    QString m_folder;
    ProjectSession& m_session;
    QThreadPool m_pool; // one thread: the store has one owner
    std::shared_ptr<Home> m_home;
    std::vector<Person> m_people;
};

} // namespace adtailor
