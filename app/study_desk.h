// StudyDesk: the studies of this computer and the one that is open; slow work goes to the pool.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/study_list_model.h"

#include <adtailor/study_report.h>

#include <QFuture>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace adtailor {

class StudyDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyDesk)

public:
    enum class Work { None, Creating, Opening, Packing, Unpacking, Merging, Exporting };

    explicit StudyDesk(const QString& home = defaultHome(), QObject* parent = nullptr);
    ~StudyDesk() override; // stops what runs and waits for it

    static QString
    defaultHome(); // $ADTAILOR_STUDIES, or adtailor/studies in the user's data folder
    const QString& home() const { return m_home; }
    StudyListModel& studies() { return m_studies; }
    Work work() const { return m_work; }
    const StudyFolder* study() const { return m_study ? &*m_study : nullptr; }
    const std::vector<StudyRater>& raters() const { return m_raters; }

    void refresh(); // the list, and the raters of the open study
    void open(const QString& folder);
    void close();
    void create(const StudyPlan& plan); // freezes it into a new folder and opens that
    void exportPackage(const QString& file, int part);
    void exportVotes(const QString& file);
    void importPackage(const QString& file); // into a new folder, and opens that
    void merge(const QStringList& places, bool sameNames);
    void report(const StudyReportOptions& options); // of the open study; the newest one counts
    bool isReporting() const { return m_reporting > 0; }
    // report.html, report.pdf with the plots, tables and votes, into the folder.
    void exportReport(const QString& folder, const StudyReportOptions& options,
                      const QList<QImage>& plots);
    // Pairs of a chosen and a rejected ad, to train with, in a new folder beside the study.
    void makePreferences(bool leaveOutFlagged);
    void stop();

signals:
    void listed();
    void opened(); // or closed: study() tells
    void ratersChanged();
    void workChanged();
    void progressed(const adtailor::Progress& progress);
    void packed(const QString& file);
    void reported(const adtailor::StudyReport& report);
    void reportFailed(const adtailor::Error& error);
    void exported(const QString& folder);
    void preferencesMade(const QString& folder, qint64 pairs);
    void merged(const adtailor::StudyMerge& result);
    void failed(const adtailor::Error& error);

private:
    // Runs `work` on the pool; `use` gets its value here, an error becomes failed().
    template<typename T>
    void start(Work kind, std::function<Result<T>(const JobControl&)> work,
               std::function<void(T)> use);
    void take(StudyFolder study);
    QString newFolder(const QString& name) const;
    void readRaters();

    QString m_home;
    StudyListModel m_studies;
    std::optional<StudyFolder> m_study;
    std::vector<StudyRater> m_raters;
    Work m_work = Work::None;
    std::stop_source m_stop;
    QFuture<void> m_running;
    int m_reporting = 0; // how many run
    int m_reportNumber = 0;
    int m_raterNumber = 0; // only the newest raters are taken
    int m_listing = 0; // only the newest list is taken
};

} // namespace adtailor
