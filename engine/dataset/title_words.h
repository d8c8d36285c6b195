// Checks a title against its word list: an ad may say only what the seller said.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace adtailor {

// True when every word of the title stands in one of the phrases or is one of a few connectives
// ("with", "and", "hello", ...). Chinese text must be made of whole phrases and connectives.
bool usesOnlyWords(const std::string& title, const std::vector<std::string>& phrases);

} // namespace adtailor
