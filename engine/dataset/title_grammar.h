// Composes ad titles from a product's name and selling points in a person's manner.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/taste.h"

#include <string>
#include <vector>

namespace adtailor {

struct ComposedTitle
{
    std::string text;
    std::vector<int> points; // indices of the selling points in it, as they appear
};

// Only the product's name, its points and the connectives of title_words.h are used.
ComposedTitle composeTitle(const CatalogueProduct& product, Language language,
                           const GroupTaste& taste, CounterRng& random);

} // namespace adtailor
