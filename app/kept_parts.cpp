// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kept_parts.h"

#include "app/qt_types.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace adtailor {

namespace {

constexpr int meansRounds = 12;

double sum(const std::vector<float>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

int countKept(const std::vector<float>& values)
{
    return static_cast<int>(
        std::count_if(values.begin(), values.end(), [](float weight) { return weight > 0; }));
}

bool beginsWord(const QString& token, const QString& before)
{
    const QChar first = token.front();
    const auto joins
        = [](QChar c) { return c.isLetterOrNumber() && c.script() != QChar::Script_Han; };
    return before.isEmpty() || !joins(first) || !joins(before.back());
}

// A word is kept when one of its tokens is.
std::vector<KeptWord> wordsOf(const PreferenceProfile::Item& item)
{
    std::vector<KeptWord> words;
    float held = 0; // of tokens that end inside a character
    for (std::size_t i = 0; i < item.words.size() && i < item.wordTexts.size(); ++i) {
        const QString token = toQString(item.wordTexts[i]);
        const float weight = std::max(item.words[i], std::exchange(held, 0.0F));
        if (token.isEmpty()) {
            held = weight;
            continue;
        }
        if (words.empty() || beginsWord(token, words.back().text)) {
            words.push_back({ token, weight });
        } else {
            words.back().text += token;
            words.back().weight = std::max(words.back().weight, weight);
        }
    }
    return words;
}

using Point = std::array<double, 3>;

struct WeightedColor
{
    Point color{};
    double weight = 0;
};

double distance(const Point& a, const Point& b)
{
    double total = 0;
    for (std::size_t c = 0; c < 3; ++c)
        total += (a[c] - b[c]) * (a[c] - b[c]);
    return total;
}

// One point for each kept patch: its mean colour.
std::vector<WeightedColor> keptColors(const PreferenceProfile& profile,
                                      const std::vector<QImage>& pictures)
{
    std::vector<WeightedColor> points;
    for (std::size_t i = 0; i < profile.items.size() && i < pictures.size(); ++i) {
        const std::vector<float>& patches = profile.items[i].patches;
        const int side = static_cast<int>(std::lround(std::sqrt(patches.size())));
        const bool square = static_cast<std::size_t>(side) * side == patches.size();
        if (side == 0 || !square || pictures[i].isNull())
            continue;
        // Smooth scaling to one pixel a patch is the mean of each.
        const QImage small
            = pictures[i].scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        for (int at = 0; at < side * side; ++at) {
            const float weight = patches[static_cast<std::size_t>(at)];
            if (!(weight > 0))
                continue;
            const QRgb color = small.pixel(at % side, at / side);
            points.push_back(
                { { double(qRed(color)), double(qGreen(color)), double(qBlue(color)) }, weight });
        }
    }
    return points;
}

std::size_t nearest(const Point& color, const std::vector<Point>& centres)
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < centres.size(); ++i)
        if (distance(color, centres[i]) < distance(color, centres[best]))
            best = i;
    return best;
}

// The heaviest first, then always the one that lies farthest from those chosen.
std::vector<Point> firstCentres(const std::vector<WeightedColor>& points, std::size_t count)
{
    std::vector<Point> centres;
    const auto heaviest
        = std::max_element(points.begin(), points.end(),
                           [](const auto& a, const auto& b) { return a.weight < b.weight; });
    centres.push_back(heaviest->color);
    while (centres.size() < count) {
        double farthest = 0;
        const WeightedColor* next = nullptr;
        for (const WeightedColor& point : points) {
            const double away = distance(point.color, centres[nearest(point.color, centres)]);
            if (away > farthest) {
                farthest = away;
                next = &point;
            }
        }
        if (!next)
            break; // fewer colours than asked for
        centres.push_back(next->color);
    }
    return centres;
}

} // namespace

KeptParts keptParts(const PreferenceProfile& profile)
{
    double patchWeight = 0, wordWeight = 0;
    for (const PreferenceProfile::Item& item : profile.items) {
        patchWeight += sum(item.patches);
        wordWeight += sum(item.words);
    }
    const int kinds = (patchWeight > 0 ? 1 : 0) + (wordWeight > 0 ? 1 : 0);
    KeptParts parts;
    for (const PreferenceProfile::Item& source : profile.items) {
        KeptItem item;
        item.place = static_cast<int>(parts.items.size()) + 1;
        item.historyIndex = source.historyIndex;
        if (patchWeight > 0)
            item.weight += sum(source.patches) / patchWeight / kinds;
        if (wordWeight > 0)
            item.weight += sum(source.words) / wordWeight / kinds;
        item.patches = static_cast<int>(source.patches.size());
        item.keptPatches = countKept(source.patches);
        item.words = wordsOf(source);
        item.keptWords = static_cast<int>(std::count_if(
            item.words.begin(), item.words.end(), [](const KeptWord& w) { return w.weight > 0; }));
        parts.keptPatches += item.keptPatches;
        parts.patches += item.patches;
        parts.keptWords += item.keptWords;
        parts.words += static_cast<int>(item.words.size());
        parts.items.push_back(std::move(item));
    }
    return parts;
}

std::vector<Swatch> keptPalette(const PreferenceProfile& profile,
                                const std::vector<QImage>& pictures, int most)
{
    const std::vector<WeightedColor> points = keptColors(profile, pictures);
    if (points.empty() || most < 1)
        return {};
    std::vector<Point> centres = firstCentres(points, static_cast<std::size_t>(most));
    std::vector<double> weights;
    for (int round = 0; round < meansRounds; ++round) {
        std::vector<Point> sums(centres.size(), Point{});
        weights.assign(centres.size(), 0);
        for (const WeightedColor& point : points) {
            const std::size_t at = nearest(point.color, centres);
            weights[at] += point.weight;
            for (std::size_t c = 0; c < 3; ++c)
                sums[at][c] += point.weight * point.color[c];
        }
        for (std::size_t i = 0; i < centres.size(); ++i)
            for (std::size_t c = 0; c < 3 && weights[i] > 0; ++c)
                centres[i][c] = sums[i][c] / weights[i];
    }
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<Swatch> palette;
    for (std::size_t i = 0; i < centres.size(); ++i)
        if (weights[i] > 0)
            palette.push_back({ QColor(static_cast<int>(std::lround(centres[i][0])),
                                       static_cast<int>(std::lround(centres[i][1])),
                                       static_cast<int>(std::lround(centres[i][2]))),
                                weights[i] / total });
    std::sort(palette.begin(), palette.end(),
              [](const Swatch& a, const Swatch& b) { return a.share > b.share; });
    return palette;
}

} // namespace adtailor
