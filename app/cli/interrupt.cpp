// SPDX-License-Identifier: GPL-3.0-or-later
#include "interrupt.h"

#include <csignal>
#include <ctime>
#include <unistd.h>

namespace adtailor::cli {

namespace {

sigset_t watchedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interrupt::Interrupt()
{
    const sigset_t signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watcher = std::jthread([stop = m_stop, signals](const std::stop_token& end) mutable {
        while (!end.stop_requested()) {
            const timespec patience{ .tv_sec = 0, .tv_nsec = 100'000'000 };
            if (sigtimedwait(&signals, nullptr, &patience) < 0)
                continue;
            if (stop.stop_requested())
                _exit(130);
            stop.request_stop();
        }
    });
}

Interrupt::~Interrupt() = default;

} // namespace adtailor::cli
