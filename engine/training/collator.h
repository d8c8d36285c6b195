// Collator: turns chosen samples into one training batch: prompts, labels, history, dropout.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/counter_rng.h"
#include "text/prompt.h"
#include "training/ad_samples.h"
#include "training/objective.h"

namespace adtailor {

struct CollatorOptions
{
    bool pictures = true; // false: titles only
    bool history = false; // fill the history slots
    double historyDropout = 0; // share of samples read without their history
    double conditionDropout = 0; // share of samples without control
    double promptDropout = 0; // share of samples with the negative prompt instead (for guidance)
    double wordSubstitution
        = 0; // share of samples whose words are swapped for random ones, in list
             // and title alike: then a title can only be copied, not remembered
    double imageNoise = 0; // up to this share of the read image tokens is random: then the prompt
                           // has to be read throughout, and own mistakes do not add up
    bool otherHistory = false; // each sample reads the next one's history: the counterfactual
    bool lossOnPrompt = false; // label the instruction as well, not only the title
};

class Collator
{
public:
    // All must outlive the collator.
    Collator(const AdSamples& samples, const UniAdGenConfig& config, const BpeTokenizer& tokenizer,
             const PromptBuilder& prompts);

    TrainingBatch collate(const std::vector<std::int64_t>& rows, const CollatorOptions& options,
                          CounterRng& random) const;

private:
    struct Row;
    struct History;
    Row makeRow(const AdSample& sample, const CollatorOptions& options, CounterRng& random) const;
    History makeHistory(const AdSample& sample, const std::string& title, CounterRng& random) const;
    void substituteWords(Prompt& prompt, CounterRng& random) const;
    void addHistory(const std::vector<Row>& rows, TrainingBatch& batch, CounterRng& random) const;
    void addPictures(const std::vector<std::int64_t>& indices, const CollatorOptions& options,
                     TrainingBatch& batch, CounterRng& random) const;

    const AdSamples& m_samples;
    const UniAdGenConfig& m_config;
    const BpeTokenizer& m_tokenizer;
    const PromptBuilder& m_prompts;
    std::vector<bool> m_isWord; // by token: not special and not part of the instruction
    std::vector<std::int32_t> m_words;
};

} // namespace adtailor
