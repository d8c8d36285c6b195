// inspectModel: what a folder holds, told from configs and headers; no weights are read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/model_store.h>

namespace adtailor {

// Never throws for a broken model: `missing` says what is wrong with it.
ModelDescription inspectModel(const std::filesystem::path& folder);

} // namespace adtailor
