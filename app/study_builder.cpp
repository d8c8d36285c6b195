// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_builder.h"

#include "app/ad_folder.h"
#include "app/ad_groups.h"
#include "app/qt_types.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QtConcurrent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int needDelay = 300; // milliseconds without a change before the simulation starts

} // namespace

StudyBuilder::StudyBuilder(QObject* parent)
    : QObject(parent)
{
    m_needSoon.setSingleShot(true);
    m_needSoon.setInterval(needDelay);
    connect(&m_needSoon, &QTimer::timeout, this, &StudyBuilder::askNeed);
    connect(this, &StudyBuilder::changed, this, [this] {
        const std::pair now(m_raters, std::max(2, static_cast<int>(m_plan.sources.size())));
        if (now == m_needFor)
            return;
        m_needFor = now;
        m_need = {};
        m_needSoon.start();
    });
    startNew({});
}

void StudyBuilder::setWidth(double width)
{
    m_width = width;
    m_need = {};
    m_needSoon.start();
    emit needChanged();
}

void StudyBuilder::askNeed()
{
    StudySizeOptions options;
    options.raters = m_needFor.first;
    options.sources = m_needFor.second;
    const int number = ++m_needNumber;
    QtConcurrent::run(votesNeeded, m_width, options)
        .then(this, [this, number](std::optional<std::int64_t> votes) {
            if (number != m_needNumber)
                return;
            m_need = { true, votes };
            emit needChanged();
        });
}

std::optional<Error> StudyBuilder::gap() const
{
    const Result<void> checked = checkStudyPlan(m_plan);
    return checked ? std::nullopt : std::optional(checked.error());
}

int StudyBuilder::trialsPerRater() const
{
    return gap() ? 0 : static_cast<int>(studyTrials(m_plan, 0).size());
}

void StudyBuilder::startNew(const QString& name)
{
    ++m_version;
    m_plan = {};
    m_plan.name = toStdString(name);
    m_plan.seed = QRandomGenerator::global()->generate();
    m_sources.clear();
    m_issues.clear();
    emit changed();
}

void StudyBuilder::startNextVersion(const StudyFolder& study)
{
    ++m_version;
    m_plan = study.plan();
    ++m_plan.version;
    m_plan.follows = study.hash();
    m_plan.catches.clear(); // made anew at the start
    m_sources.clear();
    for (const std::string& label : m_plan.sources)
        m_sources.append({ toQString(label), {} });
    m_issues.clear();
    emit changed();
}

void StudyBuilder::setSettings(const StudyPlan& plan)
{
    StudyPlan next = plan;
    next.version = m_plan.version;
    next.follows = m_plan.follows;
    next.seed = m_plan.seed;
    next.sources = m_plan.sources;
    next.items = std::move(m_plan.items);
    next.catches.clear();
    m_plan = std::move(next);
    emit changed();
}

void StudyBuilder::setRaters(int raters)
{
    m_raters = raters;
    emit changed();
}

QString StudyBuilder::freeLabel(const QString& wanted) const
{
    const auto taken = [this](const QString& label) {
        return std::any_of(m_sources.begin(), m_sources.end(),
                           [&](const Source& source) { return source.label == label; });
    };
    QString label = wanted;
    for (int i = 2; taken(label); ++i)
        label = u"%1 %2"_s.arg(wanted).arg(i);
    return label;
}

void StudyBuilder::addFolder(const QString& folder)
{
    m_sources.append({ freeLabel(QFileInfo(folder).fileName()), folder });
    readItems();
}

// The ads are written as files first, beside the window; the files go when the studio closes.
void StudyBuilder::addAds(const std::vector<AdItem>& ads)
{
    if (!m_scratch)
        m_scratch = std::make_unique<QTemporaryDir>();
    if (!m_scratch->isValid())
        return emit failed({ ErrorCode::DiskFull, toStdString(m_scratch->errorString()) });
    std::vector<std::pair<Source, std::vector<AdItem>>> groups;
    for (AdGroup& group : AdGroups::of(ads)) {
        const QString folder = m_scratch->filePath(QString::number(++m_scratchFolders));
        groups.push_back({ { group.label, folder }, std::move(group.ads) });
    }
    ++m_reading;
    emit changed();
    QtConcurrent::run([groups] {
        for (const auto& [source, items] : groups) {
            QDir().mkpath(source.folder);
            if (const SavedAds saved = saveAdItems(items, source.folder); saved.problem)
                return saved.problem;
        }
        return std::optional<Error>();
    }).then(this, [this, groups](const std::optional<Error>& problem) {
        --m_reading;
        if (problem) {
            emit changed();
            return emit failed(*problem);
        }
        for (const auto& [source, items] : groups)
            m_sources.append({ freeLabel(source.label), source.folder });
        readItems();
    });
}

void StudyBuilder::rename(int source, const QString& label)
{
    const QString words = label.simplified();
    if (words.isEmpty() || m_sources[source].label == words)
        return;
    m_sources[source].label = freeLabel(words);
    m_plan.sources[static_cast<std::size_t>(source)] = toStdString(m_sources[source].label);
    emit changed();
}

void StudyBuilder::remove(int source)
{
    m_sources.removeAt(source);
    readItems();
}

// Items are what all sources have; fewer than two sources have none in common yet.
void StudyBuilder::readItems()
{
    const int version = ++m_version;
    std::vector<LabelledFolder> folders;
    m_plan.sources.clear();
    m_plan.items.clear();
    m_issues.clear();
    for (const Source& source : m_sources) {
        folders.push_back({ toStdString(source.label), toPath(source.folder) });
        m_plan.sources.push_back(toStdString(source.label));
    }
    if (folders.size() < 2)
        return emit changed();
    ++m_reading;
    emit changed();
    QtConcurrent::run(studyFromFolders, folders)
        .then(this, [this, version](const Result<StudyDraft>& draft) {
            --m_reading;
            if (version == m_version && draft) {
                m_plan.items = draft->plan.items;
                m_issues = toQStringList(draft->issues);
            }
            emit changed();
            if (version == m_version && !draft)
                emit failed(draft.error());
        });
}

} // namespace adtailor
