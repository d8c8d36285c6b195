// ProgressMerger: passes on at most 30 progress reports a second, and always the last of a stage.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <chrono>
#include <functional>
#include <optional>

namespace adtailor {

class ProgressMerger
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    explicit ProgressMerger(std::function<void(const Progress&)> send,
                            Clock clock = std::chrono::steady_clock::now);

    void report(const Progress& progress);
    void flush(); // sends what is held back; call when the job ends

private:
    std::function<void(const Progress&)> m_send;
    Clock m_clock;
    std::optional<Progress> m_held;
    std::optional<std::chrono::steady_clock::time_point> m_lastSent;
};

} // namespace adtailor
