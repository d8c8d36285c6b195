// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/variations.h"

#include <algorithm>
#include <cmath>

namespace adtailor {

VaryRange rangeOf(Vary vary)
{
    switch (vary) {
    case Vary::Guidance:
        return { 1, 10, 1, 5, 0.1 };
    case Vary::ProductHold:
        return { 0, 3, 0.5, 1.5, 0.05 };
    case Vary::PictureVariety:
        return { 0, 2, 0.3, 0.9, 0.05 };
    case Vary::TitleVariety:
        return { 0, 2, 0.4, 1, 0.05 };
    case Vary::Nothing:
        break;
    }
    return {};
}

std::vector<double> variationValues(Vary vary, double from, double to, int steps)
{
    const VaryRange range = rangeOf(vary);
    const auto fitted = [&](double value) {
        return std::round(std::clamp(value, range.least, range.most) / range.step) * range.step;
    };
    std::vector<double> values;
    for (int i = 0; i < steps; ++i) {
        const double share = steps > 1 ? static_cast<double>(i) / (steps - 1) : 0;
        const double value = fitted(from + (to - from) * share);
        const bool again = std::any_of(values.begin(), values.end(), [&](double other) {
            return std::abs(other - value) < range.step / 2;
        });
        if (!again)
            values.push_back(value);
    }
    return values;
}

double variedValue(const GenerationRequest& request, Vary vary)
{
    switch (vary) {
    case Vary::Guidance:
        return request.guidanceScale;
    case Vary::ProductHold:
        return request.controlStrength;
    case Vary::PictureVariety:
        return request.image.temperature;
    case Vary::TitleVariety:
        return request.text.temperature;
    case Vary::Nothing:
        break;
    }
    return 0;
}

std::vector<GenerationRequest> variationsOf(const GenerationRequest& base, Vary vary,
                                            const std::vector<double>& values)
{
    if (vary == Vary::Nothing)
        return { base };
    std::vector<GenerationRequest> requests;
    for (const double value : values) {
        GenerationRequest request = base;
        const auto given = static_cast<float>(value);
        switch (vary) {
        case Vary::Guidance:
            request.guidanceScale = given;
            break;
        case Vary::ProductHold:
            request.controlStrength = given;
            break;
        case Vary::PictureVariety:
            request.image.temperature = given;
            break;
        case Vary::TitleVariety:
            request.text.temperature = given;
            break;
        case Vary::Nothing:
            break;
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

} // namespace adtailor
