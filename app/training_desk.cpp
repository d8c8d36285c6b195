// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_desk.h"

#include "app/model_desk.h"
#include "app/qt_types.h"
#include "app/sample_loader.h"
#include "app/settings.h"

#include <adtailor/run_bundle.h>

#include <QDir>
#include <QProcess>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int mostRuns = 500; // listed

// Training runs where the engine does.
EngineCommand withVerb(EngineCommand engine, const QStringList& verb)
{
    engine.arguments.removeAll(u"serve"_s);
    engine.arguments << verb;
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
    , m_trainer(withVerb(engine, { u"train"_s }))
    , m_home(runHome())
    , m_process(m_trainer)
    , m_check(withVerb(engine, {}))
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
        m_models.adopt(run.file(u"adapter"_s), run.settings[u"base"].toString());
        emit used(run.name);
        return;
    }
    setBundling(true);
    if (run.settings.contains(u"lora"))
        return exportAdapter(step);
    QtConcurrent::run([folder = toPath(run.folder), step] {
        return bundleRun(folder, step);
    }).then(this, [this, name = run.name](const Result<std::filesystem::path>& bundle) {
        setBundling(false);
        if (!bundle) {
            emit failed(bundle.error());
            return;
        }
        m_models.adopt(fromPath(*bundle));
        emit used(name);
    });
}

// Only the trainer knows which of a checkpoint's tensors are the adapter's.
void TrainingDesk::exportAdapter(qint64 step)
{
    const TrainingRun& run = m_process.run();
    const QString target
        = run.file(u"bundles/%1-step_%2"_s.arg(QDir(run.folder).dirName()).arg(step));
    const auto adopt = [this, target, base = run.settings[u"base"].toString(), name = run.name] {
        setBundling(false);
        m_models.adopt(target, base);
        emit used(name);
    };
    if (QFile::exists(target + u"/adapter_config.json"_s))
        return adopt();
    QDir().mkpath(QFileInfo(target).path());
    auto* process = new QProcess(this);
    process->setProcessChannelMode(QProcess::MergedChannels);
    const auto fail = [this, process](const QString& detail) {
        process->deleteLater();
        setBundling(false);
        emit failed({ ErrorCode::ModelMismatch, toStdString(detail) });
    };
    connect(process, &QProcess::errorOccurred, this, [process, fail](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(process->errorString());
    });
    connect(process, &QProcess::finished, this, [process, fail, adopt](int code) {
        if (code != 0)
            return fail(QString::fromUtf8(process->readAll().right(2000)).trimmed());
        process->deleteLater();
        adopt();
    });
    process->start(
        m_trainer.program,
        m_trainer.arguments
            + QStringList{ run.folder, u"--export"_s, target, u"--step"_s, QString::number(step) });
}

void TrainingDesk::setBundling(bool bundling)
{
    m_bundling = bundling;
    emit usingChanged();
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
