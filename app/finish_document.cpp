// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/finish_document.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int documentVersion = 1;
constexpr qsizetype mostLayers = 50;
constexpr qsizetype mostChannels = 200;
constexpr qsizetype mostAudit = 10'000;
constexpr qsizetype longestLayerText = 2000;
constexpr qsizetype largestLogo = 4 << 20;

template<typename Enum> QString nameOf(Enum value, std::initializer_list<const char*> names)
{
    return QLatin1String(names.begin()[static_cast<std::size_t>(value)]);
}

template<typename Enum>
Enum valueOf(const QJsonValue& json, std::initializer_list<const char*> names, Enum fallback)
{
    int at = 0;
    for (const char* name : names) {
        if (json.toString() == QLatin1String(name))
            return static_cast<Enum>(at);
        ++at;
    }
    return fallback;
}

constexpr auto kindNames = { "headline", "points", "action", "price", "logo", "text" };
constexpr auto stateNames = { "draft", "in-review", "approved", "exported" };
constexpr auto patternNames = { "left-column", "lower-band", "top-line", "quiet" };

QJsonValue colourJson(const QColor& colour)
{
    return colour.isValid() ? QJsonValue(colour.name()) : QJsonValue();
}

QColor colourOf(const QJsonValue& json, const QColor& fallback)
{
    const QString name = json.toString();
    return name.size() == 7 && QColor::isValidColor(name) ? QColor(name) : fallback;
}

QJsonObject layerJson(const FinishLayer& layer)
{
    return { { u"id"_s, layer.id },
             { u"kind"_s, nameOf(layer.kind, kindNames) },
             { u"text"_s, layer.text },
             { u"bound"_s, layer.bound },
             { u"visible"_s, layer.visible },
             { u"family"_s, layer.family },
             { u"bold"_s, layer.bold },
             { u"size"_s, layer.size },
             { u"line"_s, layer.line },
             { u"spacing"_s, layer.spacing },
             { u"align"_s, layer.align },
             { u"ink"_s, colourJson(layer.ink) },
             { u"ground"_s, colourJson(layer.ground) },
             { u"picture"_s, QString::fromLatin1(layer.picture.toBase64()) } };
}

FinishLayer layerOf(const QJsonObject& json)
{
    const LayerKind kind = valueOf(json[u"kind"], kindNames, LayerKind::Text);
    FinishLayer layer = FinishDocument::newLayer(kind, json[u"id"].toString().left(40));
    layer.text = json[u"text"].toString().left(longestLayerText);
    layer.bound = json[u"bound"].toBool(layer.bound);
    layer.visible = json[u"visible"].toBool(true);
    layer.family = json[u"family"].toString().left(100);
    layer.bold = json[u"bold"].toBool(layer.bold);
    layer.size = std::clamp(json[u"size"].toDouble(1), 0.3, 3.0);
    layer.line = std::clamp(json[u"line"].toDouble(layer.line), 0.9, 2.0);
    layer.spacing = std::clamp(json[u"spacing"].toDouble(layer.spacing), -10.0, 40.0);
    layer.align = std::clamp(json[u"align"].toInt(), 0, 2);
    layer.ink = colourOf(json[u"ink"], layer.ink);
    layer.ground = colourOf(json[u"ground"], QColor());
    const QByteArray picture = json[u"picture"].toString().toLatin1();
    if (picture.size() <= largestLogo * 4 / 3)
        layer.picture = QByteArray::fromBase64(picture);
    return layer;
}

QJsonObject movedJson(const FinishDocument& document)
{
    QJsonObject channels;
    for (const auto& [channel, layers] : document.moved) {
        QJsonObject boxes;
        for (const auto& [layer, box] : layers)
            boxes.insert(layer, QJsonArray{ box.x(), box.y(), box.width(), box.height() });
        if (!boxes.isEmpty())
            channels.insert(channel, boxes);
    }
    return channels;
}

void readMoved(FinishDocument& document, const QJsonObject& channels)
{
    for (auto channel = channels.begin(); channel != channels.end(); ++channel) {
        const QJsonObject boxes = channel.value().toObject();
        for (auto box = boxes.begin(); box != boxes.end(); ++box) {
            const QJsonArray sides = box.value().toArray();
            if (sides.size() != 4 || !document.layer(box.key()))
                continue;
            const auto side = [&](int i, double least, double most) {
                return std::clamp(sides[i].toDouble(), least, most);
            };
            document.moved[channel.key()][box.key()]
                = QRectF(side(0, -1, 1), side(1, -1, 1), side(2, 0.01, 2), side(3, 0.01, 2));
        }
    }
}

QStringList sorted(const QSet<QString>& set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list;
}

QStringList texts(const QJsonValue& json)
{
    QStringList list;
    for (const QJsonValue& value : json.toArray())
        if (list.size() < mostChannels && !list.contains(value.toString()))
            list.append(value.toString().left(40));
    return list;
}

