// SPDX-License-Identifier: GPL-3.0-or-later
// The studio's look from theme.json: palette, one stylesheet, fonts, and the Look of the widgets.
#pragma once

#include "widgets/look.h"

#include <QHash>
#include <QPalette>

class QApplication;

namespace adtailor {

class Theme
{
public:
    enum class Kind { Light, Dark, Contrast };

    // percent is the font setting, kept within 90 to 175. Throws nothing: the file is compiled in.
    static double scaleOf(int percent); // of the font setting, clamped
    static Theme load(Kind kind, int percent = 100);
    // Sets style, palette, fonts and stylesheet, and repaints every window.
    void apply(QApplication& application) const;

    const Look& look() const { return m_look; }
    QPalette palette() const;
    QString styleSheet() const;

private:
    void tintStyleIcons() const;

    Look m_look;
    QHash<QString, QString> m_tokens; // name to "#RRGGBB" or number, for the stylesheet
};

} // namespace adtailor
