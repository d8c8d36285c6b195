// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/checkpoint_shapes.h"

#include "core/failure.h"

#include <algorithm>
#include <cmath>

namespace adtailor {

const std::vector<std::int64_t>& CheckpointShapes::of(const std::string& name,
                                                      std::size_t rank) const
{
    if (!m_source.contains(name))
        refuse("it has no tensor " + name);
    const auto& shape = m_source.shape(name);
    if (shape.size() != rank || std::ranges::any_of(shape, [](auto size) { return size < 1; }))
        refuse("its tensor " + name + " has another form");
    return shape;
}

std::int64_t CheckpointShapes::count(const std::string& before, const std::string& after) const
{
    std::int64_t number = 0;
    while (m_source.contains(before + std::to_string(number) + after))
        ++number;
    if (number == 0)
        refuse("it has no tensor " + before + "0" + after);
    return number;
}

std::int64_t CheckpointShapes::gridSide(std::int64_t positions) const
{
    const auto side
        = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(positions - 1))));
    if (side < 1 || side > 1024 || side * side != positions - 1)
        refuse("its position table is not that of a square picture");
    return side;
}

void CheckpointShapes::refuse(const std::string& why) const
{
    throw Failure(ErrorCode::ModelMismatch,
                  m_source.path().string() + " is no " + m_kind + ": " + why + ". " + m_remedy);
}

} // namespace adtailor
