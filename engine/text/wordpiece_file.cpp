// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/wordpiece_file.h"

#include "core/limits.h"
#include "core/utf8.h"

namespace adtailor {

namespace {

constexpr std::size_t longestWordLimit = 10'000; // a word takes quadratic time
constexpr const char* remedy = "use the files of a BERT sentence encoder";

class WordPieceFileParser : TokenizerJson
{
public:
    explicit WordPieceFileParser(const std::string& file)
        : TokenizerJson(file, remedy)
    {
    }

    WordPieceFile parse(const json& root)
    {
        if (!root.is_object())
            damaged("it is not an object");
        readModel(object(root, "model"));
        m_result.addedTokens = addedTokens(member(root, "added_tokens"));
        readNormalizer(object(root, "normalizer"));
        const std::string& words = text(object(root, "pre_tokenizer"), "type");
        if (words != "BertPreTokenizer")
            unsupported("the pre-tokenizer \"" + words.substr(0, 40) + '"');
        readDecoder(member(root, "decoder"));
        readPostProcessor(member(root, "post_processor"));
        return finish();
    }

    WordPieceFile parseText(std::string_view vocabulary, const json& config)
    {
        readLines(vocabulary);
        if (!config.is_object())
            damaged("its tokenizer_config.json is not an object");
        m_result.normalizer.lowersCase = flag(config, "do_lower_case", true);
        m_result.normalizer.separatesChinese = flag(config, "tokenize_chinese_chars", true);
        m_result.normalizer.stripsAccents
            = flag(config, "strip_accents", m_result.normalizer.lowersCase);
        if (!flag(config, "do_basic_tokenize", true))
            unsupported("WordPiece without BERT's own splitting");
        m_result.unknownToken = specialToken(config, "unk_token", "[UNK]");
        m_result.before = { specialToken(config, "cls_token", "[CLS]") };
        m_result.after = { specialToken(config, "sep_token", "[SEP]") };
        addSpecialTokens(config);
        return finish();
    }

private:
    void readModel(const json& model)
    {
        if (text(model, "type") != "WordPiece")
            unsupported("the token model \"" + text(model, "type").substr(0, 40) + '"');
        m_result.unknownToken = text(model, "unk_token");
        m_result.continuation = text(model, "continuing_subword_prefix");
        const json& longest = member(model, "max_input_chars_per_word");
        if (!longest.is_number_unsigned() || longest.get<std::uint64_t>() > longestWordLimit)
            damaged("\"max_input_chars_per_word\" is not a small whole number");
        m_result.longestWord = longest.get<std::size_t>();
        m_result.vocabulary = vocabulary(model);
    }

    void readNormalizer(const json& normalizer)
    {
        const std::string& type = text(normalizer, "type");
        if (type != "BertNormalizer")
            unsupported("the normalizer \"" + type.substr(0, 40) + '"');
        BertNormalizerOptions& options = m_result.normalizer;
        options.cleansText = flag(normalizer, "clean_text", true);
        options.separatesChinese = flag(normalizer, "handle_chinese_chars", true);
        options.lowersCase = flag(normalizer, "lowercase", true);
        options.stripsAccents = flag(normalizer, "strip_accents", options.lowersCase);
    }

    void readDecoder(const json& decoder)
    {
        if (!decoder.is_object() || text(decoder, "type") != "WordPiece"
            || text(decoder, "prefix") != m_result.continuation)
            unsupported("a decoder other than WordPiece");
        m_result.tidiesDecoded = flag(decoder, "cleanup", true);
    }

    void readPostProcessor(const json& processor)
    {
        if (!processor.is_object())
            damaged("\"post_processor\" is missing or not an object");
        const std::string& type = text(processor, "type");
        if (type == "BertProcessing") {
            m_result.before = { pairText(processor, "cls") };
            m_result.after = { pairText(processor, "sep") };
        } else if (type == "TemplateProcessing") {
            readTemplate(member(processor, "single"));
        } else {
            unsupported("the post-processor \"" + type.substr(0, 40) + '"');
        }
    }

