// Errors as values: every public function of the engine answers a Result and throws nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace adtailor {

enum class ErrorCode {
    Cancelled, // the caller asked to stop; a normal end
    InvalidInput, // the request breaks a limit or makes no sense
    FileNotFound,
    FileCorrupt, // truncated, hostile, or not the format its content claims
    ModelMismatch, // a sound file, but not for this architecture
    OutOfMemory,
    DiskFull,
    EngineGone, // the engine process died or broke the protocol
    Internal,
};

// One sentence in English: what, where, what to do. The studio translates by code.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
};

// Member names are a subset of std::expected, which libstdc++ 12 lacks in C++20.
template<typename T> class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }
    T& operator*() & { return std::get<0>(m_state); }
    const T& operator*() const& { return std::get<0>(m_state); }
    T&& operator*() && { return std::get<0>(std::move(m_state)); }
    T* operator->() { return &std::get<0>(m_state); }
    const T* operator->() const { return &std::get<0>(m_state); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template<> class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_failed(true)
    {
    }

    bool has_value() const { return !m_failed; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace adtailor
