// UserStory: one invented person's clicks: a history and the ad clicked next.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/taste.h"
#include "dataset/title_grammar.h"

#include <string>
#include <vector>

namespace adtailor {

struct StoryAd
{
    int scene = 0; // index into the catalogue
    ComposedTitle title;
    bool isNoise = false;
};

struct UserStory
{
    std::uint64_t user = 0;
    Taste taste;
    StoryAd target;
    std::vector<StoryAd> history; // oldest first
};

class StoryTeller
{
public:
    // plain: tastes are plain and clicks follow them without noise.
    StoryTeller(const Catalogue& catalogue, std::uint64_t seed, bool plain);

    // The same user number gives the same story. targets: products the last click may show. The
    // history shows train products only, never the target's, and no scene twice. An empty history
    // means that the catalogue is too small.
    UserStory tell(std::uint64_t user, const std::vector<int>& targets) const;

private:
    // -1: the product has no scene in that style.
    int drawScene(int product, int style, CounterRng& random) const;
    StoryAd drawTarget(const Taste& taste, const std::vector<int>& targets,
                       CounterRng& random) const;
    void drawHistory(UserStory& story, CounterRng& random) const;

    const Catalogue& m_catalogue;
    std::uint64_t m_seed;
    bool m_plain;
    std::vector<int> m_trainProducts;
    std::vector<std::vector<int>> m_trainProductsByGroup;
};

} // namespace adtailor
