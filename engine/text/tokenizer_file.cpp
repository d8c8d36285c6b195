// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokenizer_file.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

#include <unordered_set>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr std::size_t addedTokenBytes = 256;

class Parser
{
public:
    explicit Parser(const std::string& file)
        : m_file(file)
    {
    }

    TokenizerFile parse(const json& root)
    {
        if (!root.is_object())
            damaged("it is not an object");
        readModel(object(root, "model"));
        readAddedTokens(member(root, "added_tokens"));
        checkIds();
        checkNormalizer(member(root, "normalizer"));
        readPretokenizer(object(root, "pre_tokenizer"));
        checkDecoder(member(root, "decoder"));
        readPostProcessor(member(root, "post_processor"));
        return std::move(m_result);
    }

private:
    [[noreturn]] void damaged(const std::string& reason) const
    {
        throw Failure(ErrorCode::FileCorrupt,
                      m_file + " is damaged: " + reason + ". Get the tokenizer.json again.");
    }
    [[noreturn]] void unsupported(const std::string& what) const
    {
        throw Failure(
            ErrorCode::ModelMismatch,
            m_file + " needs " + what
                + ", which is not supported: use the tokenizer.json of a Janus or AdTailor "
                  "model.");
    }

    // Missing members read as null.
    static const json& member(const json& parent, const char* name)
    {
        static const json null;
        const auto found = parent.find(name);
        return found == parent.end() ? null : *found;
    }
    const json& object(const json& parent, const char* name) const
    {
        const json& value = member(parent, name);
        if (!value.is_object())
            damaged(std::string("\"") + name + "\" is missing or not an object");
        return value;
    }
    const std::string& text(const json& parent, const char* name) const
    {
        const json& value = member(parent, name);
        if (!value.is_string())
            damaged(std::string("\"") + name + "\" is missing or not a text");
        return value.get_ref<const std::string&>();
    }
    bool flag(const json& parent, const char* name, bool fallback) const
    {
        const json& value = member(parent, name);
        if (value.is_null())
            return fallback;
        if (!value.is_boolean())
            damaged(std::string("\"") + name + "\" is not true or false");
        return value.get<bool>();
    }
    std::int32_t id(const json& value, const std::string& token) const
    {
        if (!value.is_number_unsigned()
            || value.get<std::uint64_t>() >= limits::tokenizerVocabulary)
            damaged("the id of \"" + token.substr(0, 80) + "\" is not a small whole number");
        return value.get<std::int32_t>();
    }
    static bool isEmpty(const json& value) { return value.is_null() || value == ""; }

    void readModel(const json& model)
    {
        if (text(model, "type") != "BPE")
            unsupported("the token model \"" + text(model, "type").substr(0, 40) + '"');
        const json& dropout = member(model, "dropout");
        if (!dropout.is_null() && dropout != 0)
            unsupported("BPE dropout");
        if (!isEmpty(member(model, "continuing_subword_prefix"))
            || !isEmpty(member(model, "end_of_word_suffix")))
            unsupported("marks inside words");
        if (flag(model, "byte_fallback", false))
            unsupported("byte fallback");
        m_result.wordsBeforeMerges = flag(model, "ignore_merges", false);
        const json& vocabulary = object(model, "vocab");
        if (vocabulary.size() > limits::tokenizerVocabulary)
            damaged("its vocabulary is too large");
        m_result.vocabulary.reserve(vocabulary.size());
        for (const auto& [token, value] : vocabulary.items())
            m_result.vocabulary.emplace(token, id(value, token));
        readMerges(member(model, "merges"));
    }

    void readMerges(const json& merges)
    {
        if (!merges.is_array() || merges.size() > limits::tokenizerVocabulary)
            damaged("\"merges\" is missing, not a list, or too long");
        m_result.merges.reserve(merges.size());
        for (const json& merge : merges) {
            if (merge.is_array() && merge.size() == 2 && merge[0].is_string()
                && merge[1].is_string())
                addMerge(merge[0].get<std::string>(), merge[1].get<std::string>());
            else if (merge.is_string())
                addSpacedMerge(merge.get_ref<const std::string&>());
            else
                damaged("a merge is not a pair of tokens");
        }
    }

    void addSpacedMerge(const std::string& merge) // no token holds a space: it is U+0120 there
    {
        const auto space = merge.find(' ');
        if (space == std::string::npos || merge.find(' ', space + 1) != std::string::npos)
            damaged("a merge is not a pair of tokens");
        addMerge(merge.substr(0, space), merge.substr(space + 1));
    }

    void addMerge(const std::string& left, const std::string& right)
    {
        m_result.merges.push_back(
            { vocabularyId(left), vocabularyId(right), vocabularyId(left + right) });
    }

    std::int32_t vocabularyId(const std::string& token) const
    {
        const auto found = m_result.vocabulary.find(token);
        if (found == m_result.vocabulary.end())
            damaged("a merge uses \"" + token.substr(0, 80) + "\", which is not in the vocabulary");
        return found->second;
    }

    void readAddedTokens(const json& tokens)
    {
        if (tokens.is_null())
            return;
        if (!tokens.is_array() || tokens.size() > limits::tokenizerVocabulary)
            damaged("\"added_tokens\" is not a list, or too long");
        for (const json& token : tokens) {
            if (!token.is_object())
                damaged("an added token is not an object");
            const std::string& content = text(token, "content");
            if (content.empty() || content.size() > addedTokenBytes)
                damaged("an added token is empty or too long");
            if (flag(token, "single_word", false) || flag(token, "lstrip", false)
                || flag(token, "rstrip", false))
                unsupported("added tokens that depend on the spaces around them");
            const bool normalized = flag(token, "normalized", !flag(token, "special", false));
            m_result.addedTokens.push_back(
                { content, id(member(token, "id"), content), normalized });
        }
    }

