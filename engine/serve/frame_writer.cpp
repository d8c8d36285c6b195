// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/frame_writer.h"

#include <cerrno>
#include <unistd.h>

namespace adtailor {

namespace {

std::uint64_t jobOf(const protocol::Event& event)
{
    return std::visit(
        [](const auto& message) -> std::uint64_t {
            if constexpr (requires { message.job; })
                return message.job;
            else
                return 0;
        },
        event);
}

} // namespace

void FrameWriter::send(const protocol::Event& event)
{
    auto bytes = protocol::encode(event);
    if (!bytes)
        bytes = protocol::encode(protocol::Event(protocol::Failed{ jobOf(event), bytes.error() }));
    if (bytes)
        write(*bytes);
}

void FrameWriter::write(std::span<const std::byte> bytes)
{
    const std::lock_guard lock(m_mutex);
    while (!bytes.empty() && !m_broken) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            m_broken = true;
    }
}

} // namespace adtailor
