// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/user_story.h"

#include <algorithm>
#include <set>

namespace adtailor {

namespace {

constexpr int shortestHistory = 9; // mean 16.5, as the 16.52 of PAd1M
constexpr int longestHistory = 24;
constexpr double ownGroupShare = 0.35;
constexpr int maximumPerProduct = 2;

} // namespace

StoryTeller::StoryTeller(const Catalogue& catalogue, std::uint64_t seed, bool plain)
    : m_catalogue(catalogue)
    , m_seed(seed)
    , m_plain(plain)
    , m_trainProducts(catalogue.productsOf("train"))
    , m_trainProductsByGroup(catalogue.groupCount)
{
    for (const int product : m_trainProducts)
        m_trainProductsByGroup[catalogue.products[product].group].push_back(product);
}

int StoryTeller::drawScene(int product, int style, CounterRng& random) const
{
    const std::vector<int> scenes = m_catalogue.scenesOf(product, style);
    return scenes.empty() ? -1 : scenes[random.below(scenes.size())];
}

StoryAd StoryTeller::drawTarget(const Taste& taste, const std::vector<int>& targets,
                                CounterRng& random) const
{
    constexpr int attempts = 50;
    const int styles = static_cast<int>(m_catalogue.styles.size());
    for (int i = 0; i < attempts; ++i) {
        const int product = targets[random.below(targets.size())];
        const CatalogueProduct& about = m_catalogue.products[product];
        const Click click = drawClick(taste, about.group, styles, false, random);
        const int scene = drawScene(product, click.style, random);
        if (scene >= 0)
            return { scene, composeTitle(about, taste.language, click.titleTaste, random), false };
    }
    return { -1, {}, false };
}

void StoryTeller::drawHistory(UserStory& story, CounterRng& random) const
{
    const int styles = static_cast<int>(m_catalogue.styles.size());
    const int targetProduct = m_catalogue.scenes[story.target.scene].product;
    const int targetGroup = m_catalogue.products[targetProduct].group;
    const auto length = shortestHistory + random.below(longestHistory - shortestHistory + 1);
    std::set<int> usedScenes;
    std::map<int, int> usesOfProduct;
    const std::uint64_t attempts = length * 20;
    for (std::uint64_t i = 0; i < attempts && story.history.size() < length; ++i) {
        const bool own = random.uniform() < ownGroupShare;
        const std::vector<int>& pool = own && !m_trainProductsByGroup[targetGroup].empty()
            ? m_trainProductsByGroup[targetGroup]
            : m_trainProducts;
        const int product = pool[random.below(pool.size())];
        const CatalogueProduct& about = m_catalogue.products[product];
        const Click click = drawClick(story.taste, about.group, styles, !m_plain, random);
        const int scene = drawScene(product, click.style, random);
        if (product == targetProduct || scene < 0 || usesOfProduct[product] >= maximumPerProduct
            || !usedScenes.insert(scene).second)
            continue;
        ++usesOfProduct[product];
        story.history.push_back(
            { scene, composeTitle(about, story.taste.language, click.titleTaste, random),
              click.isNoise });
    }
}

UserStory StoryTeller::tell(std::uint64_t user, const std::vector<int>& targets) const
{
    constexpr std::uint64_t streams = 16; // of RandomStream, per user
    CounterRng random(m_seed, user * streams + static_cast<std::uint64_t>(RandomStream::Data));
    UserStory story;
    story.user = user;
    story.taste = drawTaste(m_catalogue.groupCount, static_cast<int>(m_catalogue.styles.size()),
                            m_plain, random);
    story.target = drawTarget(story.taste, targets, random);
    if (story.target.scene >= 0 && !m_trainProducts.empty())
        drawHistory(story, random);
    if (story.history.size() < shortestHistory)
        story.history.clear();
    return story;
}

} // namespace adtailor
