// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_desk.h"

#include "app/qt_types.h"
#include "app/study_pdf.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QtConcurrent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qsizetype longestFolderName = 60;

StudySummary summaryOf(const QString& folder)
{
    StudySummary summary;
    summary.folder = folder;
    summary.name = QFileInfo(folder).fileName();
    summary.changed
        = std::max(QFileInfo(folder).lastModified(), QFileInfo(folder + u"/votes"_s).lastModified())
              .toSecsSinceEpoch();
    const Result<StudyFolder> study = StudyFolder::open(toPath(folder));
    if (!study) {
        summary.problem = toQString(study.error().detail);
        return summary;
    }
    summary.name = toQString(study->plan().name);
    summary.version = study->plan().version;
    summary.items = static_cast<int>(study->plan().items.size());
    summary.sources = static_cast<int>(study->plan().sources.size());
    summary.isPackage = !study->knowsOrigin();
    if (const Result<std::vector<StudyRater>> raters = study->raters())
        for (const StudyRater& rater : *raters) {
            ++summary.raters;
            summary.cast += rater.cast;
            summary.wanted += rater.total;
        }
    else
        summary.problem = toQString(raters.error().detail);
    return summary;
}

std::vector<StudySummary> summariesIn(const QString& home)
{
    std::vector<StudySummary> all;
    for (const QFileInfo& entry : QDir(home).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (QFileInfo::exists(entry.filePath() + u"/study.json"_s))
            all.push_back(summaryOf(entry.filePath()));
    std::stable_sort(all.begin(), all.end(), [](const StudySummary& a, const StudySummary& b) {
        return a.changed > b.changed;
    });
    return all;
}

} // namespace

StudyDesk::StudyDesk(const QString& home, QObject* parent)
    : QObject(parent)
    , m_home(home)
{
}

StudyDesk::~StudyDesk()
{
    stop();
    m_running.waitForFinished();
}

QString StudyDesk::defaultHome()
{
    const QString given = qEnvironmentVariable("ADTAILOR_STUDIES");
    return given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + u"/adtailor/studies"_s
                           : given;
}

void StudyDesk::refresh()
{
    const int number = ++m_listing;
    QtConcurrent::run(summariesIn, m_home)
        .then(this, [this, number](const std::vector<StudySummary>& studies) {
            if (number != m_listing)
                return;
            m_studies.setStudies(studies);
            emit listed();
        });
    readRaters();
}

template<typename T>
void StudyDesk::start(Work kind, std::function<Result<T>(const JobControl&)> work,
                      std::function<void(T)> use)
{
    if (m_work != Work::None)
        return;
    m_work = kind;
    m_stop = {};
    emit workChanged();
    const JobControl job{ m_stop.get_token(), [this](const Progress& progress) {
                             QMetaObject::invokeMethod(
                                 this, [this, progress] { emit progressed(progress); },
                                 Qt::QueuedConnection);
                         } };
    auto result = std::make_shared<std::optional<Result<T>>>();
    m_running
        = QtConcurrent::run([work = std::move(work), job, result] { result->emplace(work(job)); });
    m_running.then(this, [this, result, use = std::move(use)] {
        m_work = Work::None;
        emit workChanged();
        if (result->value())
            use(std::move(*result->value()));
        else if (result->value().error().code != ErrorCode::Cancelled)
            emit failed(result->value().error());
    });
}

void StudyDesk::open(const QString& folder)
{
    start<StudyFolder>(
        Work::Opening, [folder](const JobControl&) { return StudyFolder::open(toPath(folder)); },
        [this](StudyFolder study) { take(std::move(study)); });
}

void StudyDesk::take(StudyFolder study)
{
    m_study.emplace(std::move(study));
    m_raters.clear();
    emit opened();
    readRaters();
}

void StudyDesk::close()
{
    m_study.reset();
    m_raters.clear();
    emit opened();
    emit ratersChanged();
}

void StudyDesk::readRaters()
{
    if (!m_study)
        return;
    const int number = ++m_raterNumber;
    QtConcurrent::run([study = *m_study] {
        return study.raters();
    }).then(this, [this, number](Result<std::vector<StudyRater>> raters) {
        if (!m_study || number != m_raterNumber)
            return;
        if (!raters)
            return emit failed(raters.error());
        m_raters = std::move(*raters);
        emit ratersChanged();
    });
}

