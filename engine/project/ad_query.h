// AdQuery: a filter of ads as SQL.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/database.h"

#include <adtailor/project.h>

namespace adtailor {

std::vector<std::int64_t> findAdNumbers(Database& database, const AdFilter& filter);
AdFacets readFacets(Database& database);

} // namespace adtailor
