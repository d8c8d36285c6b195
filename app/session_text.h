// The state of a session as JSON: what is in it beside ads and pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_session.h"

#include <QJsonObject>

namespace adtailor {

struct SavedSession
{
    BriefState brief;
    RunSettings settings;
    quint32 drawSeed = 42;
    std::map<QString, QSet<int>> excluded;
    QString person;
};

// picture: where the product's picture is kept.
QJsonObject sessionJson(const SavedSession& session, const QString& picture);
// Values out of range become the nearest ones. The product's picture is left to readPicture.
SavedSession sessionOf(const QJsonObject& json);
QString pictureName(const QJsonObject& session);
// An empty product leaves the brief without a picture: the page then asks for one.
void adoptPicture(BriefState& brief, const QJsonObject& session, const Image& product);
// What lists call the project.
QString sessionName(const QJsonObject& session);

} // namespace adtailor
