// Undo commands: edits of the brief and of the clicks, in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_session.h"

#include <QCoreApplication>
#include <QUndoCommand>

namespace adtailor {

// One stroke of typing or dragging is one step: commands of the same field and stroke merge.
class ChangeBriefCommand final : public QUndoCommand
{
    Q_DECLARE_TR_FUNCTIONS(adtailor::ChangeBriefCommand)

public:
    ChangeBriefCommand(ProjectSession& session, BriefField field, BriefState after, int stroke);

    void undo() override;
    void redo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    ProjectSession& m_session;
    BriefField m_field;
    BriefState m_before;
    BriefState m_after;
    int m_stroke;
};

class IncludeClickCommand final : public QUndoCommand
{
    Q_DECLARE_TR_FUNCTIONS(adtailor::IncludeClickCommand)

public:
    IncludeClickCommand(ProjectSession& session, const QString& person, int click, bool included);

    void undo() override;
    void redo() override;

private:
    ProjectSession& m_session;
    QString m_person;
    int m_click;
    bool m_included;
};

} // namespace adtailor
