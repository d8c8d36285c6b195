// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_desk.h"

#include "app/model_desk.h"
#include "app/qt_types.h"
#include "app/sample_loader.h"
#include "app/settings.h"

#include <adtailor/run_bundle.h>

#include <QDir>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int mostRuns = 500; // listed

// An ssh command stands before the verb; training runs where the engine does.
EngineCommand trainerOf(EngineCommand engine)
{
    engine.arguments.removeAll(u"serve"_s);
    engine.arguments << u"train"_s;
    return engine;
}

std::vector<TrainingRun> readRuns(const QString& home, const QStringList& others)
{
    QStringList folders;
    for (const QString& name : QDir(home).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time))
        folders << home + u'/' + name;
    folders << others;
    std::vector<TrainingRun> runs;
    for (const QString& folder : folders)
        if (runs.size() < mostRuns && QFile::exists(folder + u"/run.json"_s))
            runs.push_back(TrainingRunReader::summary(folder));
    return runs;
}

} // namespace

TrainingDesk::TrainingDesk(Settings& settings, ModelDesk& models, const EngineCommand& engine,
                           QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_models(models)
    , m_home(runHome())
    , m_process(trainerOf(engine))
    , m_check(trainerOf(engine))
{
    connect(&m_process, &TrainingProcess::changed, this,
            [this] { m_runs.setRun(m_process.run(), m_process.metrics().lastStep()); });
    connect(&m_process, &TrainingProcess::failed, this, &TrainingDesk::failed);
}

void TrainingDesk::refresh()
{
    QtConcurrent::run([home = m_home, others = m_settings.runFolders()] {
        return readRuns(home, others);
    }).then(this, [this](const std::vector<TrainingRun>& runs) {
        m_runs.setRuns(runs);
        m_listed = true;
        if (!m_process.run().folder.isEmpty())
            m_runs.setRun(m_process.run(), m_process.metrics().lastStep());
        emit listed();
    });
}

void TrainingDesk::addFolder(const QString& folder)
{
    if (!QFile::exists(folder + u"/run.json"_s)) {
        emit failed({ ErrorCode::FileNotFound,
                      toStdString(folder) + " holds no run.json: choose the folder of a run." });
        return;
    }
    QStringList folders = m_settings.runFolders();
    if (!folders.contains(folder) && QFileInfo(folder).path() != m_home)
        m_settings.setRunFolders(folders << folder);
    m_process.follow(folder);
    refresh();
}

TrainableModel TrainingDesk::base() const
{
    const QString folder = m_models.inUse();
    return readTrainableModel(folder.isEmpty() ? QDir(resourceFolder()).filePath(u"default_model"_s)
                                               : folder);
}

void TrainingDesk::check(const RunRecipe& recipe)
{
    m_check.check(runSettings(recipe, base()));
}

void TrainingDesk::create(const RunRecipe& recipe)
{
    const auto folder = createRun(m_home, runSettings(recipe, base()));
    if (!folder) {
        emit failed(folder.error());
        return;
    }
    m_process.follow(*folder);
    m_process.start();
    refresh();
}

void TrainingDesk::use(qint64 step)
{
    const TrainingRun& run = m_process.run();
    if (m_bundling)
        return;
    if (step == 0 && run.hasAdapter) {
        m_models.adopt(run.file(u"adapter"_s));
        emit used(run.name);
        return;
    }
    m_bundling = true;
    emit usingChanged();
    QtConcurrent::run([folder = toPath(run.folder), step] {
        return bundleRun(folder, step);
    }).then(this, [this, name = run.name](const Result<std::filesystem::path>& bundle) {
        m_bundling = false;
        emit usingChanged();
        if (!bundle) {
            emit failed(bundle.error());
            return;
        }
        m_models.adopt(fromPath(*bundle));
        emit used(name);
    });
}

void TrainingDesk::remove(const QString& folder)
{
    Removed removed{ folder, {} };
    QStringList others = m_settings.runFolders();
    if (others.removeAll(folder) > 0) {
        m_settings.setRunFolders(others);
    } else if (!QFile::moveToTrash(folder, &removed.inTrash)) {
        emit failed(
            { ErrorCode::InvalidInput, toStdString(folder) + " cannot be moved to the trash." });
        return;
    }
    m_removed = removed;
    if (m_process.run().folder == folder)
        m_process.follow({});
    refresh();
}

void TrainingDesk::restore()
{
    if (!m_removed)
        return;
    const Removed removed = *std::exchange(m_removed, std::nullopt);
    if (removed.inTrash.isEmpty())
        m_settings.setRunFolders(m_settings.runFolders() << removed.folder);
    else if (!QDir().rename(removed.inTrash, removed.folder))
        emit failed(
            { ErrorCode::InvalidInput, toStdString(removed.inTrash) + " cannot be moved back." });
    m_process.follow(removed.folder);
    refresh();
}

} // namespace adtailor
