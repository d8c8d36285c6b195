// ByteProgress: how many of all bytes a job on files has done.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <cstdint>

namespace adtailor {

class ByteProgress
{
public:
    explicit ByteProgress(const JobControl& job)
        : m_job(job)
    {
    }

    void expect(std::uint64_t bytes) { m_total += bytes; }
    void add(std::uint64_t bytes)
    {
        m_done += bytes;
        if (m_job.report)
            m_job.report({ .stage = Stage::Data,
                           .done = static_cast<std::int64_t>(m_done),
                           .total = static_cast<std::int64_t>(m_total) });
    }

private:
    const JobControl& m_job;
    std::uint64_t m_done = 0, m_total = 0;
};

} // namespace adtailor
