// Pieces that every report in HTML shares: escaped text, numbers and the look of the page.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace adtailor::html {

std::string escaped(std::string_view text); // of foreign text, for content and quoted attributes
std::string formatted(const char* format, double value); // printf's, one value, short
std::string number(double value); // three decimals, or four figures from 100
std::string signedNumber(double value);

extern const char* const pageStyle; // for one <style> element

} // namespace adtailor::html
