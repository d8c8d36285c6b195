// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio_docks.h"

#include "app/gallery_panel.h"
#include "app/job_desk.h"
#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/queue_panel.h"
#include "app/studio_menus.h"
#include "widgets/look.h"

#include <QDockWidget>
#include <QEvent>
#include <QLayout>
#include <QUndoView>

namespace adtailor {

namespace {

constexpr int galleryWidth = 380;
constexpr int historyWidth = 280;
constexpr int queueHeight = 132; // three rows

} // namespace

StudioDocks::StudioDocks(QWidget* body, ProjectSession& session, JobDesk& desk)
    : m_session(session)
    , m_gallery(new GalleryPanel(session))
    , m_queue(new QueuePanel(session.queue()))
    , m_history(new Panel)
    , m_steps(new QUndoView(&session.undoStack()))
{
    setWindowFlags(Qt::Widget);
    setDockOptions(QMainWindow::AllowNestedDocks);
    setCentralWidget(body);
    m_history->setBody(m_steps);
    addDock(Gallery, m_gallery, Qt::LeftDockWidgetArea);
    addDock(History, m_history, Qt::RightDockWidgetArea);
    addDock(Queue, m_queue, Qt::BottomDockWidgetArea);
    m_gallery->addTool(m_closers[Gallery]);
    m_history->addTool(m_closers[History]);
    m_queue->addTool(m_closers[Queue]);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    resizeDocks({ m_docks[Gallery], m_docks[History] },
                { scaled(galleryWidth), scaled(historyWidth) }, Qt::Horizontal);
    resizeDocks({ m_docks[Queue] }, { scaled(queueHeight) }, Qt::Vertical);
    connect(m_queue, &QueuePanel::stopRequested, &desk, &JobDesk::stop);
    connect(m_gallery, &GalleryPanel::compareRequested, &session, &ProjectSession::showAds);
    connect(&session, &ProjectSession::adsShown, this, &StudioDocks::compareRequested);
    connect(&session, &ProjectSession::opened, this, [this] {
        if (m_session.queue().rowCount() > 0) {
            showDock(Queue, true);
            m_queue->askToResume();
        }
    });
    retranslate();
}

QDockWidget* StudioDocks::addDock(Dock dock, QWidget* panel, Qt::DockWidgetArea area)
{
    auto* made = new QDockWidget(this);
    made->setObjectName(QStringLiteral("dock-%1").arg(dock));
    made->setTitleBarWidget(new QWidget); // the panel has its own header
    made->setWidget(panel);
    made->layout()->setContentsMargins(0, 0, 0, 0); // not the style's, which changes with the font
    made->hide();
    addDockWidget(area, made);
    m_docks.append(made);
    auto* close = makeToolButton(QStringLiteral("close"));
    connect(close, &QToolButton::clicked, this, [this, dock] { showDock(dock, false); });
    m_closers.append(close);
    return made;
}

void StudioDocks::show(const QStringList& names)
{
    const QStringList known{ QStringLiteral("gallery"), QStringLiteral("history"),
                             QStringLiteral("queue") };
    for (int dock = 0; dock < DockCount; ++dock)
        if (names.contains(known[dock]))
            showDock(static_cast<Dock>(dock), true);
}

bool StudioDocks::isShown(Dock dock) const
{
    return !m_docks[dock]->isHidden();
}

void StudioDocks::showDock(Dock dock, bool shown)
{
    const bool inside = m_docks[dock]->isAncestorOf(window()->focusWidget());
    m_docks[dock]->setVisible(shown);
    if (!shown && inside)
        centralWidget()->setFocus();
}

QList<QWidget*> StudioDocks::regions() const
{
    QList<QWidget*> open;
    for (QDockWidget* dock : m_docks)
        if (!dock->isHidden())
            open.append(dock->widget());
    return open;
}

// A key opens a dock and goes into it; again, it closes it.
void StudioDocks::toggle(Dock dock)
{
    const bool shown = !isShown(dock);
    showDock(dock, shown);
    if (!shown)
        return;
    const std::array<QWidget*, DockCount> first{ m_gallery->firstFocus(), m_steps,
                                                 m_queue->firstFocus() };
    first[dock]->setFocus(Qt::ShortcutFocusReason);
}

void StudioDocks::addActions(StudioMenus& menus, QMenu* menu)
{
    menus.add(
        menu, [] { return tr("Gallery"); }, QKeySequence(Qt::Key_F7), [this] { toggle(Gallery); });
    menus.add(
        menu, [] { return tr("Edit history"); }, QKeySequence(Qt::Key_F8),
        [this] { toggle(History); });
    menus.add(
        menu, [] { return tr("Queue"); }, QKeySequence(Qt::CTRL | Qt::Key_J),
        [this] { toggle(Queue); });
}

void StudioDocks::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void StudioDocks::retranslate()
{
    const QStringList names{ tr("Gallery"), tr("Edit history"), tr("Queue") };
    const QStringList keys{ QStringLiteral("F7"), QStringLiteral("F8"), QStringLiteral("Ctrl+J") };
    for (int i = 0; i < DockCount; ++i) {
        m_docks[i]->setWindowTitle(names[i]);
        describeButton(m_closers[i], tr("Close"), keys[i]);
    }
    m_history->setTitle(names[History]);
    m_steps->setEmptyLabel(tr("As it was opened"));
    m_steps->setAccessibleName(names[History]);
}

} // namespace adtailor
