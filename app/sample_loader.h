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
// Reads from disk and makes thumbnails; runs on the pool. language: en or zh_CN.
Result<StudioSample> loadStudioSample(const QString& folder, const QString& language);

} // namespace adtailor
