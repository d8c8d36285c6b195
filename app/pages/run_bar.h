// RunBar: the stages of the running batch, how far it is, and the button that stops it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/job_desk.h"

#include <QWidget>

namespace adtailor {

class JobBar;

class RunBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunBar)

public:
    explicit RunBar(JobDesk& desk, QWidget* parent = nullptr);

    // gridSide: tokens of the picture a side.
    void show(EngineState engine, int gridSide);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showStage(EngineState engine, int gridSide);
    void showNames();

    JobDesk& m_desk;
    JobBar* m_job = nullptr;
};

} // namespace adtailor
