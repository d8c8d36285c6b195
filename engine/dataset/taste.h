// Taste: what one invented person likes, hidden from every model; clicks follow it, with noise.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/counter_rng.h"
#include "dataset/catalogue.h"

#include <array>
#include <vector>

namespace adtailor {

// How titles that a person clicks are built.
enum class Manner { Short, BenefitFirst, SpecificationFirst, Playful };
inline constexpr int mannerCount = 4;
const char* mannerName(Manner manner);
const char* themeName(Theme theme);

// Differs between category groups, so that a history of similar products tells more.
struct GroupTaste
{
    int primaryStyle = 0; // 70 % of clicks
    int secondaryStyle = 0; // 20 %; the other 10 % are noise
    Manner manner = Manner::Short;
    std::array<Theme, themeCount> themes{}; // most welcome first
};

struct Taste
{
    Language language = Language::English;
    std::vector<GroupTaste> groups;
};

// language: half of the users each. plain: one taste for all groups, without a secondary style.
Taste drawTaste(int groupCount, int styleCount, bool plain, CounterRng& random);

struct Click
{
    int style = 0;
    bool isNoise = false;
    GroupTaste titleTaste; // manner and themes of this click's title
};

// One more click in a group. Noise takes any style and any title; withNoise = false leaves it out
// and keeps 70 : 20.
Click drawClick(const Taste& taste, int group, int styleCount, bool withNoise, CounterRng& random);

} // namespace adtailor
