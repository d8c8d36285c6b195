// ScoreRows: the scores of one system, one small file a record, so that a stopped run goes on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/evaluation.h>

namespace adtailor {

struct ScoreRow
{
    std::int64_t number = 0; // of the record, from 1
    std::string user;
    std::string version; // tells whether record and pictures are still the same
    std::optional<std::uint64_t> seed;
    std::optional<std::string> title;
    std::filesystem::path drawn, composed;
    std::map<std::string, std::optional<double>> scores; // no value: the ad lacks what it needs
    std::map<std::string, std::string> scoredBy; // metric -> Scorer::identity, where it has one
    std::string problem; // one sentence: why scores are missing; empty: none
};

class ScoreRows
{
public:
    ScoreRows(std::filesystem::path folder, const EvaluatedSystem& system); // beneath folder/rows

    std::optional<ScoreRow> find(std::int64_t number) const; // none, or damaged: score it again
    void keep(const ScoreRow& row) const;

private:
    std::filesystem::path file(std::int64_t number) const;

    std::filesystem::path m_folder;
};

} // namespace adtailor
