// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/run_list_model.h"

#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace adtailor {

void RunListModel::setRuns(std::vector<TrainingRun> runs)
{
    std::stable_sort(runs.begin(), runs.end(), [](const TrainingRun& a, const TrainingRun& b) {
        return a.changed > b.changed;
    });
    beginResetModel();
    m_runs = std::move(runs);
    endResetModel();
}

void RunListModel::setRun(const TrainingRun& run, qint64 step)
{
    const int row = rowOf(run.folder);
    if (row < 0)
        return;
    m_runs[static_cast<std::size_t>(row)] = run;
    m_steps[run.folder] = step;
    emit dataChanged(index(row), index(row));
}

int RunListModel::rowOf(const QString& folder) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [&](const TrainingRun& run) { return run.folder == folder; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

void RunListModel::retranslate()
{
    if (!m_runs.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString RunListModel::stateText(const TrainingRun& run)
{
    if (!run.readable)
        return tr("Cannot be read");
    switch (run.state) {
    case RunState::New:
        return tr("Not started");
    case RunState::Starting:
        return tr("Starting");
    case RunState::Preparing:
        return tr("Preparing");
    case RunState::Running:
        return tr("Running");
    case RunState::Pausing:
        return tr("Pausing");
    case RunState::Paused:
        return tr("Paused");
    case RunState::Stopping:
        return tr("Stopping");
    case RunState::Stopped:
        return tr("Stopped");
    case RunState::Finished:
        return run.stoppedEarly ? tr("Stopped early") : tr("Finished");
    case RunState::Failed:
        return tr("Failed");
    case RunState::Crashed:
        return tr("Crashed");
    }
    return {};
}

int RunListModel::stateKind(const TrainingRun& run)
{
    if (!run.readable || run.state == RunState::Failed || run.state == RunState::Crashed)
        return static_cast<int>(StatusKind::Error);
    if (run.state == RunState::Finished)
        return static_cast<int>(StatusKind::Success);
    if (run.state == RunState::Paused)
        return static_cast<int>(StatusKind::Warning);
    return static_cast<int>(isAlive(run.state) ? StatusKind::Running : StatusKind::None);
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const TrainingRun& run = m_runs[static_cast<std::size_t>(index.row())];
    const qint64 newest = run.checkpoints.empty() ? 0 : run.checkpoints.front().step;
    const qint64 step = std::max(m_steps.value(run.folder), newest);
    switch (role) {
    case Qt::DisplayRole:
        return run.name;
    case Qt::ToolTipRole:
        return run.folder;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(run.name, stateText(run));
    case DetailRole:
        return run.changed > 0
            ? tr("%1 · %2").arg(stateText(run),
                                QLocale().toString(QDateTime::fromSecsSinceEpoch(run.changed),
                                                   QLocale::ShortFormat))
            : stateText(run);
    case StatusKindRole:
        return stateKind(run);
    case CaptionRole:
        return run.readable ? QStringLiteral("%1/%2").arg(step).arg(run.steps) : QString();
    default:
        return {};
    }
}

} // namespace adtailor
