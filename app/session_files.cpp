// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_files.h"

#include "app/ad_folder.h"
#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"

#include <adtailor/imaging.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qint64 maximumSessionBytes = 4 << 20;
constexpr int formatVersion = 1;

QString inFolder(const QString& folder, const QString& name)
{
    return QDir(folder).filePath(name);
}

Error cannotWrite(const QString& folder)
{
    return { ErrorCode::InvalidInput,
             "The folder " + toStdString(folder) + " cannot be made. Check its permissions." };
}

QJsonObject settingsToJson(const RunSettings& settings)
{
    return { { u"ads"_s, settings.ads },
             { u"seed"_s, QString::number(settings.seed) },
             { u"product_hold"_s, settings.productHold },
             { u"guidance"_s, settings.guidance },
             { u"image_variety"_s, settings.imageVariety },
             { u"title_variety"_s, settings.titleVariety },
             { u"title_tokens"_s, settings.titleTokens },
             { u"use_history"_s, settings.useHistory },
             { u"lock_title"_s, settings.lockTitle },
             { u"title"_s, settings.title } };
}

RunSettings settingsFromJson(const QJsonObject& json)
{
    RunSettings settings;
    settings.ads = std::clamp(json[u"ads"].toInt(settings.ads), 1, limits::adsPerRequest);
    settings.seed = json[u"seed"].toString().toULongLong();
    settings.productHold
        = std::clamp(json[u"product_hold"].toDouble(settings.productHold), 0.0, 3.0);
    settings.guidance = std::clamp(json[u"guidance"].toDouble(settings.guidance), 1.0, 15.0);
    settings.imageVariety
        = std::clamp(json[u"image_variety"].toDouble(settings.imageVariety), 0.0, 2.0);
    settings.titleVariety
        = std::clamp(json[u"title_variety"].toDouble(settings.titleVariety), 0.0, 2.0);
    settings.titleTokens = std::clamp(json[u"title_tokens"].toInt(settings.titleTokens), 8, 128);
    settings.useHistory = json[u"use_history"].toBool(true);
    settings.lockTitle = json[u"lock_title"].toBool(false);
    settings.title = json[u"title"].toString();
    return settings;
}

QJsonObject pictureToJson(const BriefState& brief)
{
    if (!brief.picture)
        return {};
    const ProductPicture& picture = *brief.picture;
    return { { u"file"_s, picture.fileName },
             { u"width"_s, picture.fileSize.width() },
             { u"height"_s, picture.fileSize.height() },
             { u"coverage"_s, picture.coverage },
             { u"touches_edge"_s, picture.touchesEdge },
             { u"opaque"_s, picture.wasOpaque },
             { u"matted"_s, picture.mattedFromBackground },
             { u"ratio"_s, brief.placement.ratio },
             { u"across"_s, brief.placement.across },
             { u"ground"_s, brief.placement.ground } };
}

void readPicture(BriefState& brief, const QJsonObject& json, const QString& folder)
{
    if (json.isEmpty())
        return;
    brief.placement.ratio = std::clamp(json[u"ratio"].toDouble(0.55), 0.1, 1.0);
    brief.placement.across = std::clamp(json[u"across"].toDouble(0.5), 0.0, 1.0);
    brief.placement.ground = std::clamp(json[u"ground"].toDouble(0.8), 0.0, 1.0);
    const Result<Image> product = imaging::load(toPath(inFolder(folder, u"product.png"_s)));
    if (!product || !product->hasAlpha())
        return; // the brief stays usable, the page asks for a picture
    auto picture = std::make_shared<ProductPicture>();
    picture->fileName = json[u"file"].toString();
    picture->fileSize = QSize(json[u"width"].toInt(), json[u"height"].toInt());
    picture->product = *product;
    picture->preview = toQImage(*product);
    picture->coverage = json[u"coverage"].toDouble();
    picture->touchesEdge = json[u"touches_edge"].toBool();
    picture->wasOpaque = json[u"opaque"].toBool();
    picture->mattedFromBackground = json[u"matted"].toBool();
    brief.picture = std::move(picture);
}

QJsonObject sessionToJson(const SavedSession& session)
{
    QJsonObject excluded;
    for (const auto& [person, clicks] : session.excluded) {
        QJsonArray list;
        for (const int click : clicks)
            list.append(click);
        if (!list.isEmpty())
            excluded.insert(person, list);
    }
    QJsonArray ads;
    for (const AdItem& ad : session.ads)
        if (ad.isShown())
            ads.append(QJsonObject{ { u"number"_s, ad.number },
                                    { u"starred"_s, ad.starred },
                                    { u"draft"_s, ad.state == AdState::Draft },
                                    { u"drawn"_s, ad.drawn },
                                    { u"person"_s, ad.batch ? ad.batch->person : QString() } });
    return { { u"version"_s, formatVersion },
             { u"description"_s, session.brief.description },
             { u"selling_points"_s, QJsonArray::fromStringList(session.brief.sellingPoints) },
             { u"picture"_s, pictureToJson(session.brief) },
             { u"settings"_s, settingsToJson(session.settings) },
             { u"draw_seed"_s, static_cast<qint64>(session.drawSeed) },
             { u"person"_s, session.person },
             { u"excluded"_s, excluded },
             { u"ads"_s, ads } };
}

