// AutocastGuard: matrix products in a shorter type while it lives, weights and sums in float32.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/autocast_mode.h>

#include <optional>

namespace adtailor {

// What a computation has to know of this thread's autocast to be run again in the same way.
struct AutocastState
{
    c10::DeviceType device = c10::kCPU;
    std::optional<at::ScalarType> type; // empty: off

    static AutocastState current(c10::DeviceType device)
    {
        if (!at::autocast::is_autocast_enabled(device))
            return { device, std::nullopt };
        return { device, at::autocast::get_autocast_dtype(device) };
    }
};

class AutocastGuard
{
public:
    // cached: a weight that is read twice is converted once. Off where gradients come and go: a
    // conversion made without gradients would be reused where one is needed.
    explicit AutocastGuard(const AutocastState& state, bool cached = true)
        : m_before(AutocastState::current(state.device))
        , m_type(at::autocast::get_autocast_dtype(state.device))
        , m_cached(at::autocast::is_autocast_cache_enabled())
    {
        set(state);
        at::autocast::set_autocast_cache_enabled(cached);
    }
    AutocastGuard(const AutocastGuard&) = delete;
    AutocastGuard& operator=(const AutocastGuard&) = delete;
    ~AutocastGuard()
    {
        if (!m_before.type)
            at::autocast::clear_cache(); // weights change before the next use
        set(m_before);
        at::autocast::set_autocast_dtype(m_before.device, m_type);
        at::autocast::set_autocast_cache_enabled(m_cached);
    }

private:
    static void set(const AutocastState& state)
    {
        at::autocast::set_autocast_enabled(state.device, state.type.has_value());
        if (state.type)
            at::autocast::set_autocast_dtype(state.device, *state.type);
    }

    AutocastState m_before;
    at::ScalarType m_type;
    bool m_cached;
};

} // namespace adtailor
