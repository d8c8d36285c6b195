// TrainingDesk: the training runs of this computer: makes, follows and removes them, uses results.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/run_list_model.h"
#include "app/run_recipe.h"
#include "app/training_check.h"
#include "app/training_process.h"

#include <optional>

namespace adtailor {

class ModelDesk;
class Settings;

class TrainingDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrainingDesk)

public:
    // engine: the command as `adtailor serve`; the trainer is the same program.
    TrainingDesk(Settings& settings, ModelDesk& models, const EngineCommand& engine,
                 QObject* parent = nullptr);

    RunListModel& runs() { return m_runs; }
    TrainingProcess& process() { return m_process; }
    TrainingCheck& check() { return m_check; }
    bool isListed() const { return m_listed; } // the list was read once

    void refresh(); // reads the list, then `listed`
    void addFolder(const QString& folder); // a run that is somewhere else
    TrainableModel base() const; // the model in use
    void check(const RunRecipe& recipe);
    void create(const RunRecipe& recipe); // starts and follows it
    // What the run has reached becomes the engine's model. step 0: the result.
    void use(qint64 step);
    bool isBundling() const { return m_bundling; }
    // Out of the list: runs made here go to the trash, others only off the list.
    void remove(const QString& folder);
    bool canRestore() const { return m_removed.has_value(); }
    void restore(); // the one removed last

signals:
    void listed();
    void usingChanged(); // a bundle is being made, or not any more
    void used(const QString& name);
    void failed(const adtailor::Error& error);

private:
    struct Removed
    {
        QString folder;
        QString inTrash; // empty: it was only taken off the list
    };

    void exportAdapter(qint64 step);
    void setBundling(bool bundling);

    Settings& m_settings;
    ModelDesk& m_models;
    EngineCommand m_trainer;
    QString m_home;
    RunListModel m_runs;
    TrainingProcess m_process;
    TrainingCheck m_check;
    std::optional<Removed> m_removed;
    bool m_listed = false;
    bool m_bundling = false;
};

} // namespace adtailor
