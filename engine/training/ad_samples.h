// AdSamples: a PAd1M data set held ready for training: texts, VQ codes and control pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"

#include <adtailor/training.h>
#include <adtailor/user_split.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// One click: the ad, and what this person clicked before.
struct AdSample
{
    std::int64_t number = 0; // of its record, from 1
    std::int64_t picture = 0; // row of imageCodes and historyCodes
    std::int64_t control = 0; // row of controls
    std::string wordList, description;
    std::vector<std::string> titles; // one is drawn at each visit
    std::vector<std::int64_t> historyPictures;
    std::vector<std::string> historyTitles;
    std::vector<float> similarities;
};

struct AdSamples
{
    std::vector<AdSample> samples;
    torch::Tensor imageCodes; // int64 [pictures, N]
    torch::Tensor historyCodes; // int64 [pictures, Ti]; undefined for a model without history
    torch::Tensor controls; // uint8 [controls, 3, s, s], the product on white; see controlPixels
    std::vector<std::string> skipped; // records and pictures left out, one sentence each
};

struct AdSampleSource
{
    std::filesystem::path records; // in any form that readPad1m takes
    Pad1mColumns columns;
    std::filesystem::path root; // its pictures lie beneath
    std::size_t limit = 0; // first records only; 0 = all
    std::filesystem::path cache; // folder of what is computed from pictures; empty: none
    std::optional<UserSplit> split; // given: only the users held out, or only the others
    bool isHeldOut = false; // which of the two

    Pad1mOptions options() const
    {
        return { .columns = columns, .root = root, .needTarget = true };
    }
    bool takes(const Pad1mRecord& record) const
    {
        return !split || split->holdsOut(record) == isHeldOut;
    }
};

struct AdDataSize
{
    std::int64_t records = 0, pictures = 0, controls = 0; // usable; distinct files
    std::vector<std::string> skipped;
};

// Reads the records, and no picture.
AdDataSize measureAdData(const AdSampleSource& source, const JobControl& job);

AdSamples loadAdSamples(const AdSampleSource& source, UniAdGen& model, const TrainingImages& images,
                        const JobControl& job);

} // namespace adtailor
