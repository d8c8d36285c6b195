// PAd1M: data sets of personalised ads, read record by record from JSON, JSON Lines or CSV.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

// One user: the ad they clicked, the product it shows, and the ads they clicked before. All paths
// exist (when checkFiles is on) and lie beneath the root.
struct Pad1mRecord
{
    std::int64_t number = 0; // place in the file, from 1; the header of a CSV file does not count
    std::string user; // user_id, as written; PAd1M itself has none: empty
    std::filesystem::path targetImage; // f_path; empty when the record has none
    std::filesystem::path cutout; // f_path_white if given, else f_path_trans
    bool hasWhiteBackground = false; // the cutout is f_path_white
    std::string caption; // of the background
    std::string description; // sku_title_cn; prompt slot 3 and PSS query
    std::vector<std::string> titles; // gt_title_cn, split at <title_split>; may be empty
    std::string wordList; // as written; prompt slot 1
    std::vector<std::string> sellingPoints; // wordList split at commas, trimmed
    double maxRatio = 1.0; // (0, 1]
    std::vector<std::filesystem::path> historyImages; // oldest first
    std::vector<std::string> historyTitles; // same length
    std::vector<float> similarities; // same length, or empty: not computed
};

// PAd1M's name of a field -> the column or JSON key of the file that holds it. A field that is not
// named keeps PAd1M's name. "list_separator" (default |) parts a CSV cell that holds a list.
using Pad1mColumns = std::map<std::string, std::string>;

struct Pad1mIssue
{
    std::int64_t number = 0; // of the record that was skipped, from 1
    std::string reason; // one sentence
};

struct Pad1mOptions
{
    Pad1mColumns columns;
    std::filesystem::path root; // relative paths start here; empty = the folder of the JSON file
    // Given: the directory part of a record's paths is replaced by this folder, as the public path
    // tool does. Needed for files that carry another machine's absolute paths.
    std::filesystem::path imageFolder; // of f_path and history_images
    std::filesystem::path cutoutFolder; // of f_path_trans and f_path_white
    bool checkFiles = true; // skip records whose pictures do not exist
    bool needTarget = false; // skip records without f_path or gt_title_cn
    std::function<void(const Pad1mIssue&)> skipped; // called for each, in the file's order
};

struct Pad1mSummary
{
    std::int64_t records = 0; // handed to the visitor
    std::int64_t skipped = 0;
    std::vector<Pad1mIssue> issues; // the first 1000 of those skipped
};

// Streams the file, whatever its size, in bounded memory; a visitor that answers false ends the
// reading. Bad records are skipped and reported. A name that ends in .csv or .tsv means CSV with a
// header (RFC 4180; comma, semicolon or tab), .jsonl or .ndjson one JSON object a line, anything
// else one JSON array; a file of another form is FileCorrupt.
Result<Pad1mSummary> readPad1m(const std::filesystem::path& file, const Pad1mOptions& options,
                               const std::function<bool(Pad1mRecord&&)>& visit,
                               const JobControl& job = {});

// A column (or JSON key) of a file and its first values, at most three of at most 200 bytes.
struct TableColumn
{
    std::string name;
    std::vector<std::string> samples;
};
// What a person sees before they say which column is what; reads the beginning of the file only.
Result<std::vector<TableColumn>> previewTable(const std::filesystem::path& file);

// A JSON object of the columns, such as {"f_path": "image", "list_separator": ";"}.
Result<Pad1mColumns> readPad1mColumns(const std::filesystem::path& file);

} // namespace adtailor
