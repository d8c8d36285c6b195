// prefill: reads a prompt into the KV cache, in pieces, so that a stop is heard in between.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/language_model.h"

#include <adtailor/job.h>

#include <functional>
#include <optional>

namespace adtailor {

// The control maps for positions [end - length, end) of the sequence; see DecoderInput.
using InjectionSource
    = std::function<std::vector<torch::Tensor>(std::int64_t end, std::int64_t length)>;

struct Prefill
{
    torch::Tensor embeddings; // [B, T, D], left-padded
    torch::Tensor mask; // bool [B, T], false on padding; undefined: no padding
    InjectionSource injections;
    std::int64_t injectionInterval = 1;
};

// -> hidden states of the last position, after the final norm [B, D]; advances the cache by T.
torch::Tensor prefill(LanguageModel& model, const Prefill& input, KvCache& cache,
                      const JobControl& job);

} // namespace adtailor
