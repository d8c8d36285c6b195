// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_disk.h"

#include "app/qt_types.h"

namespace adtailor {

struct ProjectDisk::Home
{
    std::filesystem::path folder;
    std::optional<ProjectStore> store;
};

ProjectDisk::ProjectDisk()
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
}

ProjectDisk::~ProjectDisk()
{
    m_next.reset();
    use(nullptr);
    m_pool.waitForDone();
}

std::filesystem::path ProjectDisk::folder() const
{
    return m_home ? m_home->folder : std::filesystem::path();
}

std::shared_ptr<ProjectDisk::Home> ProjectDisk::homeAt(const QString& folder) const
{
    if (folder.isEmpty())
        return nullptr;
    const std::filesystem::path path = toPath(folder);
    return m_home && m_home->folder == path ? m_home
                                            : std::make_shared<Home>(Home{ path, std::nullopt });
}

void ProjectDisk::use(std::shared_ptr<Home> home)
{
    if (m_home != home) // closing writes the last pages: not here
        m_pool.start([last = std::exchange(m_home, std::move(home))]() mutable { last.reset(); });
}

void ProjectDisk::setFolder(const QString& folder)
{
    use(homeAt(folder));
}

void ProjectDisk::switchToOpened()
{
    use(std::exchange(m_next, nullptr));
}

ProjectStore& ProjectDisk::storeOf(const std::shared_ptr<Home>& home, bool make)
{
    if (!home || (!make && !home->store && !ProjectStore::exists(home->folder)))
        throw Failure(ErrorCode::FileNotFound, "The project is not on the disk yet.");
    if (!home->store)
        home->store.emplace(valueOrThrow(ProjectStore::open(home->folder)));
    return *home->store;
}

QFuture<std::optional<Error>> ProjectDisk::write(std::vector<ProjectEdit> edits)
{
    return QtConcurrent::run(&m_pool,
                             [home = m_home, edits = std::move(edits)]() -> std::optional<Error> {
                                 const Result<void> done = guarded([&] {
                                     ProjectStore& store = storeOf(home, true);
                                     valueOrThrow(store.together([&] {
                                         for (const ProjectEdit& edit : edits)
                                             edit(store);
                                     }));
                                 });
                                 return done ? std::nullopt : std::optional(done.error());
                             });
}

} // namespace adtailor
