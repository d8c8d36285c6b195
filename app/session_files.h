// Session files: one project folder with session.json, product.png and its ads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_session.h"

#include <adtailor/error.h>

#include <QDateTime>

namespace adtailor {

struct SavedSession
{
    BriefState brief;
    RunSettings settings;
    quint32 drawSeed = 42;
    std::map<QString, QSet<int>> excluded;
    QString person;
    std::vector<AdItem> ads;
};

// Writes what changed: the product picture only when asked, ads not saved before. The files of
// a removed ad stay, so that undo and a mistake cost nothing.
Result<void> saveSession(const SavedSession& session, const QString& folder, bool withPicture);
Result<SavedSession> loadSession(const QString& folder);

struct SessionSummary
{
    QString folder;
    QString name;
    int ads = 0;
    QDateTime changed;
    QImage thumbnail; // of the product
};

// The user's data folder, one subfolder per project, newest first.
QString sessionsFolder();
QString newSessionFolder();
QList<SessionSummary> recentSessions(int most);

} // namespace adtailor
