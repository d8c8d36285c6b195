// Pretokenizer: cuts text into the words that BPE merges within.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/split_pattern.h"

#include <functional>
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
    explicit Pretokenizer(const PretokenizerConfig& config);

    // text: well-formed UTF-8. The pieces are valid during the call only.
    void split(std::string_view text, const std::function<void(std::string_view)>& word) const;

private:
    void splitFrom(std::size_t step, std::string_view text,
                   const std::function<void(std::string_view)>& word) const;

    std::vector<TextSplitter> m_splitters;
    bool m_addPrefixSpace = false;
    std::size_t m_prefixStep = 0; // the splitters before it see the text without added spaces
};

} // namespace adtailor
