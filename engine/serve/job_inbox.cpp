// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/job_inbox.h"

#include "core/failure.h"

#include <algorithm>
#include <utility>

namespace adtailor {

void JobInbox::add(ServeJob job)
{
    const std::lock_guard lock(m_mutex);
    const auto sameId = [&](const ServeJob& other) { return other.id == job.id; };
    if (job.id == 0 || job.id == m_runningId
        || std::any_of(m_waiting.begin(), m_waiting.end(), sameId))
        throw Failure(ErrorCode::InvalidInput,
                      "Job number " + std::to_string(job.id)
                          + " is 0 or in use; give every job its own number.");
    if (m_waiting.size() >= maximumWaiting)
        throw Failure(ErrorCode::InvalidInput,
                      std::to_string(maximumWaiting)
                          + " jobs wait already; send the next one when one of them is done.");
    m_waiting.push_back(std::move(job));
    m_changed.notify_one();
}

std::optional<ServeJob> JobInbox::next()
{
    std::unique_lock lock(m_mutex);
    m_runningId = 0;
    m_changed.wait(lock, [this] { return m_closed || !m_waiting.empty(); });
    if (m_closed)
        return std::nullopt;
    ServeJob job = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_runningId = job.id;
    m_runningStop = job.stop;
    return job;
}

bool JobInbox::cancel(std::uint64_t id)
{
    const std::lock_guard lock(m_mutex);
    if (id != 0 && id == m_runningId)
        m_runningStop.request_stop();
    return std::erase_if(m_waiting, [id](const ServeJob& job) { return job.id == id; }) > 0;
}

void JobInbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_waiting.clear();
    if (m_runningId != 0)
        m_runningStop.request_stop();
    m_changed.notify_all();
}

} // namespace adtailor
