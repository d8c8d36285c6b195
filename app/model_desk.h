// ModelDesk: the models of this computer, the work on their files, and which one the engine runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"
#include "app/models/model_list_model.h"

#include <adtailor/memory_plan.h>

#include <QFuture>
#include <QObject>

#include <functional>
#include <optional>
#include <stop_token>

namespace adtailor {

class Settings;

// One piece of work on files at a time, on the pool; the engine goes on meanwhile.
class ModelDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelDesk)

public:
    enum class Work { None, Importing, Checking, Removing };

    // base: how the engine is started without any choice. model: for this run, instead of the
    // settings' choice; may be empty.
    ModelDesk(Settings& settings, EngineClient& engine, EngineCommand base, const QString& model,
              QObject* parent = nullptr);
    ~ModelDesk() override;

    void refresh(); // reads the list, then `changed`
    ModelListModel& model() { return m_model; }
    const QString& home() const { return m_home; }

    EngineCommand command() const; // with the choices
    QString inUse() const { return m_inUse; } // folder; empty: the bundled model
    // The engine starts again on it: a model instead of the one in use, an adapter on top of it,
    // or, when that adapter is in use, without it.
    void use(const QString& folder);
    // Lists a model that is new here and uses it; an adapter alone on top of `base`, if given.
    void adopt(const QString& folder, const QString& base = {});
    void useBefore(); // back to what was used before the last choice
    bool hasBefore() const { return m_before.has_value(); }
    Precision precision() const;
    void setPrecision(Precision precision);
    QString instructionFile() const;
    void setInstructionFile(const QString& path); // empty: our own wording

    void import(const QString& folder);
    void addFolder(const QString& folder); // listed where it is
    void check(const QString& folder);
    void remove(const QString& folder);
    void stop();
    Work work() const { return m_work; }

signals:
    void changed();
    void workChanged();
    void progressed(qint64 done, qint64 total); // bytes
    void finished(const QString& sentence);
    void failed(const adtailor::Error& error);

private:
    struct Outcome;
    void begin(Work work, std::function<Outcome(const JobControl&)> task);
    void useAdopted();
    void restartEngine();

    Settings& m_settings;
    EngineClient& m_engine;
    EngineCommand m_base;
    QString m_home;
    ModelStore m_store;
    ModelListModel m_model;
    QString m_inUse;
    QStringList m_adapters; // folders
    struct Choice
    {
        QString model;
        QStringList adapters;
    };
    std::optional<Choice> m_before;
    QString m_adopted, m_adoptedBase; // to be used when the list knows them
    Work m_work = Work::None;
    std::stop_source m_stop;
    QFuture<void> m_task; // refers to this desk while it runs
};

} // namespace adtailor
