// Arguments: the options of one command, checked against the list that its help text comes from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adtailor::cli {

struct Option
{
    std::string name; // without the leading dashes
    std::string value; // placeholder in the help text, "FILE"; empty = a flag
    std::string help;
    bool repeats = false;
};

struct CommandHelp
{
    std::string name;
    std::string usage; // after "adtailor ", for example "generate [OPTIONS]"
    std::string summary;
    std::vector<Option> options;
    std::vector<std::string> examples; // without the leading "adtailor "
};

// The text of `adtailor NAME --help`.
std::string helpText(const CommandHelp& command);

// All readers throw Failure(InvalidInput) with one sentence that names the option.
class Arguments
{
public:
    // words: what follows the command's name. "--x=1", "--x 1" and "--" (end of options) work.
    Arguments(const CommandHelp& command, const std::vector<std::string>& words);

    bool has(const std::string& name) const;
    std::optional<std::string> text(const std::string& name) const;
    std::string textOr(const std::string& name, const std::string& fallback) const;
    std::vector<std::string> all(const std::string& name) const;
    std::optional<std::filesystem::path> path(const std::string& name) const;
    double numberOr(const std::string& name, double fallback) const;
    std::int64_t integerOr(const std::string& name, std::int64_t fallback) const;
    std::uint64_t unsignedOr(const std::string& name, std::uint64_t fallback) const;
    // The position of the given word among `choices`.
    std::size_t choiceOr(const std::string& name, const std::vector<std::string>& choices,
                         std::size_t fallback) const;
    const std::vector<std::string>& positionals() const { return m_positionals; }
    // Refuses more positional words than `most`.
    void allowPositionals(std::size_t most) const;

private:
    [[noreturn]] void refuse(const std::string& name, const std::string& expected) const;

    std::string m_command;
    std::map<std::string, std::vector<std::string>> m_values;
    std::vector<std::string> m_positionals;
};

} // namespace adtailor::cli
