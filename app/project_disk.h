// ProjectDisk: the open project's files on a thread of their own: what is written and asked happens
// in order, and the window never waits for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/failure.h"

#include <adtailor/project.h>

#include <QFuture>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace adtailor {

// Throws Failure.
using ProjectEdit = std::function<void(ProjectStore&)>;

class ProjectDisk final
{
    Q_DISABLE_COPY_MOVE(ProjectDisk)

public:
    ProjectDisk();
    ~ProjectDisk(); // waits for what is being written

    // The files of the project before are closed after their last edit. Nothing is made on the
    // disk before the first edit. "": nothing is kept.
    void setFolder(const QString& folder);
    bool keeps() const { return m_home != nullptr; }
    std::filesystem::path folder() const;

    // All or none; nullopt when all of it is on the disk.
    QFuture<std::optional<Error>> write(std::vector<ProjectEdit> edits);
    // Answers FileNotFound while nothing has been written.
    template<typename Work>
    auto ask(Work work) -> QFuture<Result<std::invoke_result_t<Work, ProjectStore&>>>
    {
        return QtConcurrent::run(&m_pool, [home = m_home, work = std::move(work)] {
            return guarded([&] { return work(storeOf(home, false)); });
        });
    }
    // Opens the files of another project, while those of this one stay in use; `check` comes first
    // and may refuse. After a good answer, switchToOpened() makes them the ones that are used.
    template<typename Work>
    auto openAnother(const QString& folder, std::function<void()> check, Work work)
        -> QFuture<Result<std::invoke_result_t<Work, ProjectStore&>>>
    {
        m_next = homeAt(folder);
        return QtConcurrent::run(&m_pool,
                                 [home = m_next, check = std::move(check), work = std::move(work)] {
                                     return guarded([&] {
                                         check();
                                         return work(storeOf(home, true));
                                     });
                                 });
    }
    void switchToOpened();

private:
    struct Home;
    std::shared_ptr<Home> homeAt(const QString& folder) const; // the one in use, when it is that
    void use(std::shared_ptr<Home> home);
    static ProjectStore& storeOf(const std::shared_ptr<Home>& home, bool make);

    QThreadPool m_pool; // one thread: the store has one owner
    std::shared_ptr<Home> m_home;
    std::shared_ptr<Home> m_next;
};

} // namespace adtailor
