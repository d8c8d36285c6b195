// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/catalogue.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "dataset/selling_point.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace adtailor {

namespace {

using Json = nlohmann::json;

constexpr std::size_t maximumProducts = 100'000;
constexpr std::size_t featurePoints = 5; // the first ones; the others are shared by the category

struct Group
{
    std::string_view categories;
};
// Categories that a person shops for in the same mood.
constexpr std::array groups{
    Group{ "furniture" },          Group{ "decor outdoor" },       Group{ "kitchen food" },
    Group{ "electronics office" }, Group{ "toys fashion beauty" },
};

struct StyleWords
{
    std::string_view style, english, chinese;
};
constexpr std::array styleWords{
    StyleWords{ "beach-summer", "bright beach, blue sea, summer sun",
                "明亮沙滩，蓝色大海，夏日阳光" },
    StyleWords{ "concrete-loft", "grey concrete loft, soft window light",
                "灰色水泥空间，柔和窗光" },
    StyleWords{ "dark-luxury-gold", "dark luxury, gold rings, black marble",
                "深色奢华，金色圆环，黑色大理石" },
    StyleWords{ "festive-red", "festive red, lanterns, golden ornaments",
                "喜庆红色，灯笼，金色装饰" },
    StyleWords{ "floral-pink", "pink flowers, soft romantic light", "粉色花朵，柔和浪漫光线" },
    StyleWords{ "marble-bath", "white marble, round mirror, fresh light",
                "白色大理石，圆镜，清新光线" },
    StyleWords{ "minimal-white", "plain white, minimal, soft shadow", "纯白极简，柔和阴影" },
    StyleWords{ "nature-green", "green leaves, natural wood, daylight", "绿叶，原木，自然光" },
    StyleWords{ "neon-tech", "dark neon, glowing ring, technology mood",
                "暗色霓虹，发光圆环，科技感" },
    StyleWords{ "pastel-podium", "pastel colours, round podium, studio light",
                "柔和粉彩，圆形展台，影棚光" },
    StyleWords{ "sunset-gradient", "sunset sky, pink and violet gradient", "日落天空，粉紫渐变" },
    StyleWords{ "warm-home-wood", "warm home, wooden table, afternoon light",
                "温暖居家，木质桌面，午后阳光" },
};

int groupOf(const std::string& category)
{
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string list = " " + std::string(groups[i].categories) + " ";
        if (list.find(" " + category + " ") != std::string::npos)
            return static_cast<int>(i);
    }
    return 1;
}

// A comma inside a selling point would split it in a word list.
std::string withoutCommas(std::string text)
{
    for (std::size_t at = text.find(", "); at != std::string::npos; at = text.find(", "))
        text.replace(at, 2, " and ");
    return text;
}

std::vector<SellingPoint> readPoints(const Json& entry)
{
    const auto english = entry.at("points_en").get<std::vector<std::string>>();
    const auto chinese = entry.at("points_zh").get<std::vector<std::string>>();
    std::vector<SellingPoint> points;
    for (std::size_t i = 0; i < std::min(english.size(), chinese.size()); ++i) {
        SellingPoint point;
        point.texts = { withoutCommas(english[i]), withoutCommas(chinese[i]) };
        point.theme = themeOf(english[i]);
        point.isFeature = i < featurePoints;
        point.isNounPhrase = isNounPhrase(english[i]);
        points.push_back(std::move(point));
    }
    return points;
}

std::vector<CatalogueProduct> readProducts(const std::filesystem::path& file)
{
    const Json json = readJsonFile(file, limits::jsonFileBytes);
    if (!json.is_array() || json.empty() || json.size() > maximumProducts)
        throw Failure(ErrorCode::FileCorrupt, file.string() + " must be a list of products.");
    std::vector<CatalogueProduct> products;
    for (const Json& entry : json) {
        CatalogueProduct product;
        product.id = entry.at("id").get<std::string>();
        product.category = entry.at("category").get<std::string>();
        product.split = entry.at("split").get<std::string>();
        product.group = groupOf(product.category);
        product.names
            = { entry.at("name_en").get<std::string>(), entry.at("name_zh").get<std::string>() };
        product.descriptions = { entry.at("description_en").get<std::string>(),
                                 entry.at("description_zh").get<std::string>() };
        product.points = readPoints(entry);
        products.push_back(std::move(product));
    }
    return products;
}

int indexOf(std::vector<std::string>& names, const std::string& name)
{
    return static_cast<int>(std::ranges::find(names, name) - names.begin());
}

void readScenes(Catalogue& catalogue, const std::filesystem::path& file)
{
    std::istringstream lines(readTextFile(file, 256U << 20U));
    std::vector<std::pair<std::string, Json>> entries;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty())
            entries.emplace_back(line, parseStrictJson(line, file.string()));
    }
    for (const auto& [line, entry] : entries)
        catalogue.styles.push_back(entry.at("style").get<std::string>());
    std::ranges::sort(catalogue.styles);
    const auto repeated = std::ranges::unique(catalogue.styles);
    catalogue.styles.erase(repeated.begin(), repeated.end());

    std::vector<std::string> ids;
    for (const CatalogueProduct& product : catalogue.products)
        ids.push_back(product.id);
    for (const auto& [line, entry] : entries) {
        Scene scene;
        scene.id = entry.at("id").get<std::string>();
        scene.product = indexOf(ids, entry.at("product").get<std::string>());
        scene.style = indexOf(catalogue.styles, entry.at("style").get<std::string>());
        scene.box = entry.at("bbox").get<std::array<int, 4>>();
        scene.maxRatio = entry.at("max_ratio").get<double>();
        scene.file = entry.at("file").get<std::string>();
        scene.neutral = entry.at("neutral").get<std::string>();
        if (scene.product < static_cast<int>(ids.size()))
            catalogue.scenes.push_back(std::move(scene));
    }
}

} // namespace

std::vector<int> Catalogue::productsOf(const std::string& split) const
{
    std::vector<int> found;
    for (std::size_t i = 0; i < products.size(); ++i) {
        if (products[i].split == split)
            found.push_back(static_cast<int>(i));
    }
    return found;
}

std::vector<int> Catalogue::scenesOf(int product, int style) const
{
    const auto found = scenesByProductAndStyle.find({ product, style });
    return found != scenesByProductAndStyle.end() ? found->second : std::vector<int>{};
}

std::string Catalogue::caption(int style, Language language) const
{
    for (const StyleWords& words : styleWords) {
        if (words.style == styles[style])
            return std::string(language == Language::English ? words.english : words.chinese);
    }
    return styles[style];
}

Catalogue readCatalogue(const std::filesystem::path& source)
{
    Catalogue catalogue;
    catalogue.sceneFolder = source / "data" / "scenes";
    catalogue.groupCount = static_cast<int>(groups.size());
    try {
        catalogue.products = readProducts(source / "assets" / "catalogue.json");
        readScenes(catalogue, catalogue.sceneFolder / "index.jsonl");
    } catch (const Json::exception& error) {
        throw Failure(ErrorCode::FileCorrupt,
                      source.string() + " holds no usable catalogue: " + error.what());
    }
    return catalogue;
}

} // namespace adtailor
