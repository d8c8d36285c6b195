// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/messages.h"

#include "app/qt_types.h"

#include <QHash>
#include <QLocale>

#include <cmath>

namespace adtailor {

Message Messages::forError(const Error& error)
{
    const auto sentence = [&]() -> QString {
        switch (error.code) {
        case ErrorCode::Cancelled:
            return tr("Stopped. What was finished is kept as a draft.");
        case ErrorCode::InvalidInput:
            return tr("The brief cannot be used as it is. Correct it and try again.");
        case ErrorCode::FileNotFound:
            return tr("A file is missing. Check that it is still in its place.");
        case ErrorCode::FileCorrupt:
            return tr("The file is damaged or is not what its name says. Choose another one.");
        case ErrorCode::ModelMismatch:
            return tr("The model does not fit this version of AdTailor. Choose another model.");
        case ErrorCode::OutOfMemory:
            return tr("There is not enough memory. Make fewer ads at once or close other "
                      "programs.");
        case ErrorCode::DiskFull:
            return tr("The disk is full. Nothing was lost. Free some space and save again.");
        case ErrorCode::EngineGone:
            return tr("The engine stopped. Finished ads are kept. Start it again.");
        case ErrorCode::Internal:
            break;
        }
        return tr("The engine reported a fault. Try again; the details are in the tooltip.");
    };
    return { sentence(), toQString(error.detail) };
}

Message Messages::forTraining(const Error& error)
{
    const auto sentence = [&]() -> QString {
        switch (error.code) {
        case ErrorCode::InvalidInput:
            return tr("The run cannot go on with these settings or data.");
        case ErrorCode::FileNotFound:
            return tr("A file of this run is missing. Put it back and start again.");
        case ErrorCode::FileCorrupt:
            return tr("A file of this run is damaged. Replace it and start again.");
        case ErrorCode::ModelMismatch:
            return tr("The model does not fit the settings of this run.");
        case ErrorCode::OutOfMemory:
            return tr(
                "There was not enough memory. Duplicate the run with half the batch, or close "
                "other programs.");
        case ErrorCode::DiskFull:
            return tr("The disk is full. The last checkpoint is kept. Free some space and resume.");
        case ErrorCode::EngineGone:
            return tr("The training program cannot be started.");
        default:
            return tr("The training reported a fault. The last checkpoint is kept.");
        }
    };
    return { sentence(), toQString(error.detail) };
}

Message Messages::forStudy(const Error& error)
{
    const auto sentence = [&]() -> QString {
        switch (error.code) {
        case ErrorCode::InvalidInput:
            return tr("The study does not allow this. The line below says what to change.");
        case ErrorCode::FileNotFound:
            return tr("A file of this study is missing. Put it back and try again.");
        case ErrorCode::FileCorrupt:
            return tr("A file of this study was changed or is damaged. Nothing was taken from it.");
        case ErrorCode::DiskFull:
            return tr("The disk is full. Nothing was lost. Free some space and try again.");
        default:
            return forError(error).sentence;
        }
    };
    return { sentence(), toQString(error.detail) };
}

ErrorCode Messages::codeOf(const QString& name)
{
    static const QHash<QString, ErrorCode> codes{
        { QStringLiteral("cancelled"), ErrorCode::Cancelled },
        { QStringLiteral("invalid-input"), ErrorCode::InvalidInput },
        { QStringLiteral("file-not-found"), ErrorCode::FileNotFound },
        { QStringLiteral("file-corrupt"), ErrorCode::FileCorrupt },
        { QStringLiteral("model-mismatch"), ErrorCode::ModelMismatch },
        { QStringLiteral("out-of-memory"), ErrorCode::OutOfMemory },
        { QStringLiteral("disk-full"), ErrorCode::DiskFull },
        { QStringLiteral("engine-gone"), ErrorCode::EngineGone },
    };
    return codes.value(name, ErrorCode::Internal);
}

QString Messages::lintKind(const QString& name)
{
    const QHash<QString, QString> kinds{
        { QStringLiteral("bad-record"), tr("unreadable row") },
        { QStringLiteral("missing-image"), tr("picture missing") },
        { QStringLiteral("unreadable-image"), tr("picture unreadable") },
        { QStringLiteral("no-alpha"), tr("cutout with a background") },
        { QStringLiteral("cut-off"), tr("product cut off") },
        { QStringLiteral("empty-title"), tr("no title") },
        { QStringLiteral("long-title"), tr("long title") },
        { QStringLiteral("foreign-title"), tr("title not from the selling points") },
        { QStringLiteral("short-history"), tr("short history") },
        { QStringLiteral("duplicate-record"), tr("row twice") },
        { QStringLiteral("duplicate-image"), tr("picture twice") },
    };
    return kinds.value(name, name);
}

QString Messages::stage(Stage stage)
{
    switch (stage) {
    case Stage::LoadModel:
        return tr("Loading the model");
    case Stage::Preference:
        return tr("Reading the history");
    case Stage::Title:
        return tr("Writing the title");
    case Stage::Image:
        return tr("Drawing the picture");
    case Stage::Decode:
        return tr("Finishing the picture");
    case Stage::Train:
        return tr("Training");
    case Stage::Data:
        return tr("Preparing the data");
    }
    return {};
}

QString Messages::timeLeft(double seconds)
{
    if (seconds < 60)
        return tr("%1 s left").arg(std::max(1, static_cast<int>(std::lround(seconds))));
    return tr("%1 min left").arg(static_cast<int>(std::ceil(seconds / 60)));
}

QString Messages::duration(double seconds)
{
    if (seconds < 60)
        return tr("%1 s").arg(QLocale().toString(seconds, 'f', 1));
    const int whole = static_cast<int>(std::lround(seconds));
    return tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

} // namespace adtailor
