// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine_error.h"

#include "core/failure.h"

#include <c10/util/Exception.h>

namespace adtailor {

namespace {

// torch's messages run over many lines; the first says what happened.
std::string firstLine(std::string text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

Error engineError()
{
    try {
        throw;
    } catch (const c10::OutOfMemoryError& error) {
        return { ErrorCode::OutOfMemory,
                 "The device is out of memory: make fewer ads at once or use "
                 "a smaller model. ("
                     + firstLine(error.what_without_backtrace()) + ")" };
    } catch (const c10::Error& error) {
        const std::string what = firstLine(error.what_without_backtrace());
        // The CPU allocator reports its failure as a plain error.
        if (what.find("DefaultCPUAllocator: can't allocate memory") != std::string::npos)
            return { ErrorCode::OutOfMemory,
                     "Out of memory: close other programs or make fewer ads at once." };
        return { ErrorCode::Internal, what };
    } catch (...) {
        return currentError();
    }
}

} // namespace adtailor
