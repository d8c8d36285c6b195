// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/history_selector.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace adtailor {

namespace {

double nextDouble(std::mt19937& generator)
{
    const auto high = static_cast<double>(generator() >> 5U);
    const auto low = static_cast<double>(generator() >> 6U);
    return (high * 67108864.0 + low) / 9007199254740992.0; // 2^26, 2^53
}

std::vector<double> probabilities(std::span<const float> similarities)
{
    std::vector<double> p(similarities.begin(), similarities.end());
    const double smallest = *std::min_element(p.begin(), p.end());
    if (smallest <= 0) {
        for (double& weight : p)
            weight += -smallest + 1e-6;
    }
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& weight : p)
        weight /= sum;
    return p;
}

std::vector<int> firstItems(int count)
{
    std::vector<int> indices(static_cast<std::size_t>(count));
    std::iota(indices.begin(), indices.end(), 0);
    return indices;
}

std::vector<int> mostSimilar(std::span<const float> similarities)
{
    auto order = firstItems(static_cast<int>(similarities.size()));
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return similarities[a] > similarities[b]; });
    return order;
}

// `count` distinct indices, or all of them followed by repeats.
std::vector<int> draw(const std::vector<double>& p, int count, std::uint32_t seed)
{
    const int available = static_cast<int>(p.size());
    if (available >= count)
        return numpyChoice(p, count, seed);
    std::vector<int> indices = firstItems(available);
    const int repeats = count - available;
    if (repeats <= available) {
        const auto extra = numpyChoice(p, repeats, seed);
        indices.insert(indices.end(), extra.begin(), extra.end());
    } else {
        for (int i = 0; i < repeats; ++i)
            indices.push_back(i % available);
    }
    return indices;
}

void guardAgainstLeak(std::vector<int>& chosen, std::span<const std::string> titles,
                      const std::string& excluded, std::uint32_t seed)
{
    const auto leaks
        = [&](int index) { return titles[static_cast<std::size_t>(index)] == excluded; };
    std::vector<int> free;
    for (int index = 0; index < static_cast<int>(titles.size()); ++index) {
        if (!leaks(index) && std::find(chosen.begin(), chosen.end(), index) == chosen.end())
            free.push_back(index);
    }
    if (free.empty())
        std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(free),
                     [&](int index) { return !leaks(index); });
    std::mt19937 generator(seed);
    for (int& index : chosen) {
        if (leaks(index) && !free.empty())
            index = free[static_cast<std::size_t>(nextDouble(generator)
                                                  * static_cast<double>(free.size()))];
    }
    std::erase_if(chosen, leaks);
}

} // namespace

std::vector<int> numpyChoice(std::span<const double> p, int size, std::uint32_t seed)
{
    std::mt19937 generator(seed); // Knuth's initialiser, as np.random.seed(int)
    std::vector<double> weights(p.begin(), p.end());
    std::vector<int> found;
    while (static_cast<int>(found.size()) < size) {
        std::vector<double> uniforms(static_cast<std::size_t>(size) - found.size());
        for (double& uniform : uniforms)
            uniform = nextDouble(generator);
        for (const int index : found)
            weights[static_cast<std::size_t>(index)] = 0;
        std::vector<double> cumulative(weights.size());
        std::partial_sum(weights.begin(), weights.end(), cumulative.begin());
        const double total = cumulative.back();
        for (double& value : cumulative)
            value /= total;
        for (const double uniform : uniforms) {
            const auto place = std::upper_bound(cumulative.begin(), cumulative.end(), uniform);
            const int index = static_cast<int>(std::min<std::ptrdiff_t>(
                place - cumulative.begin(), static_cast<std::ptrdiff_t>(weights.size()) - 1));
            if (std::find(found.begin(), found.end(), index) == found.end())
                found.push_back(index);
        }
    }
    return found;
}

std::vector<int> selectHistory(std::span<const float> similarities,
                               std::span<const std::string> titles,
                               const PreferenceOptions& options, int count,
                               const std::string& excluded)
{
    const int available = static_cast<int>(similarities.size());
    if (available == 0 || count == 0)
        return {};
    std::vector<int> chosen;
    if (options.selection == HistorySelection::Pss) {
        chosen = draw(probabilities(similarities), count, options.seed);
    } else if (options.selection == HistorySelection::Random) {
        const std::vector<double> equal(similarities.size(), 1.0 / available);
        chosen = draw(equal, count, options.seed);
    } else {
        const auto order = options.selection == HistorySelection::TopK ? mostSimilar(similarities)
                                                                       : firstItems(available);
        for (int i = 0; i < count; ++i)
            chosen.push_back(order[static_cast<std::size_t>(i % available)]);
    }
    if (!excluded.empty())
        guardAgainstLeak(chosen, titles, excluded, options.seed);
    return chosen;
}

} // namespace adtailor
