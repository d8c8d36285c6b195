// takeScreenshot: a picture of the real window once it has settled; then the application quits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace adtailor {

class StudioWindow;

struct ScreenshotOptions
{
    QString file;
    QString page; // empty: where the window is
    int runPercent = 0; // generate first and wait until so much is drawn; 0: do not
};

// Waits for the sample and, where the page shows the engine, for its answer; two minutes at most.
void takeScreenshot(StudioWindow& window, const ScreenshotOptions& options);

} // namespace adtailor
