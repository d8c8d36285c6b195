// The report of an evaluation: what was measured and seen, as HTML, JSON and CSV.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/paper_values.h"
#include "evaluation/score_rows.h"

#include <string>
#include <vector>

namespace adtailor {

// One record on the contact sheet; pictures are data URIs, empty where there is none.
struct SheetItem
{
    struct Cell
    {
        std::string picture, title;
    };
    std::int64_t number = 0;
    std::string description;
    Cell clicked;
    std::string product;
    std::vector<Cell> systems; // in the summary's order
};

struct Report
{
    EvaluationSummary summary;
    std::vector<std::vector<ScoreRow>> rows; // by system, then record
    PaperValues paper;
    std::vector<SheetItem> sheet;
    std::string about;
    BootstrapOptions bootstrap;
};

// The tables of a report, in their order: the paper's two, then ours.
struct TableGroup
{
    std::string key, title;
};
const std::vector<TableGroup>& tableGroups();

std::string reportHtml(const Report& report); // one file, nothing from outside
std::string reportJson(const Report& report);
std::string meansCsv(const Report& report);
std::string differencesCsv(const Report& report);
std::string itemsCsv(const Report& report);
std::string timesCsv(const Report& report);

} // namespace adtailor
