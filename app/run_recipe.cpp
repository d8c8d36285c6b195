// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_recipe.h"

#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qint64 largestConfig = 1 << 20;
constexpr qint64 smallHidden = 1024; // published language models are wider
constexpr int longestFolderName = 60;

const QString purposeNames[] = { u"quick"_s, u"style"_s, u"full"_s, u"votes"_s };

// What the default model was trained with; wider models take the paper's settings.
const QJsonObject smallModelSettings{
    { u"text_batch"_s, 3 },
    { u"word_substitution"_s, 0.6 },
    { u"text_weight"_s, 2.0 },
    { u"image_start_weight"_s, 16.0 },
    { u"image_token_noise"_s, 1.0 },
    { u"preference_rate"_s, 0.02 },
    { u"clip"_s, 5.0 },
    { u"weight_decay"_s, 0.02 },
    { u"beta2"_s, 0.98 },
    { u"history_trains_embeddings"_s, false },
};

// The base says its own sizes and tokenizer. A wide one is trained in the memory-saving way, and as
// the paper did together with its token embeddings.
void addLora(QJsonObject& settings, qint64 rank, const TrainableModel& model)
{
    settings[u"base"] = model.folder;
    settings[u"lora"] = QJsonObject{ { u"rank"_s, rank }, { u"alpha"_s, 2 * rank } };
    settings[u"train_embed_tokens"] = !model.isSmall();
    settings[u"gradient_checkpointing"] = !model.isSmall();
    settings[u"precision"] = model.isSmall() ? u"fp32"_s : u"bf16"_s;
}

void addWholeModel(QJsonObject& settings, const TrainableModel& model)
{
    settings[u"initial"] = model.folder + u"/model.safetensors"_s;
    settings[u"tokenizer"] = model.folder + u"/tokenizer.json"_s;
    if (const QString sentence = model.folder + u"/instruction.txt"_s; QFile::exists(sentence))
        settings[u"instruction"] = sentence;
    settings[u"model"] = model.config;
}

// Direct preference optimisation, which has no samples of titles alone.
void addVotes(QJsonObject& settings)
{
    settings[u"objective"] = u"dpo"_s;
    settings[u"beta"] = 0.1;
    settings.remove(u"text_batch"_s);
}

QString folderName(QString name)
{
    static const QRegularExpression strange(u"[^\\w.-]+"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression ends(u"^[.-]+|[.-]+$"_s);
    name = name.trimmed().toLower().replace(strange, u"-"_s).left(longestFolderName);
    name.remove(ends);
    return name.isEmpty() ? u"run"_s : name;
}

} // namespace

bool TrainableModel::isSmall() const
{
    return isOurs && config[u"language_model"][u"hidden_size"].toInteger(smallHidden) < smallHidden;
}

bool TrainableModel::readsHistory() const
{
    return !isOurs || config[u"preference"].isObject(); // others get these parts anew
}

TrainableModel readTrainableModel(const QString& folder)
{
    TrainableModel model{ .folder = folder, .name = QDir(folder).dirName() };
    QFile file(folder + u"/config.json"_s);
    if (file.open(QIODevice::ReadOnly))
        model.config = QJsonDocument::fromJson(file.read(largestConfig)).object();
    const QJsonObject& config = model.config; // [] of a mutable one would add what is not there
    model.name = config[u"name"].toString(model.name);
    model.isOurs = config[u"format"].toString() == u"adtailor-uni-adgen";
    model.isWhole = model.isOurs ? QFile::exists(folder + u"/model.safetensors"_s)
            && QFile::exists(folder + u"/tokenizer.json"_s)
                                 : !config.isEmpty();
    return model;
}

RunRecipe recipeFor(RunPurpose purpose, const TrainableModel& model)
{
    RunRecipe recipe{ .purpose = purpose };
    recipe.learningRate = model.isSmall() ? 2e-4 : 5e-5; // the paper's for wide ones
    switch (purpose) {
    case RunPurpose::QuickLook:
        recipe.steps = 60;
        recipe.warmup = 5;
        recipe.checkEvery = 20;
        recipe.patience = 0;
        recipe.rank = 8;
        break;
    case RunPurpose::Style:
        break;
    case RunPurpose::Full:
        recipe.steps = 1500; // the paper's
        recipe.warmup = 80;
        recipe.checkEvery = 150;
        recipe.patience = 4;
        recipe.rank = model.isSmall() ? 0 : 16; // a small one can afford all its weights
        break;
    case RunPurpose::Votes:
        recipe.steps = 200;
        recipe.checkEvery = 25;
        recipe.learningRate = model.isSmall() ? 1e-4 : 1e-5;
        break;
    }
    return recipe;
}