Result<QJsonObject> readJson(const QString& folder)
{
    QFile file(inFolder(folder, u"session.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ ErrorCode::FileNotFound, toStdString(file.fileName()) + " cannot be read." };
    const QJsonDocument document = QJsonDocument::fromJson(file.read(maximumSessionBytes));
    if (!document.isObject() || document[u"version"].toInt() != formatVersion)
        return Error{ ErrorCode::FileCorrupt,
                      toStdString(file.fileName())
                          + " is damaged or of another version. It was left as it is." };
    return document.object();
}

QString adBase(int number)
{
    AdItem ad;
    ad.number = number;
    return ad.name();
}

std::vector<AdItem> readAds(const QJsonArray& list, const QString& folder)
{
    std::vector<AdItem> ads;
    for (const QJsonValue& value : list) {
        const int number = value[u"number"].toInt();
        int skipped = 0;
        Result<std::vector<AdItem>> files = loadAdFolder(inFolder(folder, adBase(number)), skipped);
        if (!files)
            continue; // removed by hand
        AdItem* ad = &files->front();
        ad->number = number;
        ad->saved = true;
        ad->starred = value[u"starred"].toBool();
        ad->drawn = value[u"drawn"].toDouble(1);
        if (value[u"draft"].toBool())
            ad->state = AdState::Draft;
        auto batch = std::make_shared<AdBatch>(*ad->batch);
        batch->person = value[u"person"].toString();
        ad->batch = std::move(batch);
        if (ad->state == AdState::Draft)
            ad->composite = {};
        ads.push_back(std::move(*ad));
    }
    return ads;
}

} // namespace

Result<void> saveSession(const SavedSession& session, const QString& folder, bool withPicture)
{
    if (!QDir().mkpath(folder))
        return cannotWrite(folder);
    if (withPicture && session.brief.picture) {
        const Result<void> saved = imaging::savePng(session.brief.picture->product,
                                                    toPath(inFolder(folder, u"product.png"_s)));
        if (!saved)
            return saved;
    }
    for (const AdItem& ad : session.ads) {
        if (ad.saved || !ad.isShown())
            continue;
        const QString place = inFolder(folder, ad.name());
        if (!QDir().mkpath(place))
            return cannotWrite(place);
        if (const Result<QString> saved = saveAdItem(ad, place); !saved)
            return saved.error();
    }
    const QByteArray json = QJsonDocument(sessionToJson(session)).toJson();
    return guarded([&] {
        writeFileAtomically(toPath(inFolder(folder, u"session.json"_s)),
                            std::string_view(json.constData(), json.size()));
    });
}

Result<SavedSession> loadSession(const QString& folder)
{
    const Result<QJsonObject> json = readJson(folder);
    if (!json)
        return json.error();
    const QJsonObject& object = *json;
    SavedSession session;
    session.brief.description = object[u"description"].toString();
    for (const QJsonValue& point : object[u"selling_points"].toArray())
        session.brief.sellingPoints.append(point.toString());
    readPicture(session.brief, object[u"picture"].toObject(), folder);
    session.settings = settingsFromJson(object[u"settings"].toObject());
    session.drawSeed = static_cast<quint32>(object[u"draw_seed"].toInteger(42));
    session.person = object[u"person"].toString();
    const QJsonObject excluded = object[u"excluded"].toObject();
    for (auto person = excluded.begin(); person != excluded.end(); ++person)
        for (const QJsonValue& click : person.value().toArray())
            session.excluded[person.key()].insert(click.toInt());
    session.ads = readAds(object[u"ads"].toArray(), folder);
    return session;
}

QString sessionsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/adtailor/projects"_s;
}

QString newSessionFolder()
{
    const QString stem = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    QString folder = inFolder(sessionsFolder(), stem);
    for (int i = 2; QFileInfo::exists(folder); ++i)
        folder = inFolder(sessionsFolder(), stem + u'-' + QString::number(i));
    return folder;
}

QList<SessionSummary> recentSessions(int most)
{
    QList<SessionSummary> sessions;
    const QDir root(sessionsFolder());
    // Names begin with the time of creation, so the newest come last in name order.
    for (const QString& name :
         root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const QString folder = root.filePath(name);
        const Result<QJsonObject> json = readJson(folder);
        if (!json)
            continue;
        SessionSummary summary;
        summary.folder = folder;
        summary.name = (*json)[u"description"].toString().section(u'\n', 0, 0).trimmed();
        if (summary.name.isEmpty())
            summary.name = (*json)[u"picture"][u"file"].toString();
        const QJsonArray ads = (*json)[u"ads"].toArray();
        summary.ads = static_cast<int>(ads.size());
        summary.changed = QFileInfo(inFolder(folder, u"session.json"_s)).lastModified();
        const Result<Image> image = imaging::load(toPath(inFolder(folder, u"product.png"_s)));
        if (image)
            summary.thumbnail = toQImage(imaging::thumbnail(*image, 96));
        sessions.append(std::move(summary));
        if (sessions.size() == most)
            break;
    }
    return sessions;
}

} // namespace adtailor
