// AdKeeper: hands the saver what changes on the board and in the queue.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_saver.h"

#include <QTimer>

namespace adtailor {

class AdBoard;
class JobQueue;

class AdKeeper final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdKeeper)

public:
    AdKeeper(AdBoard& board, JobQueue& queue, ProjectSaver& saver, QObject* parent = nullptr);

    ProjectSaver::Gathered gather(); // the ads that are not on the disk
    void keepPartial(); // of those that are being drawn; by itself every 15 s

private:
    void connectBoard();
    void connectQueue();
    void keepEntry(qint64 id);

    AdBoard& m_board;
    JobQueue& m_queue;
    ProjectSaver& m_saver;
    QTimer m_partial;
};

} // namespace adtailor
