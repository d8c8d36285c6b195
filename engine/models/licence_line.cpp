// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/licence_line.h"

#include "core/input_file.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t readBytes = 64U << 10U; // the front of a card or licence is enough
constexpr std::size_t lineBytes = 200;

std::string frontOf(const fs::path& path)
{
    if (!fs::is_regular_file(path))
        return {};
    const InputFile file(path);
    std::string text(std::min<std::uint64_t>(file.size(), readBytes), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(text)));
    return text;
}

std::string cleaned(std::string line)
{
    std::erase_if(line, [](unsigned char c) { return c < 0x20 || c >= 0x7F; });
    const auto begin = line.find_first_not_of(" \"'#");
    const auto end = line.find_last_not_of(" \"'");
    if (begin == std::string::npos)
        return {};
    return line.substr(begin, std::min(end - begin + 1, lineBytes));
}

// Cards begin with YAML between two lines "---".
std::string fromCard(const std::string& card)
{
    std::istringstream lines(card);
    std::string line, name;
    if (!std::getline(lines, line) || cleaned(line) != "---")
        return {};
    while (std::getline(lines, line) && cleaned(line) != "---") {
        if (line.starts_with("license_name:")) // says more than "license: other"
            return cleaned(line.substr(std::string("license_name:").size()));
        if (line.starts_with("license:"))
            name = cleaned(line.substr(std::string("license:").size()));
    }
    return name;
}

} // namespace

std::string licenceLine(const fs::path& folder)
{
    if (std::string name = fromCard(frontOf(folder / "README.md")); !name.empty())
        return name;
    constexpr std::array files = { "LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE-MODEL" };
    for (const char* file : files) {
        std::istringstream lines(frontOf(folder / file));
        std::string line;
        while (std::getline(lines, line)) {
            if (line = cleaned(line); !line.empty())
                return line;
        }
    }
    return {};
}

} // namespace adtailor