    // Every id from 0 to the largest names exactly one text.
    void checkIds() const
    {
        std::unordered_map<std::int32_t, std::string> texts;
        std::unordered_set<std::string> addedTexts;
        std::int32_t largest = -1;
        const auto add = [&](const std::string& token, std::int32_t number) {
            const auto [known, isNew] = texts.try_emplace(number, token);
            if (!isNew && known->second != token)
                damaged("the id " + std::to_string(number) + " is given twice");
            largest = std::max(largest, number);
        };
        for (const auto& [token, number] : m_result.vocabulary)
            add(token, number);
        for (const auto& token : m_result.addedTokens) {
            if (!addedTexts.insert(token.text).second)
                damaged("an added token appears twice");
            const auto known = m_result.vocabulary.find(token.text);
            if (known != m_result.vocabulary.end() && known->second != token.id)
                damaged("the token \"" + token.text + "\" has two ids");
            add(token.text, token.id);
        }
        if (texts.size() != static_cast<std::size_t>(largest) + 1)
            damaged("its ids have gaps");
    }

    void checkNormalizer(const json& normalizer) const
    {
        const bool none = normalizer.is_null()
            || (normalizer.is_object() && member(normalizer, "type") == "Sequence"
                && member(normalizer, "normalizers") == json::array());
        if (!none)
            unsupported("text normalisation");
    }

    void readPretokenizer(const json& pretokenizer)
    {
        const bool isSequence = text(pretokenizer, "type") == "Sequence";
        const json& steps = isSequence ? member(pretokenizer, "pretokenizers") : pretokenizer;
        if (isSequence && (!steps.is_array() || steps.empty() || steps.size() > 16))
            damaged("\"pretokenizers\" is not a short list");
        const std::size_t count = isSequence ? steps.size() : 1;
        for (std::size_t i = 0; i < count; ++i) {
            const json& step = isSequence ? steps[i] : pretokenizer;
            if (!step.is_object())
                damaged("a pre-tokenizer is not an object");
            readPretokenizerStep(step, i + 1 == count);
        }
    }

    void readPretokenizerStep(const json& step, bool isLast)
    {
        const std::string& type = text(step, "type");
        if (isLast != (type == "ByteLevel"))
            unsupported("pre-tokenizers that do not end with ByteLevel");
        if (type == "ByteLevel") {
            m_result.pretokenizer.addPrefixSpace = flag(step, "add_prefix_space", true);
            m_result.pretokenizer.useGpt2Split = flag(step, "use_regex", true);
        } else if (type == "Digits") {
            m_result.pretokenizer.splits.push_back(flag(step, "individual_digits", false)
                                                       ? SplitPattern::Digit
                                                       : SplitPattern::Digits);
        } else if (type == "Split") {
            if (text(step, "behavior") != "Isolated" || flag(step, "invert", false))
                unsupported("a split other than \"Isolated\"");
            const std::string& spelling = text(object(step, "pattern"), "Regex");
            const auto pattern = splitPattern(spelling);
            if (!pattern)
                unsupported("the unknown split expression \"" + spelling.substr(0, 80) + '"');
            m_result.pretokenizer.splits.push_back(*pattern);
        } else {
            unsupported("the pre-tokenizer \"" + type.substr(0, 40) + '"');
        }
    }

    void checkDecoder(const json& decoder) const
    {
        const json& steps = member(decoder.is_object() ? decoder : json::object(), "decoders");
        const json& step = steps.is_array() && steps.size() == 1 ? steps[0] : decoder;
        if (!step.is_object() || member(step, "type") != "ByteLevel")
            unsupported("a decoder other than ByteLevel");
    }

    void readPostProcessor(const json& processor)
    {
        if (processor.is_null())
            return;
        if (!processor.is_object())
            damaged("\"post_processor\" is not an object");
        const std::string& type = text(processor, "type");
        if (type == "Sequence") {
            const json& steps = member(processor, "processors");
            if (!steps.is_array() || steps.size() > 16)
                damaged("\"processors\" is not a short list");
            for (const json& step : steps) {
                if (step.is_object() && member(step, "type") == "Sequence")
                    unsupported("post-processors inside each other");
                readPostProcessor(step);
            }
        } else if (type == "TemplateProcessing") {
            readTemplate(member(processor, "single"));
        } else if (type != "ByteLevel") {
            unsupported("the post-processor \"" + type.substr(0, 40) + '"');
        }
    }

    void readTemplate(const json& parts)
    {
        if (!parts.is_array() || parts.size() > 16)
            damaged("the post-processor's template is not a short list");
        for (const json& part : parts) {
            if (part.is_object() && part.contains("Sequence"))
                return; // what follows the text is not ours: it goes on after it
            if (!part.is_object() || !member(part, "SpecialToken").is_object())
                damaged("the post-processor's template is not understood");
            m_result.prefixTokens.push_back(text(part["SpecialToken"], "id"));
        }
    }

    const std::string& m_file;
    TokenizerFile m_result;
};

} // namespace

TokenizerFile parseTokenizerFile(std::string_view text, const std::string& file)
{
    if (text.size() > limits::tokenizerFileBytes)
        throw Failure(ErrorCode::InvalidInput, file + " is larger than 64 MiB.");
    // A vocabulary entry and a merge of three values each.
    const json root = parseStrictJson(text, file, { .values = 4 * limits::tokenizerVocabulary });
    return Parser(file).parse(root);
}

} // namespace adtailor
