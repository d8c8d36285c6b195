// Brief: what goes in: a product and the click history of one person.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <string>
#include <vector>

namespace adtailor {

struct Product
{
    std::string title; // plain description; prompt slot 3 and PSS query
    std::vector<std::string> sellingPoints; // the only words an ad title may use
    Image cutout; // RGBA, already placed on its square canvas
};

// An ad that this person clicked.
struct HistoryItem
{
    Image image;
    std::string title;
};

struct Brief
{
    Product product;
    std::vector<HistoryItem> history; // oldest first
};

// Door limits: an ad needs far less, and a larger brief is a mistake or an attack.
namespace limits {
inline constexpr std::size_t descriptionBytes = 2000;
inline constexpr std::size_t sellingPoints = 64;
inline constexpr std::size_t sellingPointBytes = 400;
inline constexpr std::size_t historyItems = 1000;
inline constexpr std::size_t titleBytes = 2000;
inline constexpr int adsPerRequest = 16;
} // namespace limits

} // namespace adtailor
