// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/region_walk.h"

#include <QWidget>

#include <algorithm>

namespace adtailor {

namespace {

QWidget* firstStop(QWidget* region)
{
    QList<QWidget*> all{ region };
    all += region->findChildren<QWidget*>();
    const auto stop = std::find_if(all.begin(), all.end(), [](const QWidget* candidate) {
        return candidate->isVisible() && candidate->isEnabled()
            && (candidate->focusPolicy() & Qt::TabFocus);
    });
    return stop == all.end() ? nullptr : *stop;
}

} // namespace

void focusNextRegion(const QList<QWidget*>& regions, const QWidget* now)
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < regions.size(); ++i)
        if (now && (regions[i] == now || regions[i]->isAncestorOf(now)))
            at = i;
    for (qsizetype step = 1; step <= regions.size(); ++step)
        if (QWidget* stop = firstStop(regions[(at + step) % regions.size()])) {
            stop->setFocus(Qt::TabFocusReason);
            return;
        }
}

} // namespace adtailor
