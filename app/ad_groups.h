// Ads of a project grouped by what made them: model, person and settings, so that groups compare.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <QCoreApplication>

namespace adtailor {

struct AdGroup
{
    QString label; // says only what differs between the groups
    std::vector<AdItem> ads;
};

class AdGroups final
{
    Q_DECLARE_TR_FUNCTIONS(adtailor::AdGroups)

public:
    // Only ads that can be shown; in the order of their first ad.
    static std::vector<AdGroup> of(const std::vector<AdItem>& ads);

private:
    static QStringList wordsFor(const AdItem& ad);
};

} // namespace adtailor
