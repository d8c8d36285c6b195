// TitleWriter: a published text model (Qwen2.5, Qwen3, DeepSeek-R1-Distill) that writes titles, to
// compare with.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/generation.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace adtailor {

struct TitleTaskInWords
{
    std::string description; // of the product
    std::vector<std::string> sellingPoints;
    std::vector<std::string> historyTitles; // oldest first; may be empty
};

struct TitleWriterOptions
{
    SamplingOptions sampling{ .temperature = 0 }; // 0: always the likeliest token
    std::uint64_t seed = 0;
    int maxTokens = 128; // of the whole answer, thoughts included; 1 to 32768
    bool thinks = false; // before it answers: of Qwen3; DeepSeek-R1 always does
};

// Move-only; not thread-safe.
class TitleWriter
{
public:
    // A folder with config.json, tokenizer.json and weights as published. ModelMismatch for a model
    // of another kind, FileNotFound, FileCorrupt.
    static Result<TitleWriter> load(const std::filesystem::path& folder,
                                    const EngineOptions& options, const JobControl& job = {});

    TitleWriter(TitleWriter&&) noexcept;
    TitleWriter& operator=(TitleWriter&&) noexcept;
    ~TitleWriter();

    // The title without thoughts and quotes, one line. InvalidInput when the model had not answered
    // after maxTokens, or said nothing.
    Result<std::string> write(const TitleTaskInWords& task, const TitleWriterOptions& options,
                              const JobControl& job = {}) const;
    const std::string& hash() const; // SHA-256 of the first weights file
    bool alwaysThinks() const;

private:
    struct Impl;
    explicit TitleWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace adtailor
