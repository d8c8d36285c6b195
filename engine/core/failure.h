// Failure: thrown deep inside, turned into a Result by guarded() at the public door.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace adtailor {

class Failure : public std::runtime_error
{
public:
    Failure(ErrorCode code, const std::string& detail)
        : std::runtime_error(detail)
        , m_code(code)
    {
    }
    ErrorCode code() const { return m_code; }

private:
    ErrorCode m_code;
};

// Throws Failure(Cancelled) when the caller asked to stop.
void throwIfCancelled(const JobControl& job);

// The Error of the exception being handled; call only inside a catch block.
Error currentError();

// Runs `work` and answers its value, or the Error of whatever it threw. `translate` may know more
// exception types than currentError does (the engine's knows torch's).
template<typename Work>
auto guarded(Work&& work, Error (*translate)() = currentError) -> Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (...) {
        return translate();
    }
}

// Unwraps a Result inside code that throws.
template<typename T> T valueOrThrow(Result<T> result)
{
    if (!result)
        throw Failure(result.error().code, result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

} // namespace adtailor
