// RunRecipe: what a new training run is to be: presets by purpose, and run.json made of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

#include <QJsonObject>
#include <QString>

namespace adtailor {

enum class RunPurpose {
    QuickLook, // minutes: do the data and the settings work at all?
    Style, // the look of a person or a brand, stopped when it no longer gets better
    Full // as many steps as the paper took
};

struct RunRecipe
{
    QString name;
    RunPurpose purpose = RunPurpose::Style;
    QString records, heldOut; // data files in the format of PAd1M
    QString pictures; // folder that the records' pictures are relative to
    qint64 steps = 400, batch = 4, accumulation = 1, warmup = 20;
    double learningRate = 5e-5;
    qint64 checkEvery = 50; // steps between two checks with the held-out ads, samples included
    qint64 patience = 3; // checks without a better one until it ends; 0: never
    qint64 seed = 1;
};

// A model whose weights the trainer can go on from.
struct TrainableModel
{
    QString folder, name;
    QJsonObject config;
    enum class Problem { None, Layout, Files } problem = Problem::None;
    bool isSmall() const; // one whose recipe of training is the default model's
    bool readsHistory() const;
};

TrainableModel readTrainableModel(const QString& folder);
RunRecipe recipeFor(RunPurpose purpose, const TrainableModel& model);
QJsonObject runSettings(const RunRecipe& recipe, const TrainableModel& model);
// The form's content of an older run.
RunRecipe recipeOf(const QJsonObject& settings);

// $ADTAILOR_RUNS, or adtailor/runs in the user's data folder.
QString runHome();
// A new folder in `home` with these settings in its run.json.
Result<QString> createRun(const QString& home, const QJsonObject& settings);

} // namespace adtailor
