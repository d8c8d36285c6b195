// KeptParts: what a preference profile says to people: weight of each click, kept words, palette.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/preference.h>

#include <QColor>
#include <QImage>
#include <QString>

#include <vector>

namespace adtailor {

struct KeptWord
{
    QString text; // with the blank before it, as the model read it
    float weight = 0; // 0: dropped; else relative to the largest of all titles
};

struct KeptItem
{
    int place = 0; // reading order, from 1
    int historyIndex = 0;
    double weight = 0; // share of all that was kept, picture and title counting alike; sums to 1
    int keptPatches = 0, patches = 0;
    int keptWords = 0;
    std::vector<KeptWord> words;
};

struct KeptParts
{
    std::vector<KeptItem> items; // in reading order
    int keptPatches = 0, patches = 0;
    int keptWords = 0, words = 0;
};

// Tokens are joined to words: one begins at each blank and at each Chinese character.
KeptParts keptParts(const PreferenceProfile& profile);

struct Swatch
{
    QColor color;
    double share = 0; // of the kept weight; all sum to 1
};

// The colours of the kept patches, largest first. pictures: of the profile's items, by their order
// there. Deterministic: k-means from the most distant starts.
std::vector<Swatch> keptPalette(const PreferenceProfile& profile,
                                const std::vector<QImage>& pictures, int most = 5);

} // namespace adtailor
