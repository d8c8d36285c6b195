// StatusLine: the foot of the window: engine, last message, saved or not, project.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"
#include "app/project_session.h"

#include <QStatusBar>

class QLabel;

namespace adtailor {

class StatusLine final : public QStatusBar
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusLine)

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setEngine(EngineState state, bool willRestart, const ModelInfo& model);
    void setSaved(SaveState state, bool keeps);
    void setProject(const QString& name);
    void announce(const QString& sentence); // for six seconds

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    QLabel* m_dot = nullptr;
    QLabel* m_engine = nullptr;
    QLabel* m_saved = nullptr;
    QLabel* m_offline = nullptr;
    QLabel* m_project = nullptr;
    EngineState m_state = EngineState::Starting;
    bool m_willRestart = true;
    ModelInfo m_model;
    SaveState m_save = SaveState::Saved;
    bool m_keeps = true;
};

} // namespace adtailor
