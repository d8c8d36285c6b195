// parseCsv: the records of a CSV file, one row each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/columns.h"
#include "dataset/raw_record.h"

#include <streambuf>

namespace adtailor {

// A list (history_images, history_titles, text_similarity) is one cell: a JSON array, or parts
// between the columns' list separator. Throws Failure(InvalidInput) with the names of the columns
// that a usable record needs and the header lacks. needTarget: as in Pad1mOptions.
void parseCsv(std::streambuf& stream, const std::string& name, const Columns& columns,
              bool needTarget, const RecordVisitor& visit);

} // namespace adtailor
