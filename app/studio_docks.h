// StudioDocks: the window beside the rail: the pages, with gallery, queue and edit history docked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMainWindow>

class QDockWidget;
class QMenu;
class QUndoView;
class QToolButton;

namespace adtailor {

class GalleryPanel;
class JobDesk;
class Panel;
class ProjectSession;
class QueuePanel;
class StudioMenus;

class StudioDocks final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudioDocks)

public:
    enum Dock { Gallery, History, Queue, DockCount };

    StudioDocks(QWidget* body, ProjectSession& session, JobDesk& desk);

    void addActions(StudioMenus& menus, QMenu* menu);
    void showDock(Dock dock, bool shown);
    bool isShown(Dock dock) const;
    void show(const QStringList& names); // gallery, history, queue
    using QWidget::show;
    QList<QWidget*> regions() const; // of the open docks, for the keyboard
    GalleryPanel& gallery() { return *m_gallery; }

signals:
    void compareRequested(); // the chosen ads are on the board

protected:
    void changeEvent(QEvent* event) override;

private:
    QDockWidget* addDock(Dock dock, QWidget* panel, Qt::DockWidgetArea area);
    QToolButton* makeClose(Dock dock);
    void toggle(Dock dock);
    void retranslate();

    ProjectSession& m_session;
    GalleryPanel* m_gallery = nullptr;
    QueuePanel* m_queue = nullptr;
    Panel* m_history = nullptr;
    QUndoView* m_steps = nullptr;
    QList<QDockWidget*> m_docks;
    QList<QToolButton*> m_closers;
};

} // namespace adtailor
