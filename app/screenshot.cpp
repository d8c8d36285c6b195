// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"

#include "app/studio_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <utility>

namespace adtailor {

namespace {

constexpr int checkInterval = 100; // milliseconds
constexpr int settleChecks = 10; // quiet checks in a row
constexpr qint64 patience = 120'000;

class Photographer final : public QObject
{
public:
    Photographer(StudioWindow& window, ScreenshotOptions options)
        : QObject(&window)
        , m_window(window)
        , m_options(std::move(options))
    {
        m_clock.start();
        connect(&m_timer, &QTimer::timeout, this, &Photographer::look);
        m_timer.start(checkInterval);
    }

private:
    void look()
    {
        if (!isReady() && m_clock.elapsed() < patience)
            return;
        if (!std::exchange(m_shown, true) && !m_options.page.isEmpty()) {
            m_window.showPage(m_options.page); // opening a folder may have led elsewhere
            m_quiet = 0; // the page may ask the engine, as for scores
            return;
        }
        m_timer.stop();
        QTimer::singleShot(checkInterval, this, [this] {
            QApplication::exit(m_window.grab().save(m_options.file) ? 0 : 1);
        });
    }

    bool isReady()
    {
        const RunStatus& status = m_window.desk().status();
        const EngineState state = m_window.engine().state();
        if (m_options.runPercent > 0 && !m_started) {
            m_started = state == EngineState::Ready && m_window.session().gaps().isEmpty();
            if (m_started)
                m_window.desk().generate();
            return false;
        }
        if (status.isActive())
            return status.stage == Stage::Image && m_options.runPercent < 100
                && status.done * 100 >= status.total * m_options.runPercent;
        const bool busy = state == EngineState::Starting || state == EngineState::Busy
            || m_window.desk().isReading();
        m_quiet = busy ? 0 : m_quiet + 1;
        return m_quiet >= settleChecks;
    }

    StudioWindow& m_window;
    ScreenshotOptions m_options;
    QTimer m_timer;
    QElapsedTimer m_clock;
    int m_quiet = 0;
    bool m_started = false;
    bool m_shown = false;
};

} // namespace

void takeScreenshot(StudioWindow& window, const ScreenshotOptions& options)
{
    new Photographer(window, options); // owned by the window
}

} // namespace adtailor
