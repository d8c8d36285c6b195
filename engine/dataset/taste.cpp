// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/taste.h"

#include <iterator>
#include <utility>

namespace adtailor {

namespace {

constexpr double primaryShare = 0.70;
constexpr double secondaryShare = 0.20;

GroupTaste drawGroupTaste(int styleCount, CounterRng& random)
{
    GroupTaste taste;
    taste.primaryStyle = static_cast<int>(random.below(styleCount));
    taste.secondaryStyle = static_cast<int>(random.below(styleCount > 1 ? styleCount - 1 : 1));
    if (taste.secondaryStyle >= taste.primaryStyle && styleCount > 1)
        ++taste.secondaryStyle;
    taste.manner = static_cast<Manner>(random.below(mannerCount));
    taste.themes = { Theme::Design, Theme::Build, Theme::Comfort, Theme::Use };
    for (std::size_t i = taste.themes.size() - 1; i > 0; --i)
        std::swap(taste.themes[i], taste.themes[random.below(i + 1)]);
    return taste;
}

} // namespace

const char* mannerName(Manner manner)
{
    constexpr std::array names{ "short", "benefit-first", "specification-first", "playful" };
    return names[static_cast<int>(manner)];
}

const char* themeName(Theme theme)
{
    constexpr std::array names{ "design", "build", "comfort", "use" };
    return names[static_cast<int>(theme)];
}

Taste drawTaste(int groupCount, int styleCount, bool plain, CounterRng& random)
{
    Taste taste;
    taste.language = random.below(2) == 0 ? Language::English : Language::Chinese;
    if (plain) {
        GroupTaste everywhere = drawGroupTaste(styleCount, random);
        everywhere.secondaryStyle = everywhere.primaryStyle;
        taste.groups.assign(groupCount, everywhere);
    }
    while (std::ssize(taste.groups) < groupCount)
        taste.groups.push_back(drawGroupTaste(styleCount, random));
    return taste;
}

Click drawClick(const Taste& taste, int group, int styleCount, bool withNoise, CounterRng& random)
{
    Click click;
    click.titleTaste = taste.groups[group];
    const double draw = random.uniform() * (withNoise ? 1.0 : primaryShare + secondaryShare);
    if (draw < primaryShare) {
        click.style = click.titleTaste.primaryStyle;
    } else if (draw < primaryShare + secondaryShare) {
        click.style = click.titleTaste.secondaryStyle;
    } else {
        click.isNoise = true;
        click.titleTaste = drawGroupTaste(styleCount, random);
        click.style = static_cast<int>(random.below(styleCount));
    }
    return click;
}

} // namespace adtailor
