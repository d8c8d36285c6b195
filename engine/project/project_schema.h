// The tables of project.db. A change is a new migration at the end, never an edit of an old one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/database.h"

namespace adtailor {

const Database::Kind& projectKind();

} // namespace adtailor
