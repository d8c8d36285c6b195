// Appearance: theme, font size and language of the running application, as the settings say.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTranslator>

namespace adtailor {

class Settings;

// Changes apply at once to every open window: a restart is never needed.
class Appearance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Appearance)

public:
    explicit Appearance(Settings& settings, QObject* parent = nullptr);

private:
    void applyLanguage();
    void applyTheme();

    Settings& m_settings;
    QTranslator m_own;
    QTranslator m_qt; // words of Qt's own dialogs
};

} // namespace adtailor
