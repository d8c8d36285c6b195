// Ads of the board and entries of the queue as the project's store keeps them, and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/job_queue.h"

#include <adtailor/project.h>

namespace adtailor {

AdRecord recordOf(const AdItem& ad);
AdItem itemOf(AdRecord record); // with the product over its picture; heavy
// With it the job leaves the queue: it is not made again after a crash. Throws Failure.
void saveAd(ProjectStore& store, const AdItem& ad);
QueuedJob jobOf(const QueueEntry& entry);
std::vector<QueueEntry> entriesOf(const std::vector<QueuedJob>& jobs);
// Words of AdSummary::state: of the picture, or how far its approval came.
inline constexpr const char* draftState = "draft";
inline constexpr const char* doneState = "done";
std::string stateOf(const AdItem& ad);

} // namespace adtailor
