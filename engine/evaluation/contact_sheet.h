// contactSheet: some records with the clicked ad and what each system made of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/report.h"

namespace adtailor {

// options.sheetItems records, spread evenly over all. rows: by system, then record.
std::vector<SheetItem> contactSheet(const std::vector<Pad1mRecord>& records,
                                    const EvaluationOptions& options,
                                    const std::vector<std::vector<ScoreRow>>& rows);

std::string base64(std::span<const std::byte> bytes); // RFC 4648, padded

} // namespace adtailor
