// StudyListModel: the studies of this computer as rows, the one touched last first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include <vector>

namespace adtailor {

struct StudySummary
{
    QString folder, name;
    int version = 1;
    int items = 0, sources = 0, raters = 0;
    int cast = 0, wanted = 0; // trials of all raters who came
    qint64 changed = 0; // seconds since the epoch
    QString problem; // why it cannot be read; empty: it can
    bool isPackage = false; // of another computer: labels and people are not known here
};

// Roles are those of widgets/two_line_delegate.h.
class StudyListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyListModel)

public:
    using QAbstractListModel::QAbstractListModel;

    void setStudies(std::vector<StudySummary> studies);
    const std::vector<StudySummary>& studies() const { return m_studies; }
    int rowOf(const QString& folder) const; // -1: not listed
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<StudySummary> m_studies;
};

} // namespace adtailor
