// Lint: what is wrong with the records of an ad data set, row by row, before a run is spent on
// them. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/pad1m.h>

#include <array>

namespace adtailor {

enum class LintKind {
    BadRecord, // cannot be read at all
    MissingImage,
    UnreadableImage,
    NoAlpha, // the cutout is a full rectangle
    CutOff, // the product touches the frame
    EmptyTitle,
    LongTitle,
    ForeignTitle, // says what the word list does not
    ShortHistory,
    DuplicateRecord, // the same content under another number
    DuplicateImage,
};
inline constexpr std::size_t lintKinds = 11;

const char* lintName(LintKind kind); // "missing-image", as in JSON lines

struct LintFinding
{
    std::int64_t number = 0; // of the record, from 1; the header of a CSV file does not count
    std::string field; // the file's own name for it; empty: the whole record
    LintKind kind = LintKind::BadRecord;
    bool isError = false; // training leaves the record out; otherwise it is a warning
    std::string what; // one sentence
    std::string remedy; // one sentence
};

struct LintOptions
{
    std::filesystem::path root; // as in Pad1mOptions
    Pad1mColumns columns;
    std::size_t shortestHistory = 10; // items that the published recipe reads
    std::size_t longestTitle = 120; // characters
};

struct LintSummary
{
    std::int64_t records = 0; // in the file
    std::int64_t unusable = 0; // records with an error
    std::int64_t warnings = 0; // findings
    std::array<std::int64_t, lintKinds> counts{}; // findings by kind
};

// Reads each record once, and each picture once. Streams: memory grows by about 100 bytes for each
// record and picture. Findings come in the order of the records, on the calling thread.
Result<LintSummary> lintDataset(const std::filesystem::path& file, const LintOptions& options,
                                const std::function<void(const LintFinding&)>& visit,
                                const JobControl& job = {});

} // namespace adtailor