RunRecipe withDataOf(RunRecipe recipe, const RunRecipe& before)
{
    recipe.name = before.name;
    recipe.records = before.records;
    recipe.columns = before.columns;
    recipe.heldOut = before.heldOut;
    recipe.pictures = before.pictures;
    recipe.seed = before.seed;
    return recipe;
}

QJsonObject runSettings(const RunRecipe& recipe, const TrainableModel& model)
{
    QJsonObject settings = model.isSmall() ? smallModelSettings : QJsonObject();
    settings[u"name"] = recipe.name;
    settings[u"purpose"] = purposeNames[static_cast<int>(recipe.purpose)];
    settings[u"stage"] = model.readsHistory() ? u"personalised"_s : u"general"_s;
    settings[u"records"] = recipe.records;
    if (!recipe.columns.isEmpty())
        settings[u"columns"] = recipe.columns;
    if (!recipe.heldOut.isEmpty())
        settings[u"held_out"] = recipe.heldOut;
    settings[u"scenes"] = recipe.pictures;
    settings[u"steps"] = recipe.steps;
    settings[u"batch"] = recipe.batch;
    settings[u"accumulation"] = recipe.accumulation;
    settings[u"warmup"] = recipe.warmup;
    settings[u"learning_rate"] = recipe.learningRate;
    settings[u"minimum_learning_rate"] = recipe.learningRate / 10;
    settings[u"cosine"] = true;
    settings[u"validate_every"] = recipe.checkEvery;
    settings[u"checkpoint_every"] = recipe.checkEvery;
    settings[u"early_stop_patience"] = recipe.patience;
    settings[u"log_every"] = std::max<qint64>(1, std::min<qint64>(20, recipe.checkEvery / 5));
    settings[u"seed"] = recipe.seed;
    if (recipe.rank > 0)
        addLora(settings, recipe.rank, model);
    else
        addWholeModel(settings, model);
    if (recipe.purpose == RunPurpose::Votes)
        addVotes(settings);
    return settings;
}

RunRecipe recipeOf(const QJsonObject& settings)
{
    RunRecipe recipe;
    const QString purpose = settings[u"purpose"].toString();
    for (int i = 0; i < int(std::size(purposeNames)); ++i)
        if (purpose == purposeNames[i])
            recipe.purpose = static_cast<RunPurpose>(i);
    recipe.name = settings[u"name"].toString();
    recipe.records = settings[u"records"].toString();
    recipe.columns = settings[u"columns"].toObject();
    recipe.heldOut = settings[u"held_out"].toString();
    recipe.pictures = settings[u"scenes"].toString();
    recipe.steps = settings[u"steps"].toInteger(recipe.steps);
    recipe.batch = settings[u"batch"].toInteger(recipe.batch);
    recipe.accumulation = settings[u"accumulation"].toInteger(recipe.accumulation);
    recipe.warmup = settings[u"warmup"].toInteger(recipe.warmup);
    recipe.learningRate = settings[u"learning_rate"].toDouble(recipe.learningRate);
    recipe.rank = settings[u"lora"][u"rank"].toInteger(0);
    recipe.checkEvery = settings[u"validate_every"].toInteger(recipe.checkEvery);
    recipe.patience = settings[u"early_stop_patience"].toInteger(0);
    recipe.seed = settings[u"seed"].toInteger(recipe.seed);
    return recipe;
}

QString runHome()
{
    const QString given = qEnvironmentVariable("ADTAILOR_RUNS");
    return given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + u"/adtailor/runs"_s
                           : given;
}

Result<QString> createRun(const QString& home, const QJsonObject& settings)
{
    return guarded([&] {
        const QString name = folderName(settings[u"name"].toString());
        QString folder = home + u'/' + name;
        for (int i = 2; QFileInfo::exists(folder); ++i)
            folder = u"%1/%2-%3"_s.arg(home, name).arg(i);
        if (!QDir().mkpath(folder))
            throw Failure(ErrorCode::InvalidInput,
                          "The folder " + toStdString(folder)
                              + " cannot be made: check its permissions and the disk.");
        const QByteArray text = QJsonDocument(settings).toJson();
        writeFileAtomically(toPath(folder) / "run.json",
                            std::string_view(text.data(), text.size()));
        return folder;
    });
}

} // namespace adtailor
