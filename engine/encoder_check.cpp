// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine_error.h"
#include "engine_model.h"
#include "preference/sentence_encoder.h"
#include "text/lines_file.h"

#include <adtailor/text_check.h>

namespace adtailor {

Result<std::vector<std::vector<float>>> embedLines(const std::filesystem::path& encoder,
                                                   const std::filesystem::path& lines,
                                                   const std::string& device)
{
    return guarded(
        [&] {
            SentenceEncoder loaded(encoder, parseDevice(device));
            const auto vectors = loaded.embed(readLinesFile(lines)).contiguous();
            std::vector<std::vector<float>> rows;
            for (std::int64_t row = 0; row < vectors.size(0); ++row) {
                const auto* data = vectors.const_data_ptr<float>() + row * vectors.size(1);
                rows.emplace_back(data, data + vectors.size(1));
            }
            return rows;
        },
        engineError);
}

} // namespace adtailor
