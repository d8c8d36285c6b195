// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_desk.h"

#include "app/qt_types.h"
#include "app/sample_loader.h"
#include "app/settings.h"

#include <QDir>
#include <QtConcurrent>

#include <chrono>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr std::chrono::milliseconds reportEvery{ 100 };

} // namespace

struct ModelDesk::Outcome
{
    Result<QString> sentence; // what was done
    QString folder; // of the check
    std::optional<ModelCheck> check;
};

ModelDesk::ModelDesk(Settings& settings, EngineClient& engine, EngineCommand base,
                     const QString& model, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_engine(engine)
    , m_base(std::move(base))
    , m_home(fromPath(ModelStore::modelHome()))
    , m_store(toPath(m_home), toPath(QDir(resourceFolder()).filePath(u"default_model"_s)))
    , m_inUse(model.isEmpty() ? settings.model() : model)
    , m_adapters(settings.adapters())
{
    m_model.setInUse(m_inUse, m_adapters);
}

ModelDesk::~ModelDesk()
{
    m_stop.request_stop();
    m_task.waitForFinished(); // it looks at the flag for every piece it reads
}

EngineCommand ModelDesk::command() const
{
    EngineCommand command = m_base;
    if (!m_inUse.isEmpty())
        command.arguments << u"--model"_s << m_inUse;
    for (const QString& adapter : m_adapters)
        command.arguments << u"--add"_s << adapter;
    if (precision() == Precision::BFloat16)
        command.arguments << u"--precision"_s << u"bfloat16"_s;
    if (const QString file = instructionFile(); !file.isEmpty())
        command.arguments << u"--instruction"_s << file;
    return command;
}

void ModelDesk::use(const QString& folder)
{
    m_before = Choice{ m_inUse, m_adapters };
    const ModelRow* row = m_model.at(m_model.rowOf(folder));
    if (row && row->model.kind == ModelKind::Adapter) {
        if (m_adapters.removeAll(folder) == 0)
            m_adapters.append(folder);
    } else {
        m_inUse = row && row->model.bundled ? QString() : folder;
    }
    restartEngine();
}

void ModelDesk::adopt(const QString& folder, const QString& base)
{
    QtConcurrent::run([store = m_store, folder] {
        return store.addFolder(toPath(folder));
    }).then(this, [this, folder, base](const Result<void>& listed) {
        if (!listed) {
            emit failed(listed.error());
            return;
        }
        m_adopted = folder;
        m_adoptedBase = base;
        refresh();
    });
}

void ModelDesk::useAdopted()
{
    const ModelRow* row = m_model.at(m_model.rowOf(std::exchange(m_adopted, {})));
    const QString base = std::exchange(m_adoptedBase, {});
    if (!row)
        return;
    if (row->model.kind != ModelKind::Adapter || base.isEmpty()) {
        if (!m_model.isInUse(*row))
            use(row->folder());
        return;
    }
    const ModelRow* under = m_model.at(m_model.rowOf(base));
    m_before = Choice{ m_inUse, m_adapters };
    m_inUse = under && under->model.bundled ? QString() : base;
    m_adapters = { row->folder() };
    restartEngine();
}

void ModelDesk::useBefore()
{
    if (!m_before)
        return;
    m_inUse = m_before->model;
    m_adapters = m_before->adapters;
    m_before.reset();
    restartEngine();
}

void ModelDesk::restartEngine()
{
    m_settings.setModel(m_inUse);
    m_settings.setAdapters(m_adapters);
    m_model.setInUse(m_inUse, m_adapters);
    m_engine.restart(command());
    emit changed();
}

Precision ModelDesk::precision() const
{
    return m_settings.halfPrecision() ? Precision::BFloat16 : Precision::Float32;
}

void ModelDesk::setPrecision(Precision precision)
{
    if (precision == this->precision())
        return;
    m_settings.setHalfPrecision(precision != Precision::Float32);
    restartEngine();
}

QString ModelDesk::instructionFile() const
{
    return m_settings.instructionFile();
}

void ModelDesk::setInstructionFile(const QString& path)
{
    if (path == instructionFile())
        return;
    m_settings.setInstructionFile(path);
    restartEngine();
}

void ModelDesk::refresh()
{
    QtConcurrent::run([store = m_store]() -> Result<std::vector<ModelRow>> {
        const auto models = store.list();
        if (!models)
            return models.error();
        std::vector<ModelRow> rows;
        for (const ModelDescription& model : *models) {
            const auto last = store.lastCheck(model);
            rows.push_back({ model, last ? *last : ModelCheck{ .first = true } });
        }
        return rows;
    }).then(this, [this](const Result<std::vector<ModelRow>>& rows) {
        if (rows)
            m_model.setRows(*rows);
        else
            emit failed(rows.error());
        if (rows && !m_adopted.isEmpty())
            useAdopted();
        emit changed();
    });
}

void ModelDesk::import(const QString& folder)
{
    begin(Work::Importing, [store = m_store, folder](const JobControl& job) {
        const auto model = store.import(toPath(folder), {}, job);
        return Outcome{ model ? Result<QString>(tr("%1 is imported.").arg(toQString(model->name)))
                              : model.error(),
                        {},
                        {} };
    });
}

void ModelDesk::addFolder(const QString& folder)
{
    begin(Work::Importing, [store = m_store, folder](const JobControl&) {
        const auto added = store.addFolder(toPath(folder));
        return Outcome{ added ? Result<QString>(tr("%1 is listed.").arg(folder)) : added.error(),
                        {},
                        {} };
    });
}

void ModelDesk::check(const QString& folder)
{
    const ModelRow* row = m_model.at(m_model.rowOf(folder));
    if (!row)
        return;
    begin(Work::Checking, [store = m_store, model = row->model, folder](const JobControl& job) {
        const auto check = store.check(model, CheckDepth::Full, job);
        if (!check)
            return Outcome{ check.error(), folder, {} };
        const QString name = toQString(model.name);
        const int files = static_cast<int>(check->files);
        return Outcome{ check->first
                            ? tr("%1: checksums of %n file(s) were made.", nullptr, files).arg(name)
                            : check->isIntact()
                            ? tr("%1: all %n file(s) are unchanged.", nullptr, files).arg(name)
                            : tr("%1: files have changed.").arg(name),
                        folder, *check };
    });
}

void ModelDesk::remove(const QString& folder)
{
    const bool adapter = m_adapters.removeAll(folder) > 0;
    const bool model = !m_inUse.isEmpty() && QDir(folder) == QDir(m_inUse);
    if (model)
        m_inUse.clear();
    if (adapter || model)
        restartEngine();
    m_before.reset();
    begin(Work::Removing, [store = m_store, folder](const JobControl&) {
        const auto removed = store.remove(toStdString(folder));
        if (!removed)
            return Outcome{ removed.error(), {}, {} };
        return Outcome{ *removed ? tr("The model's files are deleted.")
                                 : tr("The model is not listed any more; its files stay."),
                        {},
                        {} };
    });
}

void ModelDesk::stop()
{
    m_stop.request_stop();
}

void ModelDesk::begin(Work work, std::function<Outcome(const JobControl&)> task)
{
    if (m_work != Work::None)
        return;
    m_work = work;
    m_stop = {};
    emit workChanged();
    auto lastReport = std::chrono::steady_clock::time_point();
    const auto report = [this, lastReport](const Progress& progress) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (progress.done != progress.total && now - lastReport < reportEvery)
            return;
        lastReport = now;
        QMetaObject::invokeMethod(
            this, [this, progress] { emit progressed(progress.done, progress.total); },
            Qt::QueuedConnection);
    };
    QFuture<Outcome> running
        = QtConcurrent::run([task = std::move(task), stop = m_stop.get_token(), report] {
              return task({ .stop = stop, .report = report });
          });
    m_task = QFuture<void>(running);
    running.then(this, [this](const Outcome& outcome) {
        m_work = Work::None;
        emit workChanged();
        if (outcome.check)
            m_model.setCheck(outcome.folder, *outcome.check);
        if (outcome.sentence)
            emit finished(*outcome.sentence);
        else if (outcome.sentence.error().code != ErrorCode::Cancelled)
            emit failed(outcome.sentence.error());
        refresh();
    });
}

} // namespace adtailor
