// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/run_bar.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "widgets/job_bar.h"

#include <QEvent>

#include <algorithm>

namespace adtailor {

namespace {

enum BarStage { BriefStage, HistoryStage, TitleStage, PictureStage, ExactStage };

int barStage(Stage stage)
{
    switch (stage) {
    case Stage::Title:
        return TitleStage;
    case Stage::Image:
        return PictureStage;
    case Stage::Decode:
        return ExactStage;
    default:
        return HistoryStage;
    }
}

} // namespace

RunBar::RunBar(JobDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_job(new JobBar)
{
    fillWith(this, m_job);
    connect(m_job, &JobBar::stopRequested, &m_desk, &JobDesk::stop);
    showNames();
}

void RunBar::show(EngineState engine, int gridSide)
{
    const RunStatus& status = m_desk.status();
    using Phase = RunStatus::Phase;
    const JobBar::State states[]
        = { JobBar::State::Idle,     JobBar::State::Running, JobBar::State::Running,
            JobBar::State::Stopping, JobBar::State::Stopped, JobBar::State::Done,
            JobBar::State::Failed };
    m_job->setState(states[static_cast<int>(status.phase)]);
    if (status.phase == Phase::Idle || status.phase == Phase::Waiting)
        showNames();
    showStage(engine, gridSide);
}

void RunBar::showStage(EngineState engine, int gridSide)
{
    const RunStatus& status = m_desk.status();
    using Phase = RunStatus::Phase;
    if (status.phase == Phase::Idle)
        return;
    const bool picture = status.stage == Stage::Image && status.total > 0;
    if (status.phase == Phase::Waiting) {
        m_job->setCurrentStage(HistoryStage,
                               engine == EngineState::Ready || engine == EngineState::Busy
                                   ? tr("Sending the brief")
                                   : tr("Waiting for the engine"));
        m_job->setProgress(0, 0);
        m_job->setTimeLeft({});
        m_job->setRate(0);
        return;
    }
    for (const Stage stage : { Stage::Preference, Stage::Title, Stage::Image, Stage::Decode })
        if (const double seconds = status.stageSeconds[static_cast<std::size_t>(stage)];
            seconds > 0)
            m_job->setStageSeconds(barStage(stage), seconds);
    if (picture) {
        const int row = static_cast<int>(
            std::min<qint64>(gridSide, status.done * gridSide / status.total + 1));
        m_job->setCurrentStage(PictureStage, tr("Picture, row %1 of %2").arg(row).arg(gridSide),
                               QStringLiteral("%1 %").arg(status.done * 100 / status.total));
    } else {
        m_job->setCurrentStage(status.phase == Phase::Done ? ExactStage + 1
                                                           : barStage(status.stage));
    }
    m_job->setProgress(picture || status.phase == Phase::Done ? static_cast<int>(status.done) : 0,
                       picture || status.phase == Phase::Done ? static_cast<int>(status.total) : 0);
    m_job->setRate(status.tokensPerSecond);
    if (status.phase == Phase::Running)
        m_job->setTimeLeft(JobBar::timeLeftText(status.secondsLeft));
    else if (status.phase == Phase::Done)
        m_job->setTimeLeft(tr("Done in %1").arg(Messages::duration(status.seconds)));
    else
        m_job->setTimeLeft({});
}

void RunBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        showNames();
    QWidget::changeEvent(event);
}

void RunBar::showNames()
{
    m_job->setStopText(tr("Stop, keep as draft"));
    m_job->setStages(
        { tr("Brief"), tr("History"), tr("Title"), tr("Picture"), tr("Exact product") });
}

} // namespace adtailor
