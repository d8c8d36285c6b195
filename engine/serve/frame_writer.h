// FrameWriter: sends events from several threads as whole frames to one file descriptor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/protocol.h>

#include <atomic>
#include <mutex>

namespace adtailor {

class FrameWriter
{
public:
    explicit FrameWriter(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    // An event over the protocol's limits is replaced by Failed for the same job.
    void send(const protocol::Event& event);
    bool isBroken() const { return m_broken; } // nobody reads any more

private:
    void write(std::span<const std::byte> bytes);

    int m_descriptor;
    std::mutex m_mutex;
    std::atomic<bool> m_broken = false;
};

} // namespace adtailor
