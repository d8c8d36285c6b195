// SentenceEncoder: a vector for each title, from a BERT sentence encoder in the published layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/bert.h"
#include "text/text_map.h"
#include "text/wordpiece_tokenizer.h"

#include <adtailor/job.h>

#include <torch/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

class SentenceEncoder
{
public:
    // A folder, or an entry of a Hugging Face cache: config.json, weights (see openCheckpoint),
    // tokenizer.json or vocab.txt, and, as sentence-transformers writes them,
    // 1_Pooling/config.json, sentence_bert_config.json and modules.json. Computes in 32 bits.
    SentenceEncoder(const std::filesystem::path& path, torch::Device device,
                    const JobControl& job = {});

    // float32 [texts, hidden] on the CPU; texts met before come from memory.
    torch::Tensor embed(const std::vector<std::string>& texts);
    // Share of the texts' tokens that the vocabulary does not know, [0, 1].
    double unknownShare(const std::vector<std::string>& texts) const;

    const std::string& name() const { return m_name; } // the folder's

private:
    torch::Tensor embedBatch(const std::vector<std::string>& texts); // on the CPU

    std::filesystem::path m_folder;
    std::string m_name;
    BertConfig m_config;
    WordPieceTokenizer m_tokenizer;
    Bert m_network{ nullptr };
    torch::Device m_device;
    std::size_t m_longestSentence = 0; // tokens
    bool m_normalizes = false; // vectors have length 1
    TextMap<torch::Tensor> m_known; // vectors of texts met before
};

} // namespace adtailor
