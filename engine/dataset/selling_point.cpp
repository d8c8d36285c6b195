// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/selling_point.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string_view>

namespace adtailor {

namespace {

// Word starts, in the order in which the themes are tried. What matches none is about design.
constexpr std::string_view useWords
    = "gift home suit pair ready great made keep save fit useful practical goes perfect store "
      "party "
      "guest friend family daily every travel work everyday space room match occasion treat "
      "breakfast "
      "table outing share shelf kitchen office garden picnic beach learn";
constexpr std::string_view comfortWords
    = "comfort soft cosy easy handy relax calm cushion pad gentle smooth grip support cuddle sleep "
      "rest light-to lounge warm plump inviting reach breeze shade lean clean";
constexpr std::string_view buildWords
    = "steel metal wood oak chrome steady drawer leg frame base sturdy strong tough solid door "
      "shelf "
      "shelve blade wheel plastic canvas ceramic brass copper leather handle bracket rail tank "
      "tray "
      "screen driver two three four double stand chain glass spring lock post display dispenser";

// Phrases that start like these say what the product does; "with" cannot stand before them.
constexpr std::string_view predicateStarts
    = "a an the easy made keeps looks great ready makes fits handy perfect brings goes stands "
      "pairs "
      "good adds suits lovely fun works fills folds seats doubles shows served tempting encourages "
      "sparks suited detangles brightens lights trains handles saves always inspires turns time "
      "sits "
      "useful drink just ideal stores helps already wonderful fully tilts practical sorts needs "
      "frames holds dresses creates gets for carries welcomes grow drawers cloth towels rungs "
      "comfortable light plenty everything hours legroom statement neat tidy steady right one";
constexpr std::string_view verbs
    = "keep keeps lets leaves takes brings hide dry double falls fits hug turns closer for to that";

std::vector<std::string> wordsOf(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    std::ranges::replace(lower, ',', ' ');
    std::istringstream stream(lower);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

bool contains(std::string_view list, const std::string& word)
{
    return (" " + std::string(list) + " ").find(" " + word + " ") != std::string::npos;
}

bool startsLikeAny(std::string_view list, const std::vector<std::string>& words)
{
    for (const std::string& start : wordsOf(list)) {
        if (std::ranges::any_of(words,
                                [&](const std::string& word) { return word.starts_with(start); }))
            return true;
    }
    return false;
}

} // namespace

Theme themeOf(const std::string& english)
{
    const std::vector<std::string> words = wordsOf(english);
    if (startsLikeAny(comfortWords, words))
        return Theme::Comfort;
    if (startsLikeAny(useWords, words))
        return Theme::Use;
    return startsLikeAny(buildWords, words) ? Theme::Build : Theme::Design;
}

bool isNounPhrase(const std::string& english)
{
    const std::vector<std::string> words = wordsOf(english);
    if (words.empty() || contains(predicateStarts, words[0]))
        return false;
    return std::ranges::none_of(words,
                                [](const std::string& word) { return contains(verbs, word); });
}

} // namespace adtailor
