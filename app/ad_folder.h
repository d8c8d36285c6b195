// Ads of a folder, in the files that `adtailor generate` writes, as items of the studio's list.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <adtailor/error.h>

#include <QString>

#include <optional>

namespace adtailor {

// Writes the ad's PNG, bare picture and record into the folder; answers the record's path.
Result<QString> saveAdItem(const AdItem& ad, const QString& folder);
struct SavedAds
{
    int count = 0;
    std::optional<Error> problem; // of the next one; those after it were not tried
};
// The same for many; ads of the same seed get subfolders.
SavedAds saveAdItems(const std::vector<AdItem>& ads, const QString& folder);
Result<AdItem> loadAdItem(const QString& record);
// Every record of the folder and of its subfolders, in name order; records that cannot be read
// are counted in `skipped`.
Result<std::vector<AdItem>> loadAdFolder(const QString& folder, int& skipped);

} // namespace adtailor
