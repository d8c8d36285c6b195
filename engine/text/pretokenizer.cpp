// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/pretokenizer.h"

#include <string>

namespace adtailor {

Pretokenizer::Pretokenizer(const PretokenizerConfig& config)
    : m_addPrefixSpace(config.addPrefixSpace)
    , m_prefixStep(config.splits.size())
{
    for (const SplitPattern pattern : config.splits)
        m_splitters.emplace_back(pattern);
    if (config.useGpt2Split)
        m_splitters.emplace_back(SplitPattern::Gpt2);
}

void Pretokenizer::split(std::string_view text,
                         const std::function<void(std::string_view)>& word) const
{
    if (!text.empty())
        splitFrom(0, text, word);
}

void Pretokenizer::splitFrom(std::size_t step, std::string_view text,
                             const std::function<void(std::string_view)>& word) const
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

} // namespace adtailor
