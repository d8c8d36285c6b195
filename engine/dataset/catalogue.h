// The raw material of the open data set: products with their selling points, and rendered scenes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

enum class Language { English, Chinese };

// What a selling point talks about; people differ in which they want to hear first.
enum class Theme { Design, Build, Comfort, Use };
inline constexpr int themeCount = 4;

struct SellingPoint
{
    std::array<std::string, 2> texts; // by Language
    Theme theme = Theme::Design;
    bool isFeature = false; // of this product, not shared by its whole category
    bool isNounPhrase = false; // the English text can follow "with"
    const std::string& text(Language language) const { return texts[static_cast<int>(language)]; }
};

struct CatalogueProduct
{
    std::string id;
    std::string category;
    std::string split; // train, valid or test
    int group = 0; // of categories that share a taste
    std::array<std::string, 2> names;
    std::array<std::string, 2> descriptions;
    std::vector<SellingPoint> points;
};

struct Scene
{
    std::string id;
    int product = 0; // index
    int style = 0; // index
    std::array<int, 4> box{}; // x, y, width, height of the product
    double maxRatio = 1.0;
    std::string file; // JPEG
    std::string neutral; // RGBA of the product alone in studio light: the control image
};

struct Catalogue
{
    std::vector<CatalogueProduct> products;
    std::vector<std::string> styles; // sorted names
    std::vector<Scene> scenes;
    std::filesystem::path sceneFolder;
    int groupCount = 0;

    std::vector<int> productsOf(const std::string& split) const;
    // Scenes of one product in one style; often one or two.
    std::vector<int> scenesOf(int product, int style) const;
    // The words that describe a style's background, for captions.
    std::string caption(int style, Language language) const;

    std::map<std::pair<int, int>, std::vector<int>> scenesByProductAndStyle;
};

// Reads <source>/assets/catalogue.json and <source>/data/scenes/index.jsonl; throws Failure.
Catalogue readCatalogue(const std::filesystem::path& source);

} // namespace adtailor
