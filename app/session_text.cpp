// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_text.h"

#include "app/qt_types.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int formatVersion = 1;

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

QJsonObject pictureToJson(const BriefState& brief, const QString& image)
{
    if (!brief.picture)
        return {};
    const ProductPicture& picture = *brief.picture;
    return { { u"image"_s, image },
             { u"file"_s, picture.fileName },
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

} // namespace

QJsonObject sessionJson(const SavedSession& session, const QString& picture)
{
    QJsonObject excluded;
    for (const auto& [person, clicks] : session.excluded) {
        QJsonArray list;
        for (const int click : clicks)
            list.append(click);
        if (!list.isEmpty())
            excluded.insert(person, list);
    }
    return { { u"version"_s, formatVersion },
             { u"description"_s, session.brief.description },
             { u"selling_points"_s, QJsonArray::fromStringList(session.brief.sellingPoints) },
             { u"picture"_s, pictureToJson(session.brief, picture) },
             { u"settings"_s, settingsToJson(session.settings) },
             { u"draw_seed"_s, static_cast<qint64>(session.drawSeed) },
             { u"person"_s, session.person },
             { u"excluded"_s, excluded } };
}

SavedSession sessionOf(const QJsonObject& json)
{
    SavedSession session;
    session.brief.description = json[u"description"].toString();
    for (const QJsonValue& point : json[u"selling_points"].toArray())
        session.brief.sellingPoints.append(point.toString());
    session.settings = settingsFromJson(json[u"settings"].toObject());
    session.drawSeed = static_cast<quint32>(json[u"draw_seed"].toInteger(42));
    session.person = json[u"person"].toString();
    const QJsonObject excluded = json[u"excluded"].toObject();
    for (auto person = excluded.begin(); person != excluded.end(); ++person)
        for (const QJsonValue& click : person.value().toArray())
            session.excluded[person.key()].insert(click.toInt());
    return session;
}

QString pictureName(const QJsonObject& session)
{
    return session[u"picture"][u"image"].toString();
}

void adoptPicture(BriefState& brief, const QJsonObject& session, const Image& product)
{
    const QJsonObject json = session[u"picture"].toObject();
    if (json.isEmpty())
        return;
    brief.placement.ratio = std::clamp(json[u"ratio"].toDouble(0.55), 0.1, 1.0);
    brief.placement.across = std::clamp(json[u"across"].toDouble(0.5), 0.0, 1.0);
    brief.placement.ground = std::clamp(json[u"ground"].toDouble(0.8), 0.0, 1.0);
    if (!product.hasAlpha())
        return;
    auto picture = std::make_shared<ProductPicture>();
    picture->fileName = json[u"file"].toString();
    picture->fileSize = QSize(json[u"width"].toInt(), json[u"height"].toInt());
    picture->product = product;
    picture->preview = toQImage(product);
    picture->coverage = json[u"coverage"].toDouble();
    picture->touchesEdge = json[u"touches_edge"].toBool();
    picture->wasOpaque = json[u"opaque"].toBool();
    picture->mattedFromBackground = json[u"matted"].toBool();
    brief.picture = std::move(picture);
}

QString sessionName(const QJsonObject& session)
{
    const QString first = session[u"description"].toString().section(u'\n', 0, 0).trimmed();
    return first.isEmpty() ? session[u"picture"][u"file"].toString() : first;
}

} // namespace adtailor
