// provenanceJson: the one JSON form of a Provenance, as it stands in the XMP of an exported file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/ad_export.h>

#include <string>

namespace adtailor {

std::string provenanceJson(const Provenance& record);

} // namespace adtailor
