// Session files: projects as the session keeps them, the list of recent ones, and projects of
// before there was a database.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session_text.h"

#include <adtailor/project.h>

#include <QDateTime>

namespace adtailor {

struct OpenedProject
{
    SavedSession session;
    std::vector<AdItem> ads; // the newest, oldest first: those that the pages show at once
    int lastNumber = 0;
    std::vector<QueuedJob> jobs;
};

// These throw Failure and run on the project's own thread.
void writeSession(ProjectStore& store, const SavedSession& session);
OpenedProject readProject(ProjectStore& store);
// Throws for a folder that is no project, without touching it.
void checkProject(const QString& folder);
// A folder with session.json and a folder for each ad is taken over once, whole; its files move to
// the subfolder "imported".
void importOldProject(ProjectStore& store);

// Every trace of the person: ads, jobs, the choice of their clicks, files of before.
void eraseFromProject(ProjectStore& store, const QString& personId);

struct SessionSummary
{
    QString folder;
    QString name;
    int ads = 0;
    int waiting = 0; // jobs of its queue
    QDateTime changed;
    QImage thumbnail; // of the product
};

// Takes every job out of the queue of a project that is not open.
Result<void> discardJobs(const QString& folder);

// The user's data folder, one subfolder per project, newest first.
QString sessionsFolder();
QString newSessionFolder();
QStringList sessionFolders();
QList<SessionSummary> recentSessions(int most);

} // namespace adtailor
