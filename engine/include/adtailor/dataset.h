// buildDataset: composes the open ad data set PAd-open, in the PAd1M format, from rendered scenes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace adtailor {

struct DatasetOptions
{
    std::filesystem::path source; // holds assets/catalogue.json and data/scenes/index.jsonl
    std::filesystem::path out; // created; gets train, valid, test .json, tastes.jsonl, report.json
    int trainUsers = 20'000;
    int validUsers = 500;
    int testUsers = 500;
    std::uint64_t seed = 1;
    // Every person likes one style and manner in everything and clicks nothing else: a first lesson
    // in reading histories.
    bool plainTastes = false;
    bool checkPictures = true; // compare every cutout with its scene's entry in the index
};

struct DatasetReport
{
    std::int64_t trainRecords = 0;
    std::int64_t validRecords = 0;
    std::int64_t testRecords = 0;
    int trainProducts = 0; // targets are disjoint by product as well as by user
    int validProducts = 0;
    int testProducts = 0;
    int scenes = 0;
    double meanHistory = 0; // items
    double noiseShare = 0; // of history clicks
    double englishShare = 0; // of users; the others read Chinese
    // Share of items of the target's category group: in whole histories, and among the six items
    // that are most similar by text. The second must be higher, or selection is no use.
    double groupShare = 0;
    double groupShareOfSimilar = 0;
    std::map<std::string, std::int64_t> dropped; // reason -> scenes or records left out
};

// The same options give the same bytes. Pictures are not copied: paths are relative to
// <source>/data/scenes, which is the root to read the files with.
Result<DatasetReport> buildDataset(const DatasetOptions& options, const JobControl& job = {});

} // namespace adtailor
