// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"

#include <new>

namespace adtailor {

void throwIfCancelled(const JobControl& job)
{
    if (job.stop.stop_requested())
        throw Failure(ErrorCode::Cancelled, "Stopped on request.");
}

Error currentError()
{
    try {
        throw;
    } catch (const Failure& failure) {
        return { failure.code(), failure.what() };
    } catch (const std::bad_alloc&) {
        return { ErrorCode::OutOfMemory,
                 "Out of memory: close other programs or use a smaller size." };
    } catch (const std::exception& exception) {
        return { ErrorCode::Internal, exception.what() };
    } catch (...) {
        return { ErrorCode::Internal, "Unknown exception." };
    }
}

} // namespace adtailor
