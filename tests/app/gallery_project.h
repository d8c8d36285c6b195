// SPDX-License-Identifier: GPL-3.0-or-later
// A project with many ads, for tests and measurements of the gallery.
#pragma once

#include "core/failure.h"

#include <adtailor/project.h>

#include <QString>

#include <cmath>

namespace adtailor {

inline Image tintedThumbnail(int seed)
{
    constexpr int side = 320;
    std::vector<std::uint8_t> pixels;
    pixels.reserve(side * side * 3);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            for (int channel = 0; channel < 3; ++channel)
                pixels.push_back(static_cast<std::uint8_t>(
                    128 + 100 * std::sin(0.02 * (x + channel * 40 + seed * 7) + 0.013 * y)));
    return Image(side, side, 3, std::move(pixels));
}

// Every tenth is starred, every fourth made without history; `looks` different thumbnails.
inline void fillGallery(ProjectStore& store, int ads, int looks)
{
    constexpr int atOnce = 2'000;
    std::vector<std::string> thumbnails;
    valueOrThrow(store.together([&] {
        for (int look = 0; look < std::min(looks, ads); ++look) {
            AdRecord record;
            record.summary.number = look + 1;
            record.thumbnail = tintedThumbnail(look);
            valueOrThrow(store.saveAd(record));
            thumbnails.push_back(
                valueOrThrow(store.summaries(std::vector<std::int64_t>{ look + 1 }))
                    .at(0)
                    .thumbnail);
        }
    }));
    const char* products[] = { "Mushroom lamp, ochre", "Desk fan", "Coffee machine", "暖光台灯" };
    for (int first = 1; first <= ads; first += atOnce)
        valueOrThrow(store.together([&] {
            for (int number = first; number < std::min(ads + 1, first + atOnce); ++number) {
                AdRecord record;
                AdSummary& ad = record.summary;
                ad.number = number;
                ad.created = 1'790'000'000'000 + number * 60'000LL;
                ad.state = number % 7 ? "done" : "draft";
                ad.product = products[number % 4];
                ad.title = "Warm evening light for reading, ad " + std::to_string(number);
                ad.personId = number % 4 ? "person-" + std::to_string(number % 23) : "";
                ad.person = number % 4 ? "Person " + std::to_string(number % 23) : "";
                ad.starred = number % 10 == 0;
                if (number % 50 == 0)
                    ad.tags = { "spring" };
                ad.thumbnail = thumbnails[static_cast<std::size_t>(number) % thumbnails.size()];
                record.ad.title = ad.title;
                record.request.brief.product.title = ad.product;
                valueOrThrow(store.saveAd(record));
            }
        }));
}

} // namespace adtailor
