// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the current theme: plain values, filled from theme.json by the application.
#pragma once

#include <QColor>

#include <array>

namespace adtailor {

struct Colors
{
    QColor window, rail, panel, raised, canvas, field; // grounds
    QColor divider, track, outline, hover, selected; // lines and states
    QColor text, textSecondary, textMuted, textDisabled;
    QColor accent, accentHover, accentPressed, onAccent, accentSoft, accentText; // what you do
    QColor person, personSoft, personText, onPerson; // what the history says
    QColor success, successSoft, warning, warningSoft, error, errorSoft, info, infoSoft;
    QColor focus, scrim, checkA, checkB, grid, axis, hatch;
    std::array<QColor, 6> series;
    std::array<QColor, 5> heat, matrix; // low to high
};

} // namespace adtailor