QString StudyDesk::newFolder(const QString& name) const
{
    static const QRegularExpression strange(u"[^\\w.-]+"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression ends(u"^[.-]+|[.-]+$"_s);
    QString plain = name.trimmed().toLower().replace(strange, u"-"_s).left(longestFolderName);
    plain.remove(ends);
    const QString first = m_home + u'/' + (plain.isEmpty() ? u"study"_s : plain);
    QString folder = first;
    for (int i = 2; QFileInfo::exists(folder); ++i)
        folder = u"%1-%2"_s.arg(first).arg(i);
    return folder;
}

void StudyDesk::create(const StudyPlan& plan)
{
    QDir().mkpath(m_home); // where it cannot be made, creating says so
    const QString folder = newFolder(toQString(plan.name));
    start<StudyFolder>(
        Work::Creating,
        [folder, plan](const JobControl& job) {
            return StudyFolder::create(toPath(folder), plan, job);
        },
        [this](StudyFolder study) {
            take(std::move(study));
            refresh();
        });
}

void StudyDesk::exportPackage(const QString& file, int part)
{
    if (!m_study)
        return;
    start<bool>(
        Work::Packing,
        [study = *m_study, file, part](const JobControl& job) -> Result<bool> {
            const Result<void> done = study.exportPackage(toPath(file), part, job);
            return done ? Result<bool>(true) : Result<bool>(done.error());
        },
        [this, file](bool) { emit packed(file); });
}

void StudyDesk::exportVotes(const QString& file)
{
    if (!m_study)
        return;
    start<bool>(
        Work::Packing,
        [study = *m_study, file](const JobControl&) -> Result<bool> {
            const Result<void> done = study.exportVotes(toPath(file));
            return done ? Result<bool>(true) : Result<bool>(done.error());
        },
        [this, file](bool) { emit packed(file); });
}

void StudyDesk::importPackage(const QString& file)
{
    QDir().mkpath(m_home);
    // Always the same place for one file, so that opening it twice is noticed.
    const QString folder = m_home + u'/' + QFileInfo(file).completeBaseName();
    start<StudyFolder>(
        Work::Unpacking,
        [file, folder](const JobControl& job) {
            return StudyFolder::importPackage(toPath(file), toPath(folder), job);
        },
        [this](StudyFolder study) {
            take(std::move(study));
            refresh();
        });
}

void StudyDesk::merge(const QStringList& places, bool sameNames)
{
    if (!m_study)
        return;
    start<StudyMerge>(
        Work::Merging,
        [study = *m_study, places, sameNames](const JobControl&) {
            std::vector<std::filesystem::path> paths;
            for (const QString& place : places)
                paths.push_back(toPath(place));
            return study.merge(paths, sameNames);
        },
        [this](const StudyMerge& result) {
            emit merged(result);
            refresh();
        });
}

void StudyDesk::report(const StudyReportOptions& options)
{
    if (!m_study)
        return;
    ++m_reporting;
    const int number = ++m_reportNumber;
    QtConcurrent::run([study = *m_study, options] {
        return studyReport(study, options);
    }).then(this, [this, number](const Result<StudyReport>& report) {
        --m_reporting;
        if (number != m_reportNumber)
            return;
        if (report)
            emit reported(*report);
        else
            emit reportFailed(report.error());
    });
}

void StudyDesk::exportReport(const QString& folder, const StudyReportOptions& options,
                             const QList<QImage>& plots)
{
    if (!m_study)
        return;
    start<bool>(
        Work::Exporting,
        [study = *m_study, folder, options, plots](const JobControl&) -> Result<bool> {
            const Result<StudyReport> report = writeStudyReport(study, toPath(folder), options);
            if (!report)
                return report.error();
            const Result<void> saved = StudyPdf::save(*report, plots, folder + u"/report.pdf"_s);
            return saved ? Result<bool>(true) : Result<bool>(saved.error());
        },
        [this, folder](bool) { emit exported(folder); });
}

void StudyDesk::makePreferences(bool leaveOutFlagged)
{
    if (!m_study)
        return;
    const QString name = toQString(m_study->plan().name);
    const QString folder = newFolder(tr("%1 preferences").arg(name));
    start<std::int64_t>(
        Work::Exporting,
        [study = *m_study, folder, leaveOutFlagged](const JobControl&) {
            return exportPreferences(study, toPath(folder), leaveOutFlagged);
        },
        [this, folder](std::int64_t pairs) { emit preferencesMade(folder, pairs); });
}

void StudyDesk::stop()
{
    m_stop.request_stop();
}

} // namespace adtailor
