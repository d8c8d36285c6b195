// ProjectSaver: what is edited goes to the disk by itself: gathered for a moment, written as one,
// and tried again until it is there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_disk.h"

#include <QObject>
#include <QTimer>

namespace adtailor {

enum class SaveState { Saved, Pending, Failed }; // a failed save is tried again by itself

class ProjectSaver final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProjectSaver)

public:
    struct Gathered
    {
        std::vector<ProjectEdit> edits;
        bool ads = false; // some are among them
        std::function<void()> failed; // they are not on the disk
    };

    // gather: asked at each save for what is to be written beside the edits.
    explicit ProjectSaver(std::function<Gathered()> gather, QObject* parent = nullptr);
    ~ProjectSaver() override; // saves what is not saved yet

    ProjectDisk& disk() { return m_disk; }
    SaveState state() const { return m_state; }
    void write(ProjectEdit edit); // at once, in order
    void touch(); // something to gather, soon
    void saveNow();
    void flush(); // saves only what is not saved yet
    void restart(); // of another project: what was not written is forgotten

signals:
    void stateChanged(adtailor::SaveState state);
    void stored(); // ads or their marks are on the disk
    void failed(const adtailor::Error& error); // once, until a save is whole again

private:
    void finish(const std::optional<Error>& error, const Gathered& gathered);
    void setState(SaveState state);

    std::function<Gathered()> m_gather;
    ProjectDisk m_disk;
    std::vector<ProjectEdit> m_edits; // not yet on the disk
    QTimer m_timer;
    SaveState m_state = SaveState::Saved;
    int m_project = 0; // answers of the project before are not for this one
    bool m_writing = false;
};

} // namespace adtailor
