// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/redraw.h"

#include "app/qt_types.h"

#include <cmath>

namespace adtailor {

int gridSideOf(const AdItem& ad)
{
    if (ad.model.gridSide > 0)
        return ad.model.gridSide;
    const auto tokens = static_cast<double>(ad.ad.imageTokens.size());
    const auto side = static_cast<int>(std::lround(std::sqrt(tokens)));
    return static_cast<double>(side) * side == tokens ? side : 0;
}

int rowsToKeep(const AdItem& ad)
{
    const int side = gridSideOf(ad);
    return side == 0 || !ad.isFinished() ? 0 : static_cast<int>(ad.ad.imageTokens.size()) / side;
}

bool keepRows(GenerationRequest& request, const AdItem& ad, int rows)
{
    if (rows < 1 || rows > rowsToKeep(ad))
        return false;
    const auto first = ad.ad.imageTokens.begin();
    request.imagePrefix.assign(first, first + static_cast<std::ptrdiff_t>(rows) * gridSideOf(ad));
    return true;
}

GenerationRequest requestOf(const AdItem& ad)
{
    GenerationRequest request = ad.batch->request;
    request.preference.maskSeed = request.preference.maskSeed.value_or(request.seed);
    request.seed = ad.seed;
    request.count = 1;
    return request;
}

std::optional<GenerationRequest> continuationOf(const AdItem& ad)
{
    if (ad.state != AdState::Draft || !ad.batch || ad.title.isEmpty() || rowsToKeep(ad) == 0)
        return std::nullopt;
    GenerationRequest request = requestOf(ad);
    request.title = toStdString(ad.title);
    if (!keepRows(request, ad, rowsToKeep(ad)))
        return std::nullopt;
    return request;
}

} // namespace adtailor
