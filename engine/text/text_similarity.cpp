// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/text_similarity.h"

#include "text/shopping_topics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

namespace adtailor {

namespace {

constexpr float wordWeight = 1.0F;
constexpr float tripleWeight = 0.35F;
constexpr float characterWeight = 0.4F;
constexpr float pairWeight = 1.0F;
constexpr float topicShare = 0.5F; // of the squared length, when the text names a department
constexpr std::size_t comparedBytes = 64U << 10U; // what follows in a longer text changes little

constexpr std::array<std::string_view, 36> functionWords{
    "a",   "an",   "the",   "and",  "or",   "of",   "to",     "in",   "on", "at", "for",  "with",
    "by",  "from", "is",    "are",  "it",   "its",  "this",   "that", "as", "be", "your", "you",
    "our", "any",  "every", "into", "than", "more", "thanks", "yes",  "oh", "no", "s",    "psst",
};
constexpr std::string_view functionCharacters = "的与和在了是有就呀啦你好";

// FNV-1a; `kind` keeps words, triples and pairs apart.
std::uint64_t hashOf(char kind, std::string_view text)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    const auto mix
        = [&](char byte) { hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL; };
    mix(kind);
    for (const char byte : text)
        mix(byte);
    return hash;
}

// Bytes of the character that starts here; broken UTF-8 counts as single bytes.
std::size_t characterBytes(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return std::min(size, text.size());
}

// Scripts written without spaces: from the CJK radicals on, but not punctuation or full-width
// forms.
bool isIdeograph(std::string_view character)
{
    if (character.size() == 4)
        return true;
    if (character.size() != 3)
        return false;
    const auto lead = static_cast<unsigned char>(character[0]);
    const auto second = static_cast<unsigned char>(character[1]);
    const bool punctuation = lead == 0xE3 && second == 0x80;
    return lead >= 0xE3 && lead <= 0xED && !punctuation;
}

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')
        || (byte >= 'A' && byte <= 'Z');
}

class FeatureCounter
{
public:
    void read(std::string_view text)
    {
        while (!text.empty()) {
            const std::string_view character = text.substr(0, characterBytes(text));
            if (isIdeograph(character)) {
                endWord();
                addIdeograph(character);
            } else if (character.size() == 2 || isWordByte(character[0])) {
                m_previous = {};
                addToWord(character);
            } else {
                endWord();
                m_previous = {};
            }
            text.remove_prefix(character.size());
        }
        endWord();
    }

    std::vector<std::pair<std::uint64_t, float>> normalised() const
    {
        double sum = 0;
        for (const auto& [hash, count] : m_counts)
            sum += static_cast<double>(count) * count;
        std::vector<std::pair<std::uint64_t, float>> features;
        for (const auto& [hash, count] : m_counts)
            features.emplace_back(hash, static_cast<float>(count / std::sqrt(sum)));
        return features;
    }

private:
    void addIdeograph(std::string_view character)
    {
        const bool isFunction = functionCharacters.find(character) != std::string_view::npos;
        if (!isFunction) {
            m_counts[hashOf('c', character)] += characterWeight;
            if (!m_previous.empty())
                m_counts[hashOf('p', std::string(m_previous) + std::string(character))]
                    += pairWeight;
        }
        m_previous = isFunction ? std::string_view{} : character;
    }

    void addToWord(std::string_view character)
    {
        for (const char c : character)
            m_word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }

    void endWord()
    {
        if (!m_word.empty() && std::ranges::find(functionWords, m_word) == functionWords.end()) {
            m_counts[hashOf('w', m_word)] += wordWeight;
            const std::string framed = "#" + m_word + "#";
            for (std::size_t i = 0; i + 3 <= framed.size(); ++i)
                m_counts[hashOf('t', std::string_view(framed).substr(i, 3))] += tripleWeight;
        }
        m_word.clear();
    }

    std::map<std::uint64_t, float> m_counts;
    std::string m_word;
    std::string_view m_previous; // ideograph just before
};

} // namespace

TextVector::TextVector(std::string_view utf8)
{
    const std::string_view text = utf8.substr(0, comparedBytes);
    FeatureCounter counter;
    counter.read(text);
    m_features = counter.normalised();

    const TopicCounts topics = shoppingTopics(text);
    const float length
        = std::sqrt(std::inner_product(topics.begin(), topics.end(), topics.begin(), 0.0F));
    if (length == 0)
        return;
    for (auto& [hash, weight] : m_features)
        weight *= std::sqrt(1 - topicShare);
    for (int topic = 0; topic < shoppingTopicCount; ++topic) {
        if (topics[topic] > 0)
            m_features.emplace_back(hashOf('d', std::to_string(topic)),
                                    topics[topic] / length * std::sqrt(topicShare));
    }
    std::ranges::sort(m_features);
}

float TextVector::similarity(const TextVector& other) const
{
    float sum = 0;
    auto right = other.m_features.begin();
    for (const auto& [hash, weight] : m_features) {
        while (right != other.m_features.end() && right->first < hash)
            ++right;
        if (right != other.m_features.end() && right->first == hash)
            sum += weight * right->second;
    }
    return std::min(sum, 1.0F);
}

float textSimilarity(std::string_view left, std::string_view right)
{
    return TextVector(left).similarity(TextVector(right));
}

} // namespace adtailor
