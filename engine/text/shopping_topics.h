// The departments of a shop that a text speaks of, told by everyday English and Chinese words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace adtailor {

inline constexpr int shoppingTopicCount = 12;
using TopicCounts = std::array<float, shoppingTopicCount>;

// How often each department's words occur. English words count in the singular, in the plural and
// at the end of a compound ("armchair"); Chinese ones wherever they stand.
TopicCounts shoppingTopics(std::string_view utf8);

} // namespace adtailor
