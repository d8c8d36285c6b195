// The records of PAd1M JSON files, by a streaming parser.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/columns.h"
#include "dataset/raw_record.h"

#include <streambuf>

namespace adtailor {

// Hands over every element of the file's array; one that is not an object has a problem. Throws
// Failure(FileCorrupt) for anything but a JSON array, with the number of the record where it
// breaks.
void parsePad1m(std::streambuf& stream, const std::string& name, const Columns& columns,
                const RecordVisitor& visit);

// JSON Lines: every line that is not blank is one record, and stands for itself: one that is no
// JSON object has a problem.
void parsePad1mLines(std::streambuf& stream, const std::string& name, const Columns& columns,
                     const RecordVisitor& visit);

} // namespace adtailor
