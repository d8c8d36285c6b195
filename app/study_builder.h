// StudyBuilder: the plan of the next study while it is put together: sources, items, settings.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <adtailor/study_report.h>

#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <optional>

namespace adtailor {

class StudyBuilder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyBuilder)

public:
    struct Source
    {
        QString label, folder; // folder empty: of an earlier version, its pictures are in the plan
    };

    explicit StudyBuilder(QObject* parent = nullptr);

    const StudyPlan& plan() const { return m_plan; } // with the sources' items
    const QList<Source>& sources() const { return m_sources; }
    const QStringList& issues() const { return m_issues; } // what was left out
    int raters() const { return m_raters; }
    bool isReading() const { return m_reading > 0; }
    bool isNextVersion() const { return m_plan.version > 1; }
    // Why it cannot start yet; the engine's own sentence. None: it can.
    std::optional<Error> gap() const;
    int trialsPerRater() const; // of all kinds; 0 while there is a gap

    // Votes for an interval of ± width() of one source against another, by simulation.
    double width() const { return m_width; }
    void setWidth(double width); // 0.01 to 0.5
    struct Need
    {
        bool known = false; // false: being computed
        std::optional<std::int64_t> votes; // none: so few raters never reach it
    };
    const Need& need() const { return m_need; }

    void startNew(const QString& name);
    void startNextVersion(const StudyFolder& study);
    void setSettings(const StudyPlan& plan); // all but sources, items and version
    void setRaters(int raters);
    void addFolder(const QString& folder);
    void addAds(const std::vector<AdItem>& ads); // a source a group, see AdGroups
    void rename(int source, const QString& label);
    void remove(int source);

signals:
    void changed();
    void needChanged();
    void failed(const adtailor::Error& error);

private:
    void readItems();
    void askNeed();
    QString freeLabel(const QString& wanted) const;

    StudyPlan m_plan;
    QList<Source> m_sources;
    QStringList m_issues;
    std::unique_ptr<QTemporaryDir> m_scratch; // ads of the open project, as files
    int m_scratchFolders = 0;
    int m_raters = 3;
    int m_reading = 0;
    double m_width = 0.07;
    Need m_need;
    std::pair<int, int> m_needFor; // raters and sources it was asked for
    QTimer m_needSoon;
    int m_needNumber = 0;
    int m_version = 0; // of the sources: only the newest reading is taken
};

} // namespace adtailor
