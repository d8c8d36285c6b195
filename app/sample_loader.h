// The shipped sample as the studio uses it: a picture, a brief and people.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/person.h"
#include "app/project_session.h"

#include <adtailor/error.h>

namespace adtailor {

struct StudioSample
{
    QString name; // of the product
    BriefState brief;
    std::vector<Person> people;
};

// The folder with models, samples and icons: installed, or of the source tree.
QString resourceFolder();
// Both read from disk and make thumbnails, so they run on the pool. language: en or zh_CN.
Result<StudioSample> loadStudioSample(const QString& folder, const QString& language);
// A folder with persona.json and pictures. Its path becomes the person's id.
Result<Person> loadPerson(const QString& folder, const QString& language);
// Those that can be read.
std::vector<Person> loadPeople(const QStringList& folders, const QString& language);

} // namespace adtailor
