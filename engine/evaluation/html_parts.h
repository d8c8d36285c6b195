// Pieces of an evaluation's page: estimates with intervals, and a chart of them as SVG.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/html.h"
#include "evaluation/paper_values.h"

#include <adtailor/statistics.h>

#include <string>
#include <vector>

namespace adtailor::html {

std::string estimateCell(const MeanEstimate& estimate); // mean, interval and n as one <td>
std::string differenceCell(const MeanEstimate& difference, bool higherIsBetter);
std::string paperCell(const std::optional<PaperValue>& value);

struct ChartRow
{
    std::string label;
    MeanEstimate estimate;
    std::optional<double> paper;
};
// Means as dots with their intervals, the paper's values as hollow diamonds.
std::string chart(const std::string& title, const std::vector<ChartRow>& rows);

} // namespace adtailor::html
