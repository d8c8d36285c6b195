// F6: the keyboard goes from one region of a window to the next.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace adtailor {

// Focuses the first widget that takes Tab in the first region after the one that holds `now`;
// regions without one are passed over.
void focusNextRegion(const QList<QWidget*>& regions, const QWidget* now);

} // namespace adtailor
