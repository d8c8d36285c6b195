// Variations: one setting in several values, each with the same seeds: the columns of the grid.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/generation.h>

#include <vector>

namespace adtailor {

enum class Vary { Nothing, Guidance, ProductHold, PictureVariety, TitleVariety };

struct VaryRange
{
    double least = 0, most = 1, from = 0, to = 1, step = 0.1; // limits, suggestion, precision
};
VaryRange rangeOf(Vary vary);

// `steps` values from `from` to `to`, evenly, rounded to what the setting's field shows, none
// twice.
std::vector<double> variationValues(Vary vary, double from, double to, int steps);
// The base with that setting; Nothing: the base alone.
std::vector<GenerationRequest> variationsOf(const GenerationRequest& base, Vary vary,
                                            const std::vector<double>& values);
double variedValue(const GenerationRequest& request, Vary vary);

} // namespace adtailor
