// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/bpe_file.h"

#include "core/limits.h"
#include "text/tokenizer_json.h"

namespace adtailor {

namespace {

class BpeFileParser : TokenizerJson
{
public:
    explicit BpeFileParser(const std::string& file)
        : TokenizerJson(file, "use the tokenizer.json that was published with the model")
    {
    }

    BpeFile parse(const json& root)
    {
        if (!root.is_object())
            damaged("it is not an object");
        readModel(object(root, "model"));
        m_result.addedTokens = addedTokens(member(root, "added_tokens"));
        checkIds(m_result.vocabulary, m_result.addedTokens);
        readNormalizer(member(root, "normalizer"));
        readPretokenizer(object(root, "pre_tokenizer"));
        checkDecoder(member(root, "decoder"));
        readPostProcessor(member(root, "post_processor"));
        return std::move(m_result);
    }

private:
    static bool isEmpty(const json& value) { return value.is_null() || value == ""; }

    void readModel(const json& model)
    {
        if (text(model, "type") != "BPE")
            unsupported("the token model \"" + text(model, "type").substr(0, 40) + '"');
        const json& dropout = member(model, "dropout");
        if (!dropout.is_null() && dropout != 0)
            unsupported("BPE dropout");
        if (!isEmpty(member(model, "continuing_subword_prefix")))
            unsupported("marks inside words");
        if (!isEmpty(member(model, "end_of_word_suffix")))
            m_result.wordEnd = text(model, "end_of_word_suffix").substr(0, 16);
        if (flag(model, "byte_fallback", false))
            unsupported("byte fallback");
        m_result.wordsBeforeMerges = flag(model, "ignore_merges", false);
        m_result.vocabulary = vocabulary(model);
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

    void readNormalizer(const json& normalizer)
    {
        if (normalizer.is_null())
            return;
        if (!normalizer.is_object())
            damaged("\"normalizer\" is not an object");
        if (text(normalizer, "type") != "Sequence")
            return readNormalizerStep(normalizer);
        const json& steps = member(normalizer, "normalizers");
        if (!steps.is_array() || steps.size() > 16)
            damaged("\"normalizers\" is not a short list");
        for (const json& step : steps)
            readNormalizerStep(step.is_object() ? step : json::object());
    }

    void readNormalizerStep(const json& step)
    {
        const std::string& type = text(step, "type");
        const bool isBlanks = type == "Replace" && member(step, "content") == " "
            && member(step, "pattern") == json::object({ { "Regex", "\\s+" } });
        if (type == "NFC" && !m_result.lowersCase)
            m_result.composes = true;
        else if (type == "Lowercase")
            m_result.lowersCase = true;
        else if (isBlanks)
            m_result.joinsSpaces = true;
        else
            unsupported("the text normalisation \"" + type.substr(0, 40) + '"');
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
            readSplit(step);
        } else {
            unsupported("the pre-tokenizer \"" + type.substr(0, 40) + '"');
        }
    }

    void readSplit(const json& step)
    {
        const std::string& spelling = text(object(step, "pattern"), "Regex");
        const auto pattern = splitPattern(spelling);
        if (!pattern)
            unsupported("the unknown split expression \"" + spelling.substr(0, 80) + '"');
        const bool keepsMatchesOnly = pattern == SplitPattern::Clip;
        if (text(step, "behavior") != (keepsMatchesOnly ? "Removed" : "Isolated")
            || flag(step, "invert", false) != keepsMatchesOnly)
            unsupported("another split of \"" + spelling.substr(0, 80) + '"');
        m_result.pretokenizer.splits.push_back(*pattern);
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
        } else if (type == "RobertaProcessing") {
            const json& first = member(processor, "cls");
            if (!first.is_array() || first.size() != 2 || !first[0].is_string())
                damaged("\"cls\" of the post-processor is not a token with its id");
            m_result.prefixTokens.push_back(first[0].get<std::string>());
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

    BpeFile m_result;
};

} // namespace

BpeFile parseBpeFile(std::string_view text, const std::string& file)
{
    return BpeFileParser(file).parse(parseTokenizerJson(text, file));
}

} // namespace adtailor
