// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/title_grammar.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>

namespace adtailor {

namespace {

// {n}: the name. {A}: a point as the start of a sentence, {a}: inside one, {w}: inside one and a
// noun phrase. Each place takes the next point.
using Template = std::string_view;

constexpr std::array<Template, 5> shortEnglish{ "{n}: {a}", "{A}: {n}", "{n}, {a}", "{n} with {w}",
                                                "{A}. {n}" };
constexpr std::array<Template, 4> shortChinese{ "{n}，{a}", "{a}，{n}", "{n}：{a}", "{a}的{n}" };

constexpr std::array<Template, 6> benefitEnglish{
    "{A}: {n} with {w}", "{A}. {A}: {n}",      "{A}, thanks to the {n}",
    "{A}. {n}, {a}",     "{A}: your {n}, {a}", "{A}. {A}. {n} with {w}",
};
constexpr std::array<Template, 5> benefitChinese{
    "{a}，就选{n}，{a}", "{a}，{a}，尽在{n}", "{a}的{n}，{a}", "有了{n}，{a}，{a}", "{a}！{n}，{a}",
};

constexpr std::array<Template, 5> specificationEnglish{
    "{n}: {a}, {a}, {a}", "{A}, {a}: {n}",      "{n} with {w} and {w}",
    "{n} | {A} | {A}",    "{A}, {a}, {a}: {n}",
};
constexpr std::array<Template, 5> specificationChinese{
    "{n}：{a}、{a}、{a}", "{a}、{a}，{n}",      "{n}｜{a}｜{a}",
    "{n}，{a}，{a}，{a}", "{a}、{a}、{a}的{n}",
};

constexpr std::array<Template, 6> playfulEnglish{
    "Say hello to the {n}! {A}!", "Oh, this {n}! {A}!",   "Love at first sight: {n}, {a}!",
    "{A}? Yes, with the {n}!",    "Psst! {n}: {a}, {a}!", "Hello, {n}! {A}, {a}!",
};
constexpr std::array<Template, 5> playfulChinese{
    "遇见{n}，{a}！",       "{n}来啦！{a}，{a}！", "你好呀，{n}！{a}！",
    "爱了爱了！{n}，{a}！", "{a}？有{n}呀！",
};

std::span<const Template> templates(Manner manner, Language language)
{
    const bool english = language == Language::English;
    switch (manner) {
    case Manner::Short:
        return english ? std::span<const Template>(shortEnglish) : shortChinese;
    case Manner::BenefitFirst:
        return english ? std::span<const Template>(benefitEnglish) : benefitChinese;
    case Manner::SpecificationFirst:
        return english ? std::span<const Template>(specificationEnglish) : specificationChinese;
    case Manner::Playful:
        return english ? std::span<const Template>(playfulEnglish) : playfulChinese;
    }
    return shortEnglish;
}

// Ranks the points for this person: liked themes first, and features or benefits by the manner.
// The draw in between makes titles of one product differ.
std::vector<int> rankedPoints(const CatalogueProduct& product, const GroupTaste& taste,
                              CounterRng& random)
{
    std::vector<std::pair<double, int>> scored;
    for (std::size_t i = 0; i < product.points.size(); ++i) {
        const SellingPoint& point = product.points[i];
        double score = static_cast<double>(std::ranges::find(taste.themes, point.theme)
                                           - taste.themes.begin());
        if (taste.manner == Manner::SpecificationFirst && !point.isFeature)
            score += themeCount;
        if (taste.manner == Manner::BenefitFirst && point.isFeature)
            score += themeCount / 2.0;
        scored.emplace_back(score + 2.0 * random.uniform(), static_cast<int>(i));
    }
    std::ranges::sort(scored);
    std::vector<int> order;
    for (const auto& [score, index] : scored)
        order.push_back(index);
    return order;
}

// Small inside a sentence, unless the second letter shows a name or a sign, as in "L-shaped".
std::string inSentence(std::string text)
{
    constexpr std::array<std::string_view, 3> names{ "Scandinavian", "Nordic", "Bauhaus" };
    const bool isName
        = std::ranges::any_of(names, [&](std::string_view name) { return text.starts_with(name); });
    if (!isName && text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])))
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    if (text.starts_with("A ")) // the one-letter word
        text[0] = 'a';
    return text;
}

// Takes the next point that fits the place, or -1.
int takePoint(std::vector<int>& order, const CatalogueProduct& product, bool nounPhrase)
{
    const auto found = std::ranges::find_if(
        order, [&](int index) { return !nounPhrase || product.points[index].isNounPhrase; });
    if (found == order.end())
        return -1;
    const int index = *found;
    order.erase(found);
    return index;
}

// nullopt-like: an empty text when the product has no point for one of the places.
ComposedTitle fill(Template pattern, const CatalogueProduct& product, Language language,
                   std::vector<int> order)
{
    ComposedTitle title;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            title.text += pattern[i];
            continue;
        }
        const char place = pattern[i + 1];
        i += 2;
        if (place == 'n') {
            title.text += product.names[static_cast<int>(language)];
            continue;
        }
        const int index = takePoint(order, product, place == 'w');
        if (index < 0)
            return {};
        const std::string& point = product.points[index].text(language);
        title.text += place == 'A' ? point : inSentence(point);
        title.points.push_back(index);
    }
    return title;
}

} // namespace

ComposedTitle composeTitle(const CatalogueProduct& product, Language language,
                           const GroupTaste& taste, CounterRng& random)
{
    const std::span<const Template> choices = templates(taste.manner, language);
    const std::vector<int> order = rankedPoints(product, taste, random);
    const std::size_t first = random.below(choices.size());
    for (std::size_t i = 0; i < choices.size(); ++i) {
        ComposedTitle title = fill(choices[(first + i) % choices.size()], product, language, order);
        if (!title.text.empty())
            return title;
    }
    return {};
}

} // namespace adtailor
