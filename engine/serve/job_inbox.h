// JobInbox: the jobs that wait for the engine thread, and the stop flags of all of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/protocol.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <variant>

namespace adtailor {

struct ServeJob
{
    std::uint64_t id = 0;
    std::variant<protocol::Generate, protocol::ExtractPreferences, protocol::ReadBackgrounds,
                 protocol::MapDifference>
        request;
    std::stop_source stop;
};

class JobInbox
{
public:
    static constexpr std::size_t maximumWaiting = 32;

    // InvalidInput for an id that is 0 or in use, or when too many jobs wait.
    void add(ServeJob job);
    // Waits for the next job; nullopt once the inbox is closed. The job counts as running until the
    // next call.
    std::optional<ServeJob> next();
    // True: the job was still waiting and is gone now, so the caller answers for it. A running job
    // gets its stop flag set and answers for itself.
    bool cancel(std::uint64_t id);
    // Stops the running job and drops the waiting ones.
    void close();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<ServeJob> m_waiting;
    std::uint64_t m_runningId = 0; // 0 = none
    std::stop_source m_runningStop;
    bool m_closed = false;
};

} // namespace adtailor
