// FinishDocument: the words on an ad's picture, its channels, its state and who changed it: one
// JSON value an ad.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QColor>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QRectF>
#include <QSet>
#include <QString>
#include <QStringList>

#include <map>

namespace adtailor {

enum class LayerKind { Headline, Points, Action, Price, Logo, Text };
enum class FinishState { Draft, InReview, Approved, Exported };
enum class FinishTemplate { LeftColumn, LowerBand, TopLine, Quiet };

struct FinishLayer
{
    QString id; // unique in its document
    LayerKind kind = LayerKind::Text;
    QString text; // unused while bound
    bool bound = false; // headline: to the ad's title; selling points: to the brief
    bool visible = true;
    QString family; // empty: the studio's
    bool bold = false;
    double size = 1; // times what the template gives, 0.3 to 3
    double line = 1.25; // line height in letter sizes, 0.9 to 2
    double spacing = 0; // between letters, percent of the letter size, -10 to 40
    int align = 0; // 0 left, 1 centre, 2 right
    QColor ink; // invalid: dark or white, whatever stands out more
    QColor ground; // of a button; invalid: none
    QByteArray picture; // of a logo, PNG

    bool operator==(const FinishLayer&) const = default;
};

struct AuditEntry
{
    QDateTime time; // UTC
    QString who; // the user of this computer
    QString what; // sent, returned, approved, exported, reopened
    QString file; // name of an exported file
    QString hash; // SHA-256 of the content or of the file

    bool operator==(const AuditEntry&) const = default;
};

struct FinishDocument
{
    FinishTemplate pattern = FinishTemplate::LeftColumn;
    QList<FinishLayer> layers; // the first is painted last, as in the list
    QStringList channels; // ids, in the order of the strip
    // Where the user has put a layer in one channel, in shares of its frame; else the template
    // says.
    std::map<QString, std::map<QString, QRectF>> moved; // by channel, then by layer
    QSet<QString> plain; // channels without words
    QSet<QString> white; // channels with a plain white ground
    bool keepOrphans = false; // a last line of one short word may stay
    bool kinsoku = true; // no closing mark at the start of a line, no opening one at its end
    FinishState state = FinishState::Draft;
    QString approved; // contentHash at approval
    QList<AuditEntry> audit;

    bool operator==(const FinishDocument&) const = default;

    const FinishLayer* layer(const QString& id) const; // nullptr: not there
    FinishLayer* layer(const QString& id);
    bool isLocked() const
    {
        return state == FinishState::Approved || state == FinishState::Exported;
    }
    // A new ad's: headline, points and a call to action, six channels.
    static FinishDocument fresh();
    static FinishLayer newLayer(LayerKind kind, const QString& id);
    QString unusedId() const;
};

QJsonObject toJson(const FinishDocument& document);
// Values out of range are brought into it; unknown ones keep their defaults. An object without a
// version answers fresh().
FinishDocument finishFromJson(const QJsonObject& json);
// SHA-256, hex, of everything that is seen: the document without state and audit, and the ad's
// tokens as `adDigest`.
QString contentHash(const FinishDocument& document, const QString& adDigest);

} // namespace adtailor
