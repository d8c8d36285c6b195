// Engine: one loaded Uni-AdGen model and what it can do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/generation.h>
#include <adtailor/job.h>
#include <adtailor/model.h>
#include <adtailor/preference.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace adtailor {

// Move-only; not thread-safe, never shared between threads.
class Engine
{
public:
    static Result<Engine> load(const std::filesystem::path& bundle, const EngineOptions& options,
                               const JobControl& job = {});

    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    Result<PreferenceProfile> extractPreferences(const Brief& brief,
                                                 const PreferenceOptions& options,
                                                 std::uint64_t seed,
                                                 const JobControl& job = {}) const;
    Result<std::vector<Ad>> generate(const GenerationRequest& request,
                                     const JobControl& job = {}) const;
    const ModelInfo& info() const;

private:
    struct Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace adtailor
