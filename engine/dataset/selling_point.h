// Tells the theme and the grammar of an English selling point from its words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/catalogue.h"

namespace adtailor {

Theme themeOf(const std::string& english);
bool isNounPhrase(const std::string& english);

} // namespace adtailor
