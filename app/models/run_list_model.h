// RunListModel: the training runs of this computer as rows, the one touched last first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_run.h"

#include <QAbstractListModel>

namespace adtailor {

// Roles are those of widgets/two_line_delegate.h.
class RunListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunListModel)

public:
    using QAbstractListModel::QAbstractListModel;

    void setRuns(std::vector<TrainingRun> runs);
    void setRun(const TrainingRun& run, qint64 step); // news of one that is listed
    const std::vector<TrainingRun>& runs() const { return m_runs; }
    int rowOf(const QString& folder) const; // -1: not listed
    void retranslate();

    static QString stateText(const TrainingRun& run);
    static int stateKind(const TrainingRun& run); // of StatusKind

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<TrainingRun> m_runs;
    QHash<QString, qint64> m_steps; // by folder, of runs that were followed
};

} // namespace adtailor
