// PaperValues: what the paper is said to report, from an editable file; shown, never computed with.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

struct PaperValue
{
    double value = 0;
    std::string unit; // "%": of 100
    std::string source;
    bool verified = false;
};

struct PaperRow
{
    std::string method;
    std::string system; // the name of the evaluated system it belongs to; empty: none
    std::map<std::string, std::optional<PaperValue>> values; // by metric; none: n/a
};

struct PaperTable
{
    std::string group; // of metrics
    std::vector<PaperRow> rows;
};

struct PaperValues
{
    std::string note;
    std::vector<PaperTable> tables;
};

PaperValues readPaperValues(const std::filesystem::path& file); // throws Failure

} // namespace adtailor
