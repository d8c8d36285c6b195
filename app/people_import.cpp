// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people_import.h"

#include "app/qt_types.h"
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"

#include <adtailor/ad_files.h>
#include <adtailor/imaging.h>
#include <adtailor/pad1m.h>
#include <adtailor/samples.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr std::size_t mostPeople = 500;
constexpr int thumbnailSide = 320;
constexpr qint64 personaBytes = 4 << 20;

// persona.json, for the names: the library's own reader gives the pictures' pixels only.
QJsonObject readPersona(const QString& folder)
{
    QFile file(QDir(folder).filePath(u"persona.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.read(personaBytes)).object();
}

QString wordsOf(const QJsonValue& value)
{
    return value.isObject() ? value[u"en"].toString() : value.toString();
}

PeopleFile readFolder(const QString& folder)
{
    const RequestFile history = valueOrThrow(readHistory(toPath(folder)));
    const QJsonObject persona = readPersona(folder);
    PeopleFile::Entry entry;
    entry.name = toStdString(wordsOf(persona[u"name"]));
    if (entry.name.empty())
        entry.name = toStdString(QFileInfo(folder).fileName());
    entry.about = toStdString(wordsOf(persona[u"about"]));
    entry.fictional = persona[u"consent"].toString() == u"fictional";
    const auto& items = history.request.brief.history;
    for (std::size_t i = 0; i < items.size() && i < history.historyFiles.size(); ++i)
        entry.clicks.push_back({ items[i].title, history.historyFiles[i] });
    return { folder, { std::move(entry) } };
}

PeopleFile::Entry& entryOf(PeopleFile& file, const Pad1mRecord& record)
{
    const std::string name = record.user.empty() ? std::to_string(record.number) : record.user;
    const auto found
        = std::find_if(file.people.begin(), file.people.end(),
                       [&name](const PeopleFile::Entry& entry) { return entry.name == name; });
    if (found != file.people.end())
        return *found;
    file.people.push_back({ name });
    return file.people.back();
}

// A user has one record for each ad; the longest of their histories holds the others.
PeopleFile readTable(const QString& path)
{
    PeopleFile file;
    file.path = path;
    Pad1mOptions options;
    options.skipped = [&file](const Pad1mIssue& issue) {
        if (file.rowsLeftOut++ == 0)
            file.firstFault
                = QStringLiteral("%1: %2").arg(issue.number).arg(toQString(issue.reason));
    };
    valueOrThrow(readPad1m(toPath(path), options, [&file](Pad1mRecord&& record) {
        PeopleFile::Entry& entry = entryOf(file, record);
        if (record.historyImages.size() > entry.clicks.size()) {
            entry.clicks.clear();
            for (std::size_t i = 0; i < record.historyImages.size(); ++i)
                entry.clicks.push_back({ record.historyTitles[i], record.historyImages[i] });
        }
        return file.people.size() < mostPeople;
    }));
    if (file.people.empty())
        throw Failure(ErrorCode::FileCorrupt,
                      toStdString(path) + " names nobody whose clicks can be read. "
                          + toStdString(file.firstFault));
    return file;
}

} // namespace

int PeopleFile::clicks() const
{
    std::size_t count = 0;
    for (const Entry& entry : people)
        count += entry.clicks.size();
    return static_cast<int>(count);
}

Result<PeopleFile> readPeopleFile(const QString& path)
{
    return guarded([&] { return QFileInfo(path).isDir() ? readFolder(path) : readTable(path); });
}

void storePeople(PeopleStore& store, const PeopleFile& file, bool agreed, const std::string& today)
{
    for (const PeopleFile::Entry& entry : file.people) {
        StoredPerson person{ .id = PeopleStore::newId(), .name = entry.name, .about = entry.about };
        person.added = today;
        person.source = toStdString(QFileInfo(file.path).fileName());
        if (entry.fictional || agreed) {
            person.consent
                = entry.fictional ? StoredPerson::Consent::Fictional : StoredPerson::Consent::Given;
            person.consentDate = entry.fictional ? std::string() : today;
            for (const PeopleFile::Click& click : entry.clicks)
                person.clicks.push_back({ click.title,
                                          valueOrThrow(store.addPicture(
                                              readFile(click.picture, imaging::maximumFileBytes))),
                                          {} });
        } else {
            person.leftOut = static_cast<std::int64_t>(entry.clicks.size());
        }
        valueOrThrow(store.save(person));
    }
}

Person personOf(const StoredPerson& stored, const PeopleStore& store)
{
    Person person;
    person.id = toQString(stored.id);
    person.name = toQString(stored.name);
    person.about = toQString(stored.about);
    switch (stored.consent) {
    case StoredPerson::Consent::NotAsked:
        person.consent = Consent::NotAsked;
        break;
    case StoredPerson::Consent::Given:
        person.consent = Consent::Given;
        break;
    case StoredPerson::Consent::Withdrawn:
        person.consent = Consent::Withdrawn;
        break;
    case StoredPerson::Consent::Fictional:
        break;
    }
    person.consentDate = QDate::fromString(toQString(stored.consentDate), Qt::ISODate);
    person.added = QDate::fromString(toQString(stored.added), Qt::ISODate);
    person.source = toQString(stored.source);
    person.leftOut = static_cast<int>(stored.leftOut);
    person.stored = true;
    for (const StoredClick& click : stored.clicks) {
        const Result<Image> image = imaging::load(store.picturePath(click.picture));
        if (image)
            person.clicks.push_back({ toQString(click.title), *image,
                                      toQImage(imaging::thumbnail(*image, thumbnailSide)),
                                      QDate::fromString(toQString(click.date), Qt::ISODate) });
    }
    return person;
}

void exportPerson(const StoredPerson& person, const PeopleStore& store, const QString& folder)
{
    if (!QDir().mkpath(folder))
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + toStdString(folder)
                          + " cannot be made. Check its permissions.");
    QJsonArray history;
    int place = 0;
    for (const StoredClick& click : person.clicks) {
        const std::vector<std::byte> bytes
            = readFile(store.picturePath(click.picture), imaging::maximumFileBytes);
        const QString ending = bytes.size() > 1 && bytes[1] == std::byte{ 'P' } ? u"png"_s
            : !bytes.empty() && bytes[0] == std::byte{ 'R' }                    ? u"webp"_s
                                                                                : u"jpg"_s;
        const QString name
            = QStringLiteral("%1.%2").arg(++place, 4, 10, QLatin1Char('0')).arg(ending);
        writeFileAtomically(toPath(QDir(folder).filePath(name)), bytes);
        history.append(QJsonObject{ { u"image"_s, name }, { u"title"_s, toQString(click.title) } });
    }
    const bool fictional = person.consent == StoredPerson::Consent::Fictional;
    const QString consent = fictional                        ? u"fictional"_s
        : person.allowsHistory()                             ? u"given"_s
        : person.consent == StoredPerson::Consent::Withdrawn ? u"withdrawn"_s
                                                             : u"not-asked"_s;
    const QByteArray json
        = QJsonDocument(QJsonObject{ { u"name"_s, toQString(person.name) },
                                     { u"about"_s, toQString(person.about) },
                                     { u"consent"_s, consent },
                                     { u"consent_date"_s, toQString(person.consentDate) },
                                     { u"history"_s, history } })
              .toJson();
    writeFileAtomically(toPath(QDir(folder).filePath(u"persona.json"_s)),
                        std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
}

} // namespace adtailor