    std::string pairText(const json& processor, const char* name) const // ["[CLS]", 101]
    {
        const json& pair = member(processor, name);
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string())
            damaged(std::string("\"") + name + "\" is not a token with its id");
        return pair[0].get<std::string>();
    }

    void readTemplate(const json& parts)
    {
        if (!parts.is_array() || parts.size() > 16)
            damaged("the post-processor's template is not a short list");
        m_result.before.clear();
        m_result.after.clear();
        bool isBehind = false;
        for (const json& part : parts) {
            if (part.is_object() && part.contains("Sequence") && !isBehind)
                isBehind = true;
            else if (part.is_object() && member(part, "SpecialToken").is_object())
                (isBehind ? m_result.after : m_result.before)
                    .push_back(text(part["SpecialToken"], "id"));
            else
                damaged("the post-processor's template is not understood");
        }
        if (!isBehind)
            damaged("the post-processor's template has no place for the text");
    }

    void readLines(std::string_view content)
    {
        std::int32_t line = 0;
        for (std::size_t start = 0; start < content.size(); ++line) {
            const std::size_t end = std::min(content.find('\n', start), content.size());
            std::string_view token = content.substr(start, end - start);
            if (token.ends_with('\r'))
                token.remove_suffix(1);
            const std::string where = "line " + std::to_string(line + 1);
            if (line >= static_cast<std::int32_t>(limits::tokenizerVocabulary))
                damaged("its vocabulary is too large");
            if (token.empty())
                damaged(where + " is empty");
            if (repairedUtf8(token) != token || token.find('\0') != std::string_view::npos)
                damaged(where + " is not text");
            if (!m_result.vocabulary.emplace(token, line).second)
                damaged(where + " repeats the token \"" + std::string(token.substr(0, 80)) + '"');
            start = end + 1;
        }
    }

    // "[UNK]", or an object that says more about it.
    std::string specialToken(const json& config, const char* name, const char* fallback) const
    {
        const json& token = member(config, name);
        if (token.is_object())
            return text(token, "content");
        return token.is_null() ? fallback : text(config, name);
    }

    void addSpecialTokens(const json& config)
    {
        for (const auto& [name, fallback] : { std::pair{ "unk_token", "[UNK]" },
                                              { "sep_token", "[SEP]" },
                                              { "pad_token", "[PAD]" },
                                              { "cls_token", "[CLS]" },
                                              { "mask_token", "[MASK]" } }) {
            const std::string token = specialToken(config, name, fallback);
            const auto found = m_result.vocabulary.find(token);
            if (found != m_result.vocabulary.end() && !token.empty())
                m_result.addedTokens.push_back({ .text = token, .id = found->second });
        }
    }

    WordPieceFile finish()
    {
        checkIds(m_result.vocabulary, m_result.addedTokens);
        std::vector<std::string> needed{ m_result.unknownToken };
        needed.insert(needed.end(), m_result.before.begin(), m_result.before.end());
        needed.insert(needed.end(), m_result.after.begin(), m_result.after.end());
        for (const std::string& token : needed) {
            if (!m_result.vocabulary.contains(token))
                damaged("its vocabulary lacks \"" + token.substr(0, 80) + '"');
        }
        return std::move(m_result);
    }

    WordPieceFile m_result;
};

} // namespace

WordPieceFile parseWordPieceFile(std::string_view text, const std::string& file)
{
    return WordPieceFileParser(file).parse(parseTokenizerJson(text, file));
}

WordPieceFile parseVocabulary(std::string_view vocabulary, const std::string& file,
                              std::string_view config, const std::string& configFile)
{
    return WordPieceFileParser(file).parseText(
        vocabulary,
        config.empty() ? nlohmann::json::object() : parseTokenizerJson(config, configFile));
}

bool isWordPiece(std::string_view text, const std::string& file)
{
    const auto root = parseTokenizerJson(text, file);
    const auto model = root.is_object() ? root.find("model") : root.end();
    return model != root.end() && model->is_object() && model->value("type", "") == "WordPiece";
}

} // namespace adtailor
