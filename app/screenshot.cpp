// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"

#include "app/studio_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

namespace adtailor {

namespace {

constexpr int checkInterval = 200; // milliseconds
constexpr int settleChecks = 5; // quiet checks in a row
constexpr qint64 patience = 20'000;

} // namespace

void takeScreenshot(StudioWindow& window, const QString& file, const QString& page)
{
    auto* timer = new QTimer(&window);
    auto clock = std::make_shared<QElapsedTimer>();
    clock->start();
    auto quiet = std::make_shared<int>(0);
    QObject::connect(timer, &QTimer::timeout, &window, [&window, clock, quiet, file, page] {
        const EngineState state = window.engine().state();
        const bool busy = state == EngineState::Starting || state == EngineState::Busy
            || window.desk().isReading();
        *quiet = busy ? 0 : *quiet + 1;
        if (*quiet < settleChecks && clock->elapsed() < patience)
            return;
        if (!page.isEmpty())
            window.showPage(page); // opening a folder may have led elsewhere
        const bool saved = window.grab().save(file);
        QApplication::exit(saved ? 0 : 1);
    });
    timer->start(checkInterval);
}

} // namespace adtailor
