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
    Full, // as many steps as the paper took
    Votes // pairs of ads of which people chose one
};

struct RunRecipe
{
    QString name;
    RunPurpose purpose = RunPurpose::Style;
    QString records; // PAd1M JSON, JSON Lines or CSV
    QJsonObject columns; // PAd1M's field -> column of `records`, where they differ
    QString heldOut; // the same of other people; empty: a part of the people of `records`
    QString pictures; // folder that the records' pictures are relative to
    qint64 steps = 400, batch = 4, accumulation = 1, warmup = 20;
    double learningRate = 5e-5;
    qint64 rank = 16; // of LoRA; 0: all weights are trained
    qint64 checkEvery = 50; // steps between two checks with the held-out ads, samples included
    qint64 patience = 3; // checks without a better one until it ends; 0: never
    qint64 seed = 1;
};

// A model whose weights the trainer can go on from.
struct TrainableModel
{
    QString folder, name;
    QJsonObject config;
    bool isOurs = false; // AdTailor's layout; of others only LoRA can be trained
    bool isWhole = false; // nothing that training reads is missing
    bool isSmall() const; // one whose recipe of training is the default model's
    bool readsHistory() const;
};

TrainableModel readTrainableModel(const QString& folder);
RunRecipe recipeFor(RunPurpose purpose, const TrainableModel& model);
// The same ads under the same name, trained in another way.
RunRecipe withDataOf(RunRecipe recipe, const RunRecipe& before);
QJsonObject runSettings(const RunRecipe& recipe, const TrainableModel& model);
// The form's content of an older run. Its model may be another one than that in use now.
RunRecipe recipeOf(const QJsonObject& settings);

// $ADTAILOR_RUNS, or adtailor/runs in the user's data folder.
QString runHome();
// A new folder in `home` with these settings in its run.json.
Result<QString> createRun(const QString& home, const QJsonObject& settings);

} // namespace adtailor
