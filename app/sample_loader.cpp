// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample_loader.h"

#include "app/qt_types.h"

#include <adtailor/imaging.h>
#include <adtailor/samples.h>

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int thumbnailSide = 320;

Consent consentOf(const std::string& word)
{
    if (word == "given")
        return Consent::Given;
    if (word == "withdrawn")
        return Consent::Withdrawn;
    return word == "fictional" ? Consent::Fictional : Consent::NotAsked;
}

std::string codeOf(const QString& language)
{
    return language.startsWith(u"zh") ? "zh" : "en";
}

Person personOf(const SamplePersona& persona)
{
    Person person;
    person.id = toQString(persona.id);
    person.name = toQString(persona.name);
    person.about = toQString(persona.about);
    person.consent = consentOf(persona.consent);
    if (!allowsHistory(person.consent))
        return person; // not even kept in memory
    for (const HistoryItem& item : persona.history)
        person.clicks.push_back({ toQString(item.title),
                                  item.image,
                                  toQImage(imaging::thumbnail(item.image, thumbnailSide)),
                                  {} });
    return person;
}

} // namespace

QString resourceFolder()
{
    const QByteArray given = qgetenv("ADTAILOR_RESOURCES");
    if (!given.isEmpty())
        return QString::fromLocal8Bit(given);
    const QDir installed(QCoreApplication::applicationDirPath() + u"/../share/adtailor"_s);
    return installed.exists() ? installed.absolutePath()
                              : QStringLiteral(ADTAILOR_SOURCE_RESOURCES);
}

Result<StudioSample> loadStudioSample(const QString& folder, const QString& language)
{
    const Result<Sample> sample = loadSample(toPath(folder + u"/samples"_s), codeOf(language));
    if (!sample)
        return sample.error();
    const Result<ProductPicture> picture
        = makeProductPicture(sample->cutout, toQString(sample->name));
    if (!picture)
        return picture.error();
    StudioSample made;
    made.name = toQString(sample->name);
    made.brief.description = toQString(sample->product.title);
    made.brief.sellingPoints = toQStringList(sample->product.sellingPoints);
    made.brief.picture = std::make_shared<const ProductPicture>(*picture);
    if (!sample->product.cutout.isEmpty())
        made.brief.placement = placementOf(sample->product.cutout);
    for (const SamplePersona& persona : sample->personas)
        made.people.push_back(personOf(persona));
    return made;
}

Result<Person> loadPerson(const QString& folder, const QString& language)
{
    const Result<SamplePersona> persona = loadPersona(toPath(folder), codeOf(language));
    if (!persona)
        return persona.error();
    Person person = personOf(*persona);
    person.id = folder;
    return person;
}

std::vector<Person> loadPeople(const QStringList& folders, const QString& language)
{
    std::vector<Person> people;
    for (const QString& folder : folders)
        if (Result<Person> person = loadPerson(folder, language))
            people.push_back(std::move(*person));
    return people;
}

} // namespace adtailor
