// adtailor dataset lint: what is wrong with the records of a data set.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"

namespace adtailor::cli {

// Prints each finding, then their counts. 0 when every record can be trained on, else exitPartial.
int lintFile(const std::filesystem::path& file, const Arguments& arguments, const Context& context);

} // namespace adtailor::cli
