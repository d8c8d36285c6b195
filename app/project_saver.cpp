// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_saver.h"

namespace adtailor {

namespace {

constexpr int saveDelay = 500; // milliseconds after the last change
constexpr int retryDelay = 5000; // after a save that failed

} // namespace

ProjectSaver::ProjectSaver(std::function<Gathered()> gather, QObject* parent)
    : QObject(parent)
    , m_gather(std::move(gather))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_writing)
            m_timer.start(saveDelay); // a slow disk: what comes meanwhile goes together
        else
            saveNow();
    });
}

ProjectSaver::~ProjectSaver()
{
    flush();
}

void ProjectSaver::write(ProjectEdit edit)
{
    if (!m_disk.keeps())
        return;
    m_edits.push_back(std::move(edit));
    touch();
    if (m_state != SaveState::Failed)
        m_timer.start(0);
}

void ProjectSaver::touch()
{
    if (m_state == SaveState::Failed)
        return; // the next try takes it along, and only a whole save ends that
    m_timer.start(saveDelay);
    setState(SaveState::Pending);
}

void ProjectSaver::flush()
{
    if (m_timer.isActive())
        saveNow();
}

void ProjectSaver::restart()
{
    m_timer.stop();
    m_edits.clear();
    m_state = SaveState::Saved;
    m_writing = false;
    ++m_project;
}

void ProjectSaver::saveNow()
{
    m_timer.stop();
    if (!m_disk.keeps())
        return;
    Gathered all = m_gather();
    all.ads = all.ads || !m_edits.empty();
    const std::vector<ProjectEdit> edits = std::exchange(m_edits, {});
    all.edits.insert(all.edits.begin(), edits.begin(), edits.end());
    m_writing = true;
    const auto retry = [this, edits, failed = all.failed] {
        m_edits.insert(m_edits.begin(), edits.begin(), edits.end());
        if (failed)
            failed();
    };
    m_disk.write(std::move(all.edits))
        .then(this,
              [this, project = m_project,
               done = Gathered{ {}, all.ads, retry }](const std::optional<Error>& error) {
                  if (project == m_project)
                      finish(error, done);
              });
}

void ProjectSaver::finish(const std::optional<Error>& error, const Gathered& gathered)
{
    m_writing = false;
    if (!error) {
        if (!m_timer.isActive())
            setState(SaveState::Saved);
        if (gathered.ads)
            emit stored();
        return;
    }
    gathered.failed();
    const bool first = m_state != SaveState::Failed;
    setState(SaveState::Failed);
    m_timer.start(retryDelay);
    if (first)
        emit failed(*error);
}

void ProjectSaver::setState(SaveState state)
{
    m_state = state;
    emit stateChanged(state);
}

} // namespace adtailor
