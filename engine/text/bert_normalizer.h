// BertNormalizer: text as BERT reads it: without control characters, accents and capitals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

struct BertNormalizerOptions
{
    bool cleansText = true; // drops control characters, makes every white space a blank
    bool separatesChinese = true; // a blank on both sides of each Chinese character
    bool stripsAccents = true;
    bool lowersCase = true;
};

class BertNormalizer
{
public:
    explicit BertNormalizer(const BertNormalizerOptions& options)
        : m_options(options)
    {
    }

    // text: well-formed UTF-8. Marks that have no base and are kept stay in their order: no
    // vocabulary knows them.
    std::string normalize(std::string_view text) const;

private:
    void clean(char32_t c, std::string& out) const;
    void separate(char32_t c, std::string& out) const;
    void strip(char32_t c, std::string& out) const;
    void lower(char32_t c, std::string& out) const;

    BertNormalizerOptions m_options;
};

// BertPreTokenizer: the words between white space, and each punctuation mark by itself.
std::vector<std::string_view> bertWords(std::string_view normalized);

} // namespace adtailor
