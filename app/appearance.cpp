// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"

#include "app/settings.h"
#include "app/theme.h"
#include "widgets/look.h"
#include "widgets/rescale.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace adtailor {

Appearance::Appearance(Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&settings, &Settings::themeChanged, this, &Appearance::applyTheme);
    connect(&settings, &Settings::fontPercentChanged, this, &Appearance::applyTheme);
    connect(&settings, &Settings::languageChanged, this, &Appearance::applyLanguage);
    applyLanguage();
}

// The theme follows the language: Han has its own sizes and line heights.
void Appearance::applyLanguage()
{
    const QString language = m_settings.language();
    QLocale::setDefault(QLocale(language));
    applyTheme();
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    if (m_qt.load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    // English needs its file too: it holds the plural forms.
    if (m_own.load(u":/i18n/adtailor_"_s + language))
        QCoreApplication::installTranslator(&m_own);
}

void Appearance::applyTheme()
{
    const QString name = m_settings.theme();
    const auto kind = name == u"dark" ? Theme::Kind::Dark
        : name == u"contrast"         ? Theme::Kind::Contrast
                                      : Theme::Kind::Light;
    const double before = Look::current().scale;
    const double after = Theme::scaleOf(m_settings.fontPercent());
    if (before != after)
        for (QWidget* window : QApplication::topLevelWidgets())
            rescale(*window, after / before);
    Theme::load(kind, m_settings.fontPercent()).apply(*qApp);
}

} // namespace adtailor
