// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_files.h"

#include "app/ad_folder.h"
#include "app/ad_records.h"
#include "app/qt_types.h"
#include "core/failure.h"

#include <adtailor/imaging.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qint64 maximumSessionBytes = 4 << 20;
constexpr std::size_t shownAds = 24;
constexpr int oldVersion = 1;

QString inFolder(const QString& folder, const QString& name)
{
    return QDir(folder).filePath(name);
}

QJsonObject parsedSession(const QByteArray& text, const QString& place)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject() || document[u"version"].toInt() != oldVersion)
        throw Failure(ErrorCode::FileCorrupt,
                      toStdString(place)
                          + " is damaged or of another version. It was left as it is.");
    return document.object();
}

QJsonObject readOldSession(const QString& folder)
{
    QFile file(inFolder(folder, u"session.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        throw Failure(ErrorCode::FileNotFound, toStdString(file.fileName()) + " cannot be read.");
    return parsedSession(file.read(maximumSessionBytes), file.fileName());
}

std::optional<AdItem> readOldAd(const QJsonValue& entry, const QString& folder)
{
    AdItem ad;
    ad.number = entry[u"number"].toInt();
    int skipped = 0;
    Result<std::vector<AdItem>> files = loadAdFolder(inFolder(folder, ad.name()), skipped);
    if (!files)
        return std::nullopt; // removed by hand
    const int number = ad.number;
    ad = std::move(files->front());
    ad.number = number;
    ad.created = QFileInfo(inFolder(folder, ad.name())).lastModified().toMSecsSinceEpoch();
    ad.starred = entry[u"starred"].toBool();
    ad.drawn = entry[u"drawn"].toDouble(1);
    if (entry[u"draft"].toBool())
        ad.state = AdState::Draft;
    auto batch = std::make_shared<AdBatch>(*ad.batch);
    batch->person = entry[u"person"].toString();
    ad.batch = std::move(batch);
    return ad;
}

void moveOldFiles(const QString& folder)
{
    const QDir root(folder);
    root.mkpath(u"imported"_s);
    for (const QString& name : root.entryList({ u"A-*"_s, u"product.png"_s, u"session.json"_s },
                                              QDir::Files | QDir::Dirs))
        QFile::rename(root.filePath(name), root.filePath(u"imported/"_s + name));
}

QDateTime changedAt(const QString& folder)
{
    QDateTime latest;
    for (const QString& name : { u"project.db-wal"_s, u"project.db"_s, u"session.json"_s })
        latest = std::max(latest, QFileInfo(inFolder(folder, name)).lastModified());
    return latest;
}

// Of a database or of the files before it; nothing for what cannot be read.
std::optional<SessionSummary> summaryOf(const QString& folder)
{
    SessionSummary summary;
    summary.folder = folder;
    summary.changed = changedAt(folder);
    QString picture = inFolder(folder, u"product.png"_s);
    const Result<QJsonObject> json = guarded([&] {
        if (!ProjectStore::exists(toPath(folder)))
            return readOldSession(folder);
        const ProjectSummary stored = valueOrThrow(ProjectStore::peek(toPath(folder)));
        summary.ads = static_cast<int>(stored.ads);
        summary.waiting = static_cast<int>(stored.waiting);
        return parsedSession(QByteArray::fromStdString(stored.session), folder);
    });
    if (!json)
        return std::nullopt;
    if (const QString name = pictureName(*json); !name.isEmpty())
        picture = fromPath(ProjectStore::picturePath(toPath(folder), toStdString(name)));
    else if (json->contains(u"ads"))
        summary.ads = static_cast<int>((*json)[u"ads"].toArray().size());
    summary.name = sessionName(*json);
    if (const Result<Image> image = imaging::load(toPath(picture)))
        summary.thumbnail = toQImage(imaging::thumbnail(*image, 96));
    return summary;
}

} // namespace

void writeSession(ProjectStore& store, const SavedSession& session)
{
    QString picture;
    if (session.brief.picture)
        picture = toQString(valueOrThrow(store.savePicture(session.brief.picture->product)));
    const QByteArray text
        = QJsonDocument(sessionJson(session, picture)).toJson(QJsonDocument::Compact);
    valueOrThrow(store.saveSession(text.toStdString()));
}

void checkProject(const QString& folder)
{
    if (!ProjectStore::exists(toPath(folder)))
        readOldSession(folder);
}

OpenedProject readProject(ProjectStore& store)
{
    importOldProject(store);
    const QString place = fromPath(store.folder());
    const QJsonObject json
        = parsedSession(QByteArray::fromStdString(valueOrThrow(store.session())), place);
    OpenedProject project;
    project.session = sessionOf(json);
    const QString picture = pictureName(json);
    const Result<Image> product
        = picture.isEmpty() ? Result<Image>(Image()) : store.picture(toStdString(picture));
    adoptPicture(project.session.brief, json, product ? *product : Image());
    const std::vector<std::int64_t> numbers = valueOrThrow(store.findAds({}));
    for (std::size_t i = std::min(shownAds, numbers.size()); i-- > 0;)
        if (Result<AdRecord> record = store.ad(numbers[i]))
            project.ads.push_back(itemOf(std::move(*record)));
    project.lastNumber = static_cast<int>(valueOrThrow(store.lastNumber()));
    project.jobs = valueOrThrow(store.jobs());
    return project;
}

void importOldProject(ProjectStore& store)
{
    const QString folder = fromPath(store.folder());
    if (!QFile::exists(inFolder(folder, u"session.json"_s)))
        return;
    if (valueOrThrow(store.session()).empty()) {
        const QJsonObject json = readOldSession(folder);
        SavedSession session = sessionOf(json);
        const Result<Image> product = imaging::load(toPath(inFolder(folder, u"product.png"_s)));
        adoptPicture(session.brief, json, product ? *product : Image());
        valueOrThrow(store.together([&] {
            for (const QJsonValue& entry : json[u"ads"].toArray())
                if (const std::optional<AdItem> ad = readOldAd(entry, folder))
                    valueOrThrow(store.saveAd(recordOf(*ad)));
            writeSession(store, session);
        }));
    }
    moveOldFiles(folder);
}

void eraseFromProject(ProjectStore& store, const QString& personId)
{
    const std::string text = valueOrThrow(store.session());
    QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    QJsonObject excluded = json[u"excluded"].toObject();
    excluded.remove(personId);
    json[u"excluded"] = excluded;
    if (json[u"person"].toString() == personId)
        json[u"person"] = QString();
    if (!text.empty())
        valueOrThrow(
            store.saveSession(QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString()));
    if (valueOrThrow(store.adsOfPerson(toStdString(personId))) > 0)
        QDir(inFolder(fromPath(store.folder()), u"imported"_s)).removeRecursively();
    valueOrThrow(store.erasePerson(toStdString(personId)));
}

Result<void> discardJobs(const QString& folder)
{
    return guarded([&] {
        ProjectStore store = valueOrThrow(ProjectStore::open(toPath(folder)));
        for (const QueuedJob& job : valueOrThrow(store.jobs()))
            valueOrThrow(store.removeJob(job.id));
    });
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

QStringList sessionFolders()
{
    const QDir root(sessionsFolder());
    QStringList folders;
    // Names begin with the time of creation, so the newest come last in name order.
    for (const QString& name :
         root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
        folders.append(root.filePath(name));
    return folders;
}

QList<SessionSummary> recentSessions(int most)
{
    QList<SessionSummary> sessions;
    for (const QString& folder : sessionFolders()) {
        if (sessions.size() == most)
            break;
        if (std::optional<SessionSummary> summary = summaryOf(folder))
            sessions.append(std::move(*summary));
    }
    return sessions;
}

} // namespace adtailor
