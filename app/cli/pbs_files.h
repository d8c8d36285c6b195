// What adtailor pbs writes: scores, matrices and maps, as CSV, JSON and PNG.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/background_similarity.h>
#include <adtailor/statistics.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor::cli {

struct PbsScore
{
    std::string id;
    double score = 0;
};

// filename,pbs with six decimals, as the public tool.
void writeScores(const std::filesystem::path& file, const std::vector<PbsScore>& scores);

struct PbsTable
{
    std::vector<std::string> ids;
    std::vector<BackgroundFeature> features;
};

// FOLDER/NAME.csv and FOLDER/NAME.json: PBS of each row with each column.
void writeMatrix(const std::filesystem::path& folder, const std::string& name, const PbsTable& rows,
                 const PbsTable& columns);

void writeSummary(const std::filesystem::path& file, const MeanEstimate& summary,
                  const BackgroundModelInfo& model, bool savedAsJpeg);

// FOLDER/ID.png, the ad in grey with the cells that differ in red, and FOLDER/ID.json.
void writeMap(const std::filesystem::path& folder, const std::string& id, const Image& ad,
              const DifferenceMap& map);

} // namespace adtailor::cli
