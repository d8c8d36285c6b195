// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/bpe_model.h"

#include <queue>

#include <iterator>

namespace adtailor {

namespace {

std::uint64_t pairKey(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32U)
        | static_cast<std::uint32_t>(right);
}

constexpr std::size_t rememberedWords = 20'000; // then all are forgotten
constexpr std::size_t rememberedBytes = 64; // of a word

constexpr std::int32_t gone = -1; // the id of a symbol that was merged into its left neighbour

struct Symbol
{
    std::int32_t id = gone;
    int previous = -1, next = -1;
};

// A pair that can merge; stale once one of its symbols has changed.
struct Candidate
{
    std::uint32_t rank = 0;
    int left = 0;
    std::int32_t merged = 0;

    // The queue's top is the smallest rank, and the leftmost of equal ranks.
    bool operator<(const Candidate& other) const
    {
        return std::pair(rank, left) > std::pair(other.rank, other.left);
    }
};

} // namespace

BpeModel::BpeModel(const ByteIds& byteIds, const ByteIds& lastIds, const std::vector<Merge>& merges,
                   std::unordered_map<std::string, std::int32_t> wholeWords)
    : m_byteIds(byteIds)
    , m_lastIds(lastIds)
    , m_wholeWords(std::make_move_iterator(wholeWords.begin()),
                   std::make_move_iterator(wholeWords.end()))
{
    m_rules.reserve(merges.size());
    std::uint32_t rank = 0;
    for (const Merge& merge : merges)
        m_rules[pairKey(merge.left, merge.right)] = { rank++, merge.merged };
}

const BpeModel::Rule* BpeModel::ruleFor(std::int32_t left, std::int32_t right) const
{
    const auto found = m_rules.find(pairKey(left, right));
    return found == m_rules.end() ? nullptr : &found->second;
}

void BpeModel::encode(std::string_view word, std::vector<std::int32_t>& ids) const
{
    if (const auto whole = m_wholeWords.find(word); whole != m_wholeWords.end()) {
        ids.push_back(whole->second);
        return;
    }
    if (word.size() > rememberedBytes) {
        merge(word, ids);
        return;
    }
    auto known = m_known.find(word);
    if (known == m_known.end()) {
        if (m_known.size() >= rememberedWords)
            m_known.clear();
        known = m_known.emplace(word, std::vector<std::int32_t>()).first;
        merge(word, known->second);
    }
    ids.insert(ids.end(), known->second.begin(), known->second.end());
}

// n log n in the word's length, so that a long one does no harm.
void BpeModel::merge(std::string_view word, std::vector<std::int32_t>& ids) const
{
    std::vector<Symbol> symbols(word.size());
    std::priority_queue<Candidate> candidates;
    const auto consider = [&](int left) {
        if (left < 0 || symbols[left].next < 0)
            return;
        if (const Rule* rule = ruleFor(symbols[left].id, symbols[symbols[left].next].id))
            candidates.push({ rule->rank, left, rule->merged });
    };
    const int count = static_cast<int>(word.size());
    for (int i = 0; i < count; ++i) {
        const bool isLast = i + 1 == count;
        const auto byte = static_cast<std::uint8_t>(word[i]);
        symbols[i] = { (isLast ? m_lastIds : m_byteIds)[byte], i - 1, isLast ? -1 : i + 1 };
    }
    for (int i = 0; i + 1 < count; ++i)
        consider(i);
    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Symbol& left = symbols[best.left];
        if (left.id == gone || left.next < 0)
            continue;
        Symbol& right = symbols[left.next];
        const Rule* rule = ruleFor(left.id, right.id);
        if (rule == nullptr || rule->merged != best.merged)
            continue; // stale: one of the two has grown since
        left.id = rule->merged;
        right.id = gone;
        left.next = right.next;
        if (left.next >= 0)
            symbols[left.next].previous = best.left;
        consider(left.previous);
        consider(best.left);
    }
    for (int i = 0; i >= 0 && i < count; i = symbols[i].next)
        ids.push_back(symbols[i].id);
}

} // namespace adtailor
