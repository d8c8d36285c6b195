// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/progress_merger.h"

#include <utility>

namespace adtailor {

namespace {

constexpr std::chrono::microseconds shortestInterval{ 1'000'000 / 30 };

} // namespace

ProgressMerger::ProgressMerger(std::function<void(const Progress&)> send, Clock clock)
    : m_send(std::move(send))
    , m_clock(std::move(clock))
{
}

void ProgressMerger::report(const Progress& progress)
{
    if (m_held && m_held->stage != progress.stage)
        flush();
    Progress merged = progress;
    if (m_held && merged.previews.empty()) {
        merged.previews = std::move(m_held->previews);
        merged.previewRows = m_held->previewRows;
        merged.tokens = std::move(m_held->tokens);
    }
    m_held = std::move(merged);
    if (!m_lastSent || m_clock() - *m_lastSent >= shortestInterval)
        flush();
}

void ProgressMerger::flush()
{
    if (!m_held)
        return;
    const Progress progress = *std::exchange(m_held, std::nullopt);
    m_lastSent = m_clock();
    m_send(progress);
}

} // namespace adtailor
