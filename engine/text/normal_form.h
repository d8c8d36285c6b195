// Unicode's composed form (NFC) and lower case, as the `tokenizers` library makes them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace adtailor {

// text: well-formed UTF-8.
std::string composedForm(std::string_view text);
std::string joinedSpaces(std::string_view text); // one blank for each run of white space
std::string lowerCase(std::string_view text);

} // namespace adtailor
