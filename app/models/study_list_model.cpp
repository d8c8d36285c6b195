// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/study_list_model.h"

#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <algorithm>

namespace adtailor {

void StudyListModel::setStudies(std::vector<StudySummary> studies)
{
    beginResetModel();
    m_studies = std::move(studies);
    endResetModel();
}

int StudyListModel::rowOf(const QString& folder) const
{
    const auto found = std::find_if(m_studies.begin(), m_studies.end(),
                                    [&](const StudySummary& s) { return s.folder == folder; });
    return found == m_studies.end() ? -1 : static_cast<int>(found - m_studies.begin());
}

void StudyListModel::retranslate()
{
    if (!m_studies.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

int StudyListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_studies.size());
}

QVariant StudyListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const StudySummary& study = m_studies[static_cast<std::size_t>(index.row())];
    const QString detail = !study.problem.isEmpty() ? tr("Cannot be read")
        : study.raters == 0                         ? tr("Nobody has rated yet")
                                                    : tr("%n rater(s)", nullptr, study.raters);
    switch (role) {
    case Qt::DisplayRole:
        return study.version > 1 ? tr("%1 v%2").arg(study.name).arg(study.version) : study.name;
    case Qt::ToolTipRole:
        return study.problem.isEmpty() ? study.folder : study.problem;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(study.name, detail);
    case DetailRole:
        return detail;
    case StatusKindRole:
        return static_cast<int>(!study.problem.isEmpty() ? StatusKind::Error
                                    : study.raters > 0 && study.cast >= study.wanted
                                    ? StatusKind::Success
                                    : StatusKind::None);
    case CaptionRole:
        return study.problem.isEmpty() && study.wanted > 0
            ? QStringLiteral("%1/%2").arg(study.cast).arg(study.wanted)
            : QString();
    default:
        return {};
    }
}

} // namespace adtailor