QJsonObject auditJson(const AuditEntry& entry)
{
    return { { u"time"_s, entry.time.toUTC().toString(Qt::ISODate) },
             { u"who"_s, entry.who },
             { u"what"_s, entry.what },
             { u"file"_s, entry.file },
             { u"hash"_s, entry.hash } };
}

// What is seen: without state and audit.
QJsonObject contentJson(const FinishDocument& document)
{
    QJsonArray layers;
    for (const FinishLayer& layer : document.layers)
        layers.append(layerJson(layer));
    return { { u"version"_s, documentVersion },
             { u"template"_s, nameOf(document.pattern, patternNames) },
             { u"layers"_s, layers },
             { u"channels"_s, QJsonArray::fromStringList(document.channels) },
             { u"moved"_s, movedJson(document) },
             { u"plain"_s, QJsonArray::fromStringList(sorted(document.plain)) },
             { u"white"_s, QJsonArray::fromStringList(sorted(document.white)) },
             { u"keep_orphans"_s, document.keepOrphans },
             { u"kinsoku"_s, document.kinsoku } };
}

void readContent(FinishDocument& document, const QJsonObject& json)
{
    document.pattern = valueOf(json[u"template"], patternNames, FinishTemplate::LeftColumn);
    document.layers.clear();
    for (const QJsonValue& value : json[u"layers"].toArray()) {
        const FinishLayer layer = layerOf(value.toObject());
        if (document.layers.size() < mostLayers && !layer.id.isEmpty() && !document.layer(layer.id))
            document.layers.append(layer);
    }
    document.channels = texts(json[u"channels"]);
    readMoved(document, json[u"moved"].toObject());
    const QStringList plain = texts(json[u"plain"]), white = texts(json[u"white"]);
    document.plain = QSet<QString>(plain.begin(), plain.end());
    document.white = QSet<QString>(white.begin(), white.end());
    document.keepOrphans = json[u"keep_orphans"].toBool(false);
    document.kinsoku = json[u"kinsoku"].toBool(true);
}

} // namespace

const FinishLayer* FinishDocument::layer(const QString& id) const
{
    const auto found = std::ranges::find(layers, id, &FinishLayer::id);
    return found == layers.end() ? nullptr : &*found;
}

FinishLayer* FinishDocument::layer(const QString& id)
{
    const auto found = std::ranges::find(layers, id, &FinishLayer::id);
    return found == layers.end() ? nullptr : &*found;
}

QString FinishDocument::unusedId() const
{
    for (int i = 1;; ++i)
        if (const QString id = u"layer-%1"_s.arg(i); !layer(id))
            return id;
}

FinishLayer FinishDocument::newLayer(LayerKind kind, const QString& id)
{
    FinishLayer layer;
    layer.id = id;
    layer.kind = kind;
    layer.bound = kind == LayerKind::Headline || kind == LayerKind::Points;
    layer.bold = kind != LayerKind::Points && kind != LayerKind::Text;
    if (kind == LayerKind::Headline)
        layer.line = 1.18;
    if (kind == LayerKind::Action) {
        layer.ink = Qt::white;
        layer.ground = QColor(0x0a, 0x6a, 0x73);
    }
    return layer;
}

FinishDocument FinishDocument::fresh()
{
    FinishDocument document;
    for (const LayerKind kind : { LayerKind::Headline, LayerKind::Points, LayerKind::Action })
        document.layers.append(newLayer(kind, nameOf(kind, kindNames)));
    document.channels = { u"google-landscape"_s, u"google-square"_s, u"meta-feed"_s,
                          u"meta-story"_s,       u"amazon-sb"_s,     u"jd-main"_s };
    return document;
}

QJsonObject toJson(const FinishDocument& document)
{
    QJsonObject json = contentJson(document);
    json.insert(u"state"_s, nameOf(document.state, stateNames));
    json.insert(u"approved"_s, document.approved);
    QJsonArray audit;
    for (const AuditEntry& entry : document.audit)
        audit.append(auditJson(entry));
    json.insert(u"audit"_s, audit);
    return json;
}

FinishDocument finishFromJson(const QJsonObject& json)
{
    if (json[u"version"].toInt() != documentVersion)
        return FinishDocument::fresh();
    FinishDocument document;
    readContent(document, json);
    document.state = valueOf(json[u"state"], stateNames, FinishState::Draft);
    document.approved = json[u"approved"].toString().left(64);
    for (const QJsonValue& value : json[u"audit"].toArray()) {
        if (document.audit.size() == mostAudit)
            break;
        document.audit.append(
            { QDateTime::fromString(value[u"time"].toString(), Qt::ISODate),
              value[u"who"].toString().left(100), value[u"what"].toString().left(20),
              value[u"file"].toString().left(255), value[u"hash"].toString().left(64) });
    }
    return document;
}

QString contentHash(const FinishDocument& document, const QString& adDigest)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QJsonDocument(contentJson(document)).toJson(QJsonDocument::Compact));
    hash.addData(adDigest.toLatin1());
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace adtailor
