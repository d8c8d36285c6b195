// TitleTokens: what the text metrics count, as code points, and the words inside them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

using TokenList = std::vector<std::u32string>;

TokenList tokensOf(std::string_view utf8);
std::string utf8Of(std::u32string_view text);

// Python's str.isspace: what str.split() splits at.
bool isPythonSpace(char32_t c);

// The tokens without those that are a space.
TokenList withoutSpaces(const TokenList& tokens);

} // namespace adtailor
