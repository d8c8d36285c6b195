// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/record_writer.h"

#include "dataset/title_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adtailor {

namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int distractors = 3; // points in the word list that the title does not use
constexpr std::size_t similarItems = 6; // as many as a small model reads

const CatalogueProduct& productOf(const StoryAd& ad, const Catalogue& catalogue)
{
    return catalogue.products[catalogue.scenes[ad.scene].product];
}

// The name, the title's points and a few others of the same product, in the seller's order: the
// model has to choose as this person would.
std::vector<std::string> wordList(const UserStory& story, const Catalogue& catalogue)
{
    const CatalogueProduct& product = productOf(story.target, catalogue);
    std::vector<int> chosen = story.target.title.points;
    CounterRng random(story.user, RandomStream::Data);
    std::vector<int> others;
    for (int i = 0; i < static_cast<int>(product.points.size()); ++i) {
        if (std::ranges::find(chosen, i) == chosen.end())
            others.push_back(i);
    }
    for (int i = 0; i < distractors && !others.empty(); ++i) {
        const auto pick = others.begin() + static_cast<std::ptrdiff_t>(random.below(others.size()));
        chosen.push_back(*pick);
        others.erase(pick);
    }
    std::ranges::sort(chosen);
    std::vector<std::string> words{ product.names[static_cast<int>(story.taste.language)] };
    for (const int index : chosen)
        words.push_back(product.points[index].text(story.taste.language));
    return words;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

std::vector<float> similarities(const UserStory& story, const Catalogue& catalogue)
{
    const TextVector query(
        productOf(story.target, catalogue).descriptions[static_cast<int>(story.taste.language)]);
    std::vector<float> all;
    for (const StoryAd& ad : story.history)
        all.push_back(query.similarity(TextVector(ad.title.text)));
    return all;
}

// Four decimals print short and lose nothing that matters.
double shortNumber(double value)
{
    return std::round(value * 1e4) / 1e4;
}

} // namespace

void StoryStatistics::add(const UserStory& story, const Catalogue& catalogue,
                          const std::vector<float>& similarities)
{
    const int group = productOf(story.target, catalogue).group;
    const auto isOwn
        = [&](std::size_t i) { return productOf(story.history[i], catalogue).group == group; };
    ++m_users;
    m_english += story.taste.language == Language::English;
    std::vector<std::size_t> order(story.history.size());
    std::iota(order.begin(), order.end(), 0);
    for (const std::size_t i : order) {
        ++m_items;
        m_noise += story.history[i].isNoise;
        m_ownGroup += isOwn(i);
    }
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return similarities[a] > similarities[b]; });
    for (std::size_t i = 0; i < std::min(similarItems, order.size()); ++i) {
        ++m_similar;
        m_similarOwnGroup += isOwn(order[i]);
    }
}

void StoryStatistics::fill(DatasetReport& report) const
{
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return whole > 0 ? shortNumber(static_cast<double>(part) / static_cast<double>(whole))
                         : 0.0;
    };
    report.meanHistory = share(m_items, m_users);
    report.noiseShare = share(m_noise, m_items);
    report.englishShare = share(m_english, m_users);
    report.groupShare = share(m_ownGroup, m_items);
    report.groupShareOfSimilar = share(m_similarOwnGroup, m_similar);
}

std::string problemOf(const UserStory& story, const Catalogue& catalogue)
{
    if (story.target.scene < 0 || story.history.empty())
        return "too few scenes for a history";
    if (story.target.title.text.empty())
        return "no title could be composed";
    if (!usesOnlyWords(story.target.title.text, wordList(story, catalogue)))
        return "title not made from its word list";
    return "";
}

std::string recordJson(const UserStory& story, const Catalogue& catalogue,
                       StoryStatistics& statistics)
{
    const Scene& scene = catalogue.scenes[story.target.scene];
    const CatalogueProduct& product = catalogue.products[scene.product];
    const int language = static_cast<int>(story.taste.language);
    OrderedJson images = OrderedJson::array();
    OrderedJson titles = OrderedJson::array();
    OrderedJson scores = OrderedJson::array();
    for (const StoryAd& ad : story.history) {
        images.push_back(catalogue.scenes[ad.scene].file);
        titles.push_back(ad.title.text);
    }
    const std::vector<float> similar = similarities(story, catalogue);
    for (const float value : similar)
        scores.push_back(shortNumber(value));
    statistics.add(story, catalogue, similar);

    constexpr int sceneSide = 256;
    const auto& [x, y, width, height] = scene.box;
    const OrderedJson record{
        { "f_path", scene.file },
        { "f_path_trans", scene.neutral },
        { "f_path_white", "" },
        { "ref_exps", OrderedJson::array({ OrderedJson::array({ x, y, x + width, y + height }) }) },
        { "width", sceneSide },
        { "height", sceneSide },
        { "caption", catalogue.caption(scene.style, story.taste.language) },
        { "cid3_english_name", "object" },
        { "sku_title_cn", product.descriptions[language] },
        { "gt_title_cn", story.target.title.text },
        { "word_list", joined(wordList(story, catalogue)) },
        { "f_ocr_path", "" },
        { "max_ratio", shortNumber(scene.maxRatio) },
        { "history_images", std::move(images) },
        { "history_titles", std::move(titles) },
        { "text_similarity", std::move(scores) },
        { "url", "" },
    };
    return record.dump();
}

std::string tasteJson(const UserStory& story, const Catalogue& catalogue, const char* split,
                      std::int64_t number)
{
    OrderedJson groups = OrderedJson::array();
    for (const GroupTaste& taste : story.taste.groups) {
        OrderedJson themes = OrderedJson::array();
        for (const Theme theme : taste.themes)
            themes.push_back(themeName(theme));
        groups.push_back({ { "primary", catalogue.styles[taste.primaryStyle] },
                           { "secondary", catalogue.styles[taste.secondaryStyle] },
                           { "manner", mannerName(taste.manner) },
                           { "themes", std::move(themes) } });
    }
    OrderedJson noise = OrderedJson::array();
    for (std::size_t i = 0; i < story.history.size(); ++i) {
        if (story.history[i].isNoise)
            noise.push_back(i);
    }
    const Scene& scene = catalogue.scenes[story.target.scene];
    const OrderedJson line{
        { "split", split },
        { "record", number }, // in that split's file, from 1
        { "user", story.user },
        { "language", story.taste.language == Language::English ? "en" : "zh" },
        { "product", catalogue.products[scene.product].id },
        { "group", catalogue.products[scene.product].group },
        { "style", catalogue.styles[scene.style] },
        { "noise_items", std::move(noise) },
        { "tastes", std::move(groups) },
    };
    return line.dump();
}

} // namespace adtailor
