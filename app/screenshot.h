// takeScreenshot: a picture of the real window once it has settled; then the application quits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace adtailor {

class StudioWindow;

// Waits for the sample and, where the page shows the engine, for its answer; 20 s at most.
void takeScreenshot(StudioWindow& window, const QString& file, const QString& page);

} // namespace adtailor
