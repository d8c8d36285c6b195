// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/sampler.h"

#include "core/failure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

namespace adtailor {

namespace {

constexpr float dropped = -std::numeric_limits<float>::infinity();

// Drops all logits below the k-th largest; equals of it stay.
void keepTopK(std::vector<float>& logits, int k)
{
    if (k <= 0 || static_cast<std::size_t>(k) >= logits.size())
        return;
    std::vector<float> sorted = logits;
    std::nth_element(sorted.begin(), sorted.begin() + (k - 1), sorted.end(), std::greater<>());
    const float smallestKept = sorted[k - 1];
    for (float& logit : logits)
        logit = logit < smallestKept ? dropped : logit;
}

// exp(x - largest) of every logit and their sum; dropped ones give 0.
double exponentials(const std::vector<float>& logits, std::vector<float>& weights)
{
    const float largest = *std::max_element(logits.begin(), logits.end());
    weights.resize(logits.size());
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        weights[i] = std::exp(logits[i] - largest);
        sum += weights[i];
    }
    return sum;
}

// Keeps the smallest set of most probable tokens whose probability reaches topP, at least one.
void keepTopP(std::vector<float>& weights, double sum, double topP)
{
    if (topP >= 1)
        return;
    std::vector<std::size_t> ascending;
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (weights[i] > 0)
            ascending.push_back(i);
    std::stable_sort(ascending.begin(), ascending.end(),
                     [&](std::size_t a, std::size_t b) { return weights[a] < weights[b]; });
    double cumulative = 0;
    for (std::size_t rank = 0; rank + 1 < ascending.size(); ++rank) {
        cumulative += weights[ascending[rank]] / sum;
        if (cumulative > 1 - topP)
            break;
        weights[ascending[rank]] = 0;
    }
}

std::int32_t pick(const std::vector<float>& weights, double uniform)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double target = uniform * sum;
    double cumulative = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0)
            continue;
        cumulative += weights[i];
        last = i;
        if (cumulative > target)
            break;
    }
    return static_cast<std::int32_t>(last);
}

} // namespace

void checkSampling(const SamplingOptions& options, const char* what)
{
    const auto refuse = [&](const std::string& rule) {
        throw Failure(ErrorCode::InvalidInput, std::string("The ") + what + " " + rule);
    };
    const float temperature = options.temperature;
    if (temperature != 0 && !(temperature >= 0.01F && temperature <= 10))
        refuse("temperature must be 0 (takes the likeliest token) or lie between 0.01 and 10.");
    if (!(options.topP > 0 && options.topP <= 1))
        refuse("top-p must be above 0 and at most 1; 1 turns it off.");
    if (options.topK < 0)
        refuse("top-k must not be negative; 0 turns it off.");
}

std::int32_t sampleToken(std::span<const float> logits, const SamplingOptions& options,
                         double uniform)
{
    const auto broken = [](float logit) { return !std::isfinite(logit); };
    if (logits.empty() || std::any_of(logits.begin(), logits.end(), broken))
        throw Failure(ErrorCode::Internal,
                      "The model computed values that are not numbers; use --device cpu or another "
                      "model file.");
    if (options.temperature <= 0)
        return static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end())
                                         - logits.begin());
    std::vector<float> scaled(logits.begin(), logits.end());
    for (float& logit : scaled)
        logit /= options.temperature;
    keepTopK(scaled, options.topK);
    std::vector<float> weights;
    const double sum = exponentials(scaled, weights);
    keepTopP(weights, sum, options.topP);
    return pick(weights, uniform);
}

} // namespace adtailor
