// CheckpointShapes: sizes of a network read off the tensors of its checkpoint.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor_source.h"

#include <cstdint>
#include <string>

namespace adtailor {

class CheckpointShapes
{
public:
    // kind: "CLIP model"; remedy: what to use instead. Both end up in sentences.
    CheckpointShapes(const TensorSource& source, std::string kind, std::string remedy)
        : m_source(source)
        , m_kind(std::move(kind))
        , m_remedy(std::move(remedy))
    {
    }

    // ModelMismatch when there is no such tensor, or it has another rank or is empty.
    const std::vector<std::int64_t>& of(const std::string& name, std::size_t rank) const;
    // How many n there are from 0 on with a tensor before + n + after; at least 1.
    std::int64_t count(const std::string& before, const std::string& after) const;
    // Of a square picture whose position table has one place for CLS and one for each patch.
    std::int64_t gridSide(std::int64_t positions) const;
    [[noreturn]] void refuse(const std::string& why) const;

private:
    const TensorSource& m_source;
    std::string m_kind, m_remedy;
};

} // namespace adtailor
