// AdEdits: star, tag, throw away and restore many ads at once, shown on the board or not; each is
// one step of undo that gives every ad back what it had.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_disk.h"

#include <QCoreApplication>
#include <QObject>

class QUndoStack;

namespace adtailor {

class AdBoard;

class AdEdits final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdEdits)

public:
    AdEdits(AdBoard& board, QUndoStack& undo, ProjectDisk& disk, QObject* parent = nullptr);

    void star(const QList<int>& numbers, bool starred);
    void tag(const QList<int>& numbers, const QString& tag, bool on);
    void trash(const QList<int>& numbers, bool trashed);

private:
    struct Before
    {
        int number = 0;
        bool starred = false;
        QStringList tags;
    };
    // Asks for what the ads have now; `push` gets the answer.
    void withBefore(const QList<int>& numbers,
                    const std::function<void(const QList<Before>&)>& push);

    AdBoard& m_board;
    QUndoStack& m_undo;
    ProjectDisk& m_disk;
};

} // namespace adtailor
