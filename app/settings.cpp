// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

const QString themeKey = u"window/theme"_s;
const QString languageKey = u"window/language"_s;
const QString fontKey = u"window/font_percent"_s;
const QString geometryKey = u"window/geometry"_s;
const QString peopleKey = u"people/folders"_s;
const QString runsKey = u"training/folders"_s;
const QString modelKey = u"engine/model"_s;
const QString adaptersKey = u"engine/adapters"_s;
const QString halfKey = u"engine/bfloat16"_s;
const QString instructionKey = u"engine/instruction"_s;
constexpr int smallestFont = 90;
constexpr int largestFont = 175;

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file.isEmpty() ? std::make_unique<QSettings>(u"adtailor"_s, u"studio"_s)
                             : std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

QString Settings::theme() const
{
    const QString name = m_store->value(themeKey).toString();
    return name == u"dark" || name == u"contrast" ? name : u"light"_s;
}

QString Settings::language() const
{
    const QString saved = m_store->value(languageKey).toString();
    if (saved == u"en" || saved == u"zh_CN")
        return saved;
    return QLocale::system().language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s;
}

int Settings::fontPercent() const
{
    return std::clamp(m_store->value(fontKey, 100).toInt(), smallestFont, largestFont);
}

QString Settings::model() const
{
    return m_store->value(modelKey).toString();
}

QStringList Settings::peopleFolders() const
{
    return m_store->value(peopleKey).toStringList();
}

void Settings::setPeopleFolders(const QStringList& folders)
{
    m_store->setValue(peopleKey, folders);
}

QStringList Settings::runFolders() const
{
    return m_store->value(runsKey).toStringList();
}

void Settings::setRunFolders(const QStringList& folders)
{
    m_store->setValue(runsKey, folders);
}

QByteArray Settings::windowGeometry() const
{
    return m_store->value(geometryKey).toByteArray();
}

void Settings::setTheme(const QString& theme)
{
    m_store->setValue(themeKey, theme);
    emit themeChanged(theme);
}

void Settings::setLanguage(const QString& language)
{
    m_store->setValue(languageKey, language);
    emit languageChanged(language);
}

void Settings::setFontPercent(int percent)
{
    m_store->setValue(fontKey, std::clamp(percent, smallestFont, largestFont));
    emit fontPercentChanged(fontPercent());
}

void Settings::setModel(const QString& folder)
{
    m_store->setValue(modelKey, folder);
}

QStringList Settings::adapters() const
{
    return m_store->value(adaptersKey).toStringList();
}

void Settings::setAdapters(const QStringList& folders)
{
    m_store->setValue(adaptersKey, folders);
}

bool Settings::halfPrecision() const
{
    return m_store->value(halfKey, false).toBool();
}

QString Settings::instructionFile() const
{
    return m_store->value(instructionKey).toString();
}

void Settings::setHalfPrecision(bool half)
{
    m_store->setValue(halfKey, half);
}

void Settings::setInstructionFile(const QString& path)
{
    m_store->setValue(instructionKey, path);
}

void Settings::setWindowGeometry(const QByteArray& geometry)
{
    m_store->setValue(geometryKey, geometry);
}

} // namespace adtailor
