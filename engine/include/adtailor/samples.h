// The shipped sample: one product and a few fictional people, to try everything at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/brief.h>
#include <adtailor/error.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct SamplePersona
{
    std::string id; // the name of its folder
    std::string name; // in the asked language
    std::string about; // one sentence, in the asked language
    std::string consent; // "fictional", "given", "not-asked" or "withdrawn"
    std::vector<HistoryItem> history; // oldest first
};

struct Sample
{
    std::string name; // of the product, in the asked language
    Product product; // the cutout already placed
    Image cutout; // as in the file
    double maxRatio = 1.0;
    std::vector<SamplePersona> personas;
};

// folder: resources/samples. language: "en" or "zh"; another one answers English.
Result<Sample> loadSample(const std::filesystem::path& folder, const std::string& language = "en");

// One folder with persona.json and pictures; the studio saves and reads people in this form too.
Result<SamplePersona> loadPersona(const std::filesystem::path& folder,
                                  const std::string& language = "en");

} // namespace adtailor
