// SPDX-License-Identifier: GPL-3.0-or-later
// The look every painted widget reads: colours, type and sizes, application-wide like QPalette.
#pragma once

#include "widgets/colors.h"

#include <QFont>
#include <QMargins>
#include <QStringList>

#include <array>

namespace adtailor {

// The type scale; Number is the monospaced face for seeds, scores and times.
enum class Type { Caption, Small, Body, Strong, Panel, Page, Display, Number };

struct Look
{
    struct TypeStyle
    {
        int px = 13;
        int weight = 400;
        double line = 1.45; // line height as a multiple of px
    };
    struct Sizes // pixels at 100 %
    {
        int control = 32, controlCompact = 28, controlPrimary = 36, hitMinimum = 28;
        int rail = 92, contextBar = 52, toolBar = 40, panelHeader = 36, statusBar = 26;
        int sidePanel = 300, inspector = 320, row = 28, rowTwoLine = 44, icon = 18, iconRail = 22;
        int focusRing = 2, focusGap = 1, radiusControl = 4, radiusPanel = 6, radiusWell = 8;
    };

    Colors colors;
    Sizes sizes;
    std::array<TypeStyle, 8> types; // indexed by Type
    QStringList textFamilies, numberFamilies;
    double scale = 1.0; // font setting, 0.90 to 1.75; multiplies every size
    bool reduceMotion = false;

    static const Look& current();
    // Call before QApplication::setPalette(), which repaints every widget.
    static void setCurrent(Look look);
};

inline const Colors& colors()
{
    return Look::current().colors;
}

// A length given at 100 %, multiplied by the font setting and rounded.
int scaled(double pixels);
QMargins scaledMargins(int left, int top, int right, int bottom);
QFont typeFont(Type type);
int lineHeight(Type type);

} // namespace adtailor
