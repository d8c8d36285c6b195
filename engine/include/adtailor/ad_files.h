// Ads as files: a request as JSON with the paths of its pictures, and finished ads as PNG + JSON.
//
// For an ad with seed 7, saveAd writes into one folder
//   ad-7.png           1024 px: the product over the picture; text chunks carry title and seed
//   ad-7.json          {"format", "version", "ad", "model", "request"}; pictures are paths relative
//                      to the file, so "request" makes the same ad again
//   parts/ad-7.png     what the model drew
//   parts/cutout-X.png the placed product, shared by all ads of the folder that show it
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/generation.h>
#include <adtailor/model.h>

#include <filesystem>
#include <vector>

namespace adtailor {

struct AdFiles
{
    std::filesystem::path composite, picture, record;
};

// Where the pictures of request.brief.history lie, one path an item; empty = none known, and the
// record then names the title only.
using HistoryFiles = std::vector<std::filesystem::path>;

struct RequestFile
{
    GenerationRequest request;
    HistoryFiles historyFiles;
};

struct AdFile
{
    RequestFile request;
    Ad ad;
    ModelInfo model;
};

// A request written by hand or by toJson, or the record of a saved ad.
Result<RequestFile> readRequest(const std::filesystem::path& file);
// A JSON list of {"image", "title"}, an object with such a list named "history" (a persona.json),
// a folder with persona.json, or a folder of pictures, each with its title in a .txt of the same
// name, sorted by name. A person whose "consent" is neither "fictional" nor "given" is refused.
Result<RequestFile> readHistory(const std::filesystem::path& fileOrFolder);

Result<AdFiles> saveAd(const std::filesystem::path& folder, const RequestFile& request,
                       const Ad& ad, const ModelInfo& model);
Result<AdFile> readAd(const std::filesystem::path& record);

} // namespace adtailor
