// SPDX-License-Identifier: GPL-3.0-or-later
// measure_gallery [ADS]: makes a project with so many ads (50,000) and prints how long the gallery
// takes to find, search and scroll them. A frame is all that the window's thread does for it.
#include "app/appearance.h"
#include "app/gallery_panel.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "app/session_files.h"
#include "app/settings.h"
#include "tests/app/gallery_project.h"
#include "widgets/thumbnail_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace adtailor;

namespace {

void report(const char* what, std::vector<double> frames)
{
    std::sort(frames.begin(), frames.end());
    const auto at = [&frames](double share) {
        return frames[static_cast<std::size_t>(share * static_cast<double>(frames.size() - 1))];
    };
    std::printf("%-34s median %6.2f ms, 95 %% %6.2f ms, longest %6.2f ms (%zu frames)\n", what,
                at(0.5), at(0.95), at(1), frames.size());
}

double waitForSearch(GalleryPanel& gallery, const std::function<void()>& begin)
{
    QEventLoop loop;
    QObject::connect(&gallery.model(), &GalleryModel::searched, &loop, &QEventLoop::quit);
    QElapsedTimer timer;
    timer.start();
    begin();
    loop.exec();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

std::vector<double> scroll(ThumbnailView& view, int frames, const std::function<int(int)>& place)
{
    std::vector<double> times;
    for (int frame = 0; frame < frames; ++frame) {
        QElapsedTimer timer;
        timer.start();
        view.verticalScrollBar()->setValue(place(frame));
        view.viewport()->repaint();
        QCoreApplication::processEvents(); // pages and thumbnails that have come
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return times;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const int ads = argc > 1 ? std::max(1, std::atoi(argv[1])) : 50'000;
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("studio.ini")));
    const Appearance appearance(settings);
    {
        QElapsedTimer timer;
        timer.start();
        ProjectStore store = valueOrThrow(ProjectStore::open(toPath(folder.path())));
        fillGallery(store, ads, 400);
        valueOrThrow(store.together([&] { writeSession(store, {}); }));
        std::printf("%d ads written in %.1f s\n", ads,
                    static_cast<double>(timer.elapsed()) / 1000.0);
    }
    ProjectSession session;
    GalleryPanel gallery(session);
    gallery.resize(900, 800);
    gallery.show();
    const double found = waitForSearch(gallery, [&] { session.open(folder.path()); });
    std::printf("%-34s %8.1f ms\n", "project opened, all ads listed", found);
    ThumbnailView& view = gallery.view();
    QScrollBar& bar = *view.verticalScrollBar();
    QCoreApplication::processEvents();
    report("wheel, 120 px a frame", scroll(view, 600, [](int frame) { return frame * 120; }));
    report("jumps to any place", scroll(view, 200, [&bar](int frame) {
               return static_cast<int>(static_cast<qint64>(frame) * 7'919 * 1'000 % bar.maximum());
           }));
    const std::pair<const char*, const char*> searches[] = {
        { "evening", "search: a word that all have" },
        { "ad 4999", "search: two words" },
        { "台灯", "search: two characters" },
    };
    for (const auto& [text, what] : searches) {
        AdFilter filter;
        filter.text = text;
        const double time = waitForSearch(gallery, [&] { gallery.model().setFilter(filter); });
        std::printf("%-34s %8.1f ms, %d ads\n", what, time, gallery.model().rowCount());
    }
    return 0;
}
