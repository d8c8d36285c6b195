// AdGenerator: one request becomes finished ads: history, titles, pictures, pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"
#include "preference/preference_extractor.h"
#include "text/prompt.h"

#include <adtailor/generation.h>
#include <adtailor/job.h>

#include <memory>

namespace adtailor {

class AdGenerator
{
public:
    // ModelMismatch when the tokenizer does not fit the network. encoder: of titles; may be null.
    AdGenerator(UniAdGen network, BpeTokenizer tokenizer,
                Instruction instruction = Instruction::own(),
                std::shared_ptr<SentenceEncoder> encoder = {});

    std::vector<Ad> generate(const GenerationRequest& request, const JobControl& job);
    PreferenceProfile extractPreferences(const Brief& brief, const PreferenceOptions& options,
                                         std::uint64_t seed, const JobControl& job);

    const Instruction& instruction() const { return m_prompts.instruction(); }

private:
    class Run;

    std::vector<std::int32_t> tokensNotInTitles() const;

    UniAdGen m_network;
    std::unique_ptr<BpeTokenizer> m_tokenizer; // the others refer to it
    SpecialTokens m_special;
    PromptBuilder m_prompts;
    PreferenceExtractor m_extractor;
};

} // namespace adtailor
