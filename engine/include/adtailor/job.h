// JobControl: how a caller watches and stops one unit of work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace adtailor {

enum class Stage {
    LoadModel,
    Preference, // PSS and MPE
    Title, // done, total: tokens; the total is the limit
    Image, // done, total: tokens
    Decode, // VQ codes to pixels
    Train,
    Data,
};

struct Progress
{
    Stage stage = Stage::LoadModel;
    std::int64_t done = 0;
    std::int64_t total = 0;
    double tokensPerSecond = 0; // of this stage, all rows of the batch together
    std::vector<std::string> titles; // as written so far, one per ad of the batch
    std::vector<Image> previews; // sent after some finished rows; rows not yet drawn are black
    int previewRows = 0; // finished rows of `previews`, counted in tokens
    std::vector<std::vector<std::int32_t>> tokens; // of these rows, one list per ad
};

struct JobControl
{
    std::stop_token stop;
    std::function<void(const Progress&)> report;
};

} // namespace adtailor
