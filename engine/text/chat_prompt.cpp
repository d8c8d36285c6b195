// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/chat_prompt.h"

#include "core/failure.h"
#include "core/utf8.h"

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

constexpr std::string_view thoughtOpen = "<think>", thoughtClose = "</think>";
constexpr std::string_view qwenSystem
    = "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful "
      "assistant.<|im_end|>\n";

// What stands before and after the user's words.
std::array<std::string, 2> turns(ChatTemplate kind, bool thinks)
{
    const std::string user = "<|im_start|>user\n";
    const std::string answer = "<|im_end|>\n<|im_start|>assistant\n";
    switch (kind) {
    case ChatTemplate::Qwen25:
        return { std::string(qwenSystem) + user, answer };
    case ChatTemplate::Qwen3:
        return { user, thinks ? answer : answer + "<think>\n\n</think>\n\n" };
    case ChatTemplate::DeepSeekR1:
        break;
    }
    return { "<\uFF5Cbegin\u2581of\u2581sentence\uFF5C><\uFF5CUser\uFF5C>",
             "<\uFF5CAssistant\uFF5C><think>\n" };
}

std::vector<const char*> templateTokens(ChatTemplate kind)
{
    if (kind == ChatTemplate::DeepSeekR1)
        return { "<\uFF5Cbegin\u2581of\u2581sentence\uFF5C>", "<\uFF5CUser\uFF5C>",
                 "<\uFF5CAssistant\uFF5C>" };
    return { "<|im_start|>", "<|im_end|>" };
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string_view unquoted(std::string_view line)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> quotes{
        { { "\"", "\"" },
          { "'", "'" },
          { "**", "**" },
          { "\u201C", "\u201D" },
          { "\u300A", "\u300B" },
          { "\u300C", "\u300D" },
          { "\u3010", "\u3011" } }
    };
    for (const auto& [open, close] : quotes) {
        if (line.size() >= open.size() + close.size() && line.starts_with(open)
            && line.ends_with(close))
            return unquoted(
                trimmed(line.substr(open.size(), line.size() - open.size() - close.size())));
    }
    return line;
}

} // namespace

std::string questionText(const TitleQuestion& question)
{
    std::string text = "Write the title of an advertisement, in the language of the product's "
                       "description and in one line.\nProduct: "
        + question.description;
    if (!question.sellingPoints.empty()) {
        text += "\nSelling points: ";
        for (std::size_t i = 0; i < question.sellingPoints.size(); ++i)
            text += (i > 0 ? ", " : "") + question.sellingPoints[i];
    }
    if (!question.historyTitles.empty()) {
        text += "\nTitles that this person clicked before; write in the style that they show:";
        for (const std::string& title : question.historyTitles)
            text += "\n- " + title;
    }
    return text + "\nAnswer with the title alone.";
}

std::vector<std::int32_t> chatTokens(const BpeTokenizer& tokenizer, ChatTemplate kind,
                                     std::string_view text, bool thinks)
{
    for (const char* token : templateTokens(kind)) {
        if (!tokenizer.idOf(token))
            throw Failure(ErrorCode::ModelMismatch,
                          std::string("The tokenizer has no token ") + token
                              + ", which the model's turns are made of: use the tokenizer.json "
                                "that was published with the model.");
    }
    const auto [before, after] = turns(kind, thinks);
    return tokenizer.encode(before + tokenizer.withoutAddedTokens(text) + after);
}

std::string titleInAnswer(std::string_view answer, bool opensInThought)
{
    if (const auto end = answer.rfind(thoughtClose); end != std::string_view::npos)
        answer.remove_prefix(end + thoughtClose.size());
    else if (opensInThought || trimmed(answer).starts_with(thoughtOpen))
        return {};
    const std::string_view rest = trimmed(answer);
    std::string title
        = repairedUtf8(unquoted(trimmed(rest.substr(0, std::min(rest.find('\n'), rest.size())))));
    std::replace_if(
        title.begin(), title.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; },
        ' ');
    return title;
}

} // namespace adtailor
