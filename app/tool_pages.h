// ToolPages: the pages beside the line (catalogue, review, train, evaluate, models), wired to their
// desks. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

namespace adtailor {

class EngineClient;
class ModelDesk;
class Page;
class ProjectSession;
class TrainingDesk;

class ToolPages final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ToolPages)

public:
    ToolPages(ProjectSession& session, TrainingDesk& training, ModelDesk& models,
              EngineClient& engine, QObject* parent = nullptr);

    const QList<Page*>& pages() const { return m_pages; } // in the order of the rail

signals:
    void announced(const QString& sentence); // for the status line
    void compareRequested();

private:
    QList<Page*> m_pages; // owned by the window's stack
};

} // namespace adtailor
