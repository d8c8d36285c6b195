// Pretokenizer: cuts text into the words that BPE merges within.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/split_pattern.h"

#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

struct PretokenizerConfig
{
    std::vector<SplitPattern> splits; // each cuts the pieces of the one before
    bool addPrefixSpace = false; // in front of every piece that does not start with one
    bool useGpt2Split = false; // last
};

class Pretokenizer
{
public:
    explicit Pretokenizer(const PretokenizerConfig& config)
        : m_addPrefixSpace(config.addPrefixSpace)
        , m_prefixStep(config.splits.size())
    {
        for (const SplitPattern pattern : config.splits)
            m_splitters.emplace_back(pattern);
        if (config.useGpt2Split)
            m_splitters.emplace_back(SplitPattern::Gpt2);
    }

    // text: well-formed UTF-8. Calls word(std::string_view), which is valid during the call only.
    template<typename Word> void split(std::string_view text, const Word& word) const
    {
        if (!text.empty())
            splitFrom(0, text, word);
    }

private:
    template<typename Word>
    void splitFrom(std::size_t step, std::string_view text, const Word& word) const
    {
        std::string prefixed;
        if (step == m_prefixStep && m_addPrefixSpace && !text.starts_with(' ')) {
            prefixed = ' ' + std::string(text);
            text = prefixed;
        }
        if (step == m_splitters.size()) {
            word(text);
            return;
        }
        m_splitters[step].split(text,
                                [&](std::string_view piece) { splitFrom(step + 1, piece, word); });
    }

    std::vector<TextSplitter> m_splitters;
    bool m_addPrefixSpace = false;
    std::size_t m_prefixStep = 0; // the splitters before it see the text without added spaces
};

} // namespace adtailor
