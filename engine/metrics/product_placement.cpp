// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/product_placement.h"

#include <adtailor/imaging.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace adtailor {

namespace {

constexpr int frame = 64; // pixels a side
constexpr int maskAlpha = 127;
constexpr int ring = 2; // pixels around the product that show its outline
constexpr double scales[] = { 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.45, 1.6 };

using Feature = std::array<double, 3>;

// Three numbers a pixel: its colour, or how steep it is there and twice nothing.
struct FeatureMap
{
    int width = 0, height = 0;
    std::vector<Feature> values;

    const Feature& at(int x, int y) const
    {
        return values[static_cast<std::size_t>(std::clamp(y, 0, height - 1)) * width
                      + std::clamp(x, 0, width - 1)];
    }
};

FeatureMap coloursOf(const Image& rgb)
{
    FeatureMap map{ rgb.width(), rgb.height(), {} };
    for (std::size_t i = 0; i < rgb.byteCount(); i += 3)
        map.values.push_back(
            { double(rgb.data()[i]), double(rgb.data()[i + 1]), double(rgb.data()[i + 2]) });
    return map;
}

FeatureMap edgesOf(const FeatureMap& colours)
{
    FeatureMap map{ colours.width, colours.height, {} };
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x) {
            double steepness = 0;
            for (std::size_t c = 0; c < 3; ++c)
                steepness += std::hypot(colours.at(x + 1, y)[c] - colours.at(x - 1, y)[c],
                                        colours.at(x, y + 1)[c] - colours.at(x, y - 1)[c]);
            map.values.push_back(
                { std::sqrt(steepness), 0, 0 }); // a root, so that one edge is not all
        }
    return map;
}

Feature meanOf(const std::vector<Feature>& values)
{
    Feature mean{};
    for (const Feature& value : values)
        for (std::size_t c = 0; c < 3; ++c)
            mean[c] += value[c] / static_cast<double>(values.size());
    return mean;
}

struct Place
{
    int x = 0, y = 0;
};

// Pixels of a product with their features, less the mean.
struct Pattern
{
    std::vector<Place> places;
    std::vector<Feature> features;
    double norm = 0;

    Pattern(std::vector<Place> where, const FeatureMap& map)
        : places(std::move(where))
    {
        for (const Place& place : places)
            features.push_back(map.at(place.x, place.y));
        const Feature mean = meanOf(features);
        for (Feature& feature : features)
            for (std::size_t c = 0; c < 3; ++c) {
                feature[c] -= mean[c];
                norm += feature[c] * feature[c];
            }
    }

    // Zero-mean normalised correlation with the map, moved by `move`; 0 where one side is flat.
    double correlation(const FeatureMap& map, Place move) const
    {
        double shared = 0, spread = 0;
        Feature sum{};
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Feature& seen = map.at(places[i].x + move.x, places[i].y + move.y);
            for (std::size_t c = 0; c < 3; ++c) {
                shared += features[i][c] * seen[c];
                sum[c] += seen[c];
                spread += seen[c] * seen[c];
            }
        }
        for (const double channel : sum)
            spread -= channel * channel / static_cast<double>(places.size());
        return norm * spread > 1e-6 ? shared / std::sqrt(norm * spread) : 0;
    }
};

struct Box
{
    int left = frame * 2, top = frame * 2, right = -1, bottom = -1;
};

std::vector<Place> opaquePlaces(const Image& rgba)
{
    std::vector<Place> places;
    for (int y = 0; y < rgba.height(); ++y)
        for (int x = 0; x < rgba.width(); ++x)
            if (rgba.row(y)[4 * x + 3] > maskAlpha)
                places.push_back({ x, y });
    return places;
}

Box boxOf(const std::vector<Place>& places)
{
    Box box;
    for (const Place& place : places)
        box = { std::min(box.left, place.x), std::min(box.top, place.y),
                std::max(box.right, place.x), std::max(box.bottom, place.y) };
    return box;
}

std::vector<Place> withRing(const std::vector<Place>& places, int side)
{
    std::vector<bool> taken(static_cast<std::size_t>(side) * side);
    std::vector<Place> wide;
    for (const Place& place : places)
        for (int y = std::max(place.y - ring, 0); y <= std::min(place.y + ring, side - 1); ++y)
            for (int x = std::max(place.x - ring, 0); x <= std::min(place.x + ring, side - 1); ++x)
                if (!taken[static_cast<std::size_t>(y) * side + x]) {
                    taken[static_cast<std::size_t>(y) * side + x] = true;
                    wide.push_back({ x, y });
                }
    return wide;
}

// The cutout over the ad's mean colour, so that its outline shows as in the ad.
Image overMeanColour(const Image& rgba, const FeatureMap& ad)
{
    const Feature mean = meanOf(ad.values);
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < rgba.width() * rgba.height(); ++i)
        for (const double channel : mean)
            pixels.push_back(static_cast<std::uint8_t>(channel));
    return imaging::compose(Image(rgba.width(), rgba.height(), 3, std::move(pixels)), rgba,
                            rgba.width());
}

struct Fit
{
    double score = -2; // sum of two correlations
    std::vector<Place> places; // of the product
};

void keepBetterFit(const Image& product, const FeatureMap& ad, const FeatureMap& adEdges, Fit& best)
{
    const std::vector<Place> places = opaquePlaces(product);
    if (places.empty())
        return;
    const FeatureMap colours = coloursOf(overMeanColour(product, ad));
    const Pattern inside(places, colours);
    const Pattern outline(withRing(places, product.width()), edgesOf(colours));
    const Box box = boxOf(places);
    for (int y = -box.top; y + box.bottom < frame; ++y)
        for (int x = -box.left; x + box.right < frame; ++x) {
            const double score
                = inside.correlation(ad, { x, y }) + outline.correlation(adEdges, { x, y });
            if (score <= best.score)
                continue;
            best = { score, places };
            for (Place& place : best.places)
                place = { place.x + x, place.y + y };
        }
}

double overlap(const std::vector<Place>& left, const std::vector<Place>& right)
{
    std::vector<int> count(std::size_t{ frame } * frame);
    for (const auto* places : { &left, &right })
        for (const Place& place : *places)
            ++count[static_cast<std::size_t>(place.y) * frame + place.x];
    const auto common = std::count(count.begin(), count.end(), 2);
    const auto all = static_cast<std::ptrdiff_t>(left.size() + right.size()) - common;
    return static_cast<double>(common) / static_cast<double>(all);
}

} // namespace

double placementOverlap(const Image& ad, const Image& placed)
{
    const FeatureMap colours = coloursOf(imaging::resize(ad, frame, frame));
    const FeatureMap edges = edgesOf(colours);
    const auto wanted = opaquePlaces(imaging::resize(placed, frame, frame));
    if (wanted.empty())
        return 0;
    Fit best;
    for (const double scale : scales) {
        const int side = static_cast<int>(std::lround(scale * frame));
        keepBetterFit(imaging::resize(placed, side, side), colours, edges, best);
    }
    return overlap(wanted, best.places);
}

} // namespace adtailor
