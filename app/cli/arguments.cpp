// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"

#include "core/failure.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace adtailor::cli {

namespace {

[[noreturn]] void refuseUsage(const std::string& command, const std::string& problem)
{
    throw Failure(ErrorCode::InvalidInput,
                  problem + " See adtailor " + command + " --help for what is known.");
}

template<typename Number> std::optional<Number> parse(const std::string& text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string optionColumn(const Option& option)
{
    return "  --" + option.name + (option.value.empty() ? "" : " " + option.value);
}

} // namespace

std::string helpText(const CommandHelp& command)
{
    std::string text = command.summary + "\n\nUsage: adtailor " + command.usage + "\n";
    std::size_t width = 0;
    for (const Option& option : command.options)
        width = std::max(width, optionColumn(option).size());
    if (!command.options.empty())
        text += "\nOptions:\n";
    for (const Option& option : command.options) {
        std::string column = optionColumn(option);
        column.resize(width + 2, ' ');
        text += column + option.help + (option.repeats ? " (may be given again)" : "") + "\n";
    }
    if (!command.examples.empty())
        text += "\nExamples:\n";
    for (const std::string& example : command.examples)
        text += "  adtailor " + example + "\n";
    return text;
}

Arguments::Arguments(const CommandHelp& command, const std::vector<std::string>& words)
    : m_command(command.name)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--") {
            m_positionals.insert(m_positionals.end(), words.begin() + i + 1, words.end());
            return;
        }
        if (!words[i].starts_with("--")) {
            m_positionals.push_back(words[i]);
            continue;
        }
        const std::size_t equals = words[i].find('=');
        const std::string name
            = words[i].substr(2, equals == std::string::npos ? equals : equals - 2);
        const auto option = std::find_if(command.options.begin(), command.options.end(),
                                         [&](const Option& known) { return known.name == name; });
        if (option == command.options.end())
            refuseUsage(m_command, "There is no option --" + name + ".");
        std::string value;
        if (equals != std::string::npos)
            value = words[i].substr(equals + 1);
        else if (!option->value.empty() && i + 1 < words.size() && !words[i + 1].starts_with("--"))
            value = words[++i];
        else if (!option->value.empty())
            refuseUsage(m_command,
                        "The option --" + name + " needs a value (" + option->value + ").");
        if (option->value.empty() && equals != std::string::npos)
            refuseUsage(m_command, "The option --" + name + " takes no value.");
        if (!option->repeats && m_values.contains(name))
            refuseUsage(m_command, "The option --" + name + " is given twice.");
        m_values[name].push_back(value);
    }
}

bool Arguments::has(const std::string& name) const
{
    return m_values.contains(name);
}

std::optional<std::string> Arguments::text(const std::string& name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.front());
}

std::string Arguments::textOr(const std::string& name, const std::string& fallback) const
{
    return text(name).value_or(fallback);
}

std::vector<std::string> Arguments::all(const std::string& name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::filesystem::path> Arguments::path(const std::string& name) const
{
    const auto value = text(name);
    if (!value)
        return std::nullopt;
    if (value->empty())
        refuse(name, "the path of a file or folder");
    return std::filesystem::path(*value);
}

double Arguments::numberOr(const std::string& name, double fallback) const
{
    const auto value = text(name);
    if (!value)
        return fallback;
    const auto number = parse<double>(*value);
    if (!number || !std::isfinite(*number))
        refuse(name, "a number");
    return *number;
}

std::int64_t Arguments::integerOr(const std::string& name, std::int64_t fallback) const
{
    const auto value = text(name);
    if (!value)
        return fallback;
    const auto number = parse<std::int32_t>(*value);
    if (!number)
        refuse(name, "a whole number");
    return *number;
}

std::uint64_t Arguments::unsignedOr(const std::string& name, std::uint64_t fallback) const
{
    const auto value = text(name);
    if (!value)
        return fallback;
    const auto number = parse<std::uint64_t>(*value);
    if (!number)
        refuse(name, "a whole number that is not negative");
    return *number;
}

std::size_t Arguments::choiceOr(const std::string& name, const std::vector<std::string>& choices,
                                std::size_t fallback) const
{
    const auto value = text(name);
    if (!value)
        return fallback;
    const auto found = std::find(choices.begin(), choices.end(), *value);
    if (found == choices.end()) {
        std::string list;
        for (const std::string& choice : choices)
            list += (list.empty() ? "" : ", ") + choice;
        refuse(name, "one of " + list);
    }
    return static_cast<std::size_t>(found - choices.begin());
}

void Arguments::allowPositionals(std::size_t most) const
{
    if (m_positionals.size() > most)
        refuseUsage(m_command,
                    "The word \"" + m_positionals[most].substr(0, 80) + "\" is not expected here.");
}

void Arguments::refuse(const std::string& name, const std::string& expected) const
{
    refuseUsage(m_command,
                "The option --" + name + " must be " + expected + ", not \""
                    + text(name).value_or("").substr(0, 80) + "\".");
}

} // namespace adtailor::cli
