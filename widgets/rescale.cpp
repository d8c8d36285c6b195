// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rescale.h"

#include <QGridLayout>
#include <QMainWindow>
#include <QStackedLayout>
#include <QToolButton>

namespace adtailor {

namespace {

constexpr int thickestLine = 3; // pixels

int times(int length, double ratio)
{
    return length > thickestLine && length < QWIDGETSIZE_MAX ? qRound(length * ratio) : length;
}

QSize times(const QSize& size, double ratio)
{
    return { times(size.width(), ratio), times(size.height(), ratio) };
}

QMargins times(const QMargins& margins, double ratio)
{
    return { times(margins.left(), ratio), times(margins.top(), ratio),
             times(margins.right(), ratio), times(margins.bottom(), ratio) };
}

void rescaleLayout(QLayout& layout, double ratio)
{
    layout.setContentsMargins(times(layout.contentsMargins(), ratio));
    if (auto* grid = qobject_cast<QGridLayout*>(&layout)) {
        grid->setHorizontalSpacing(times(grid->horizontalSpacing(), ratio));
        grid->setVerticalSpacing(times(grid->verticalSpacing(), ratio));
    } else {
        layout.setSpacing(times(layout.spacing(), ratio));
    }
    for (int i = 0; i < layout.count(); ++i) {
        if (QSpacerItem* spacer = layout.itemAt(i)->spacerItem()) {
            const QSize size = times(spacer->sizeHint(), ratio);
            const QSizePolicy policy = spacer->sizePolicy();
            spacer->changeSize(size.width(), size.height(), policy.horizontalPolicy(),
                               policy.verticalPolicy());
        }
    }
    layout.invalidate();
}

} // namespace

void rescale(QWidget& window, double ratio)
{
    QList<QWidget*> widgets = window.findChildren<QWidget*>();
    widgets.prepend(&window);
    for (QWidget* widget : widgets) {
        // The largest first: a minimum above the maximum would push it up.
        const QSize smallest = times(widget->minimumSize(), ratio);
        widget->setMaximumSize(times(widget->maximumSize(), ratio));
        widget->setMinimumSize(smallest);
        widget->setContentsMargins(times(widget->contentsMargins(), ratio));
        if (auto* button = qobject_cast<QToolButton*>(widget))
            button->setIconSize(times(button->iconSize(), ratio));
    }
    for (QLayout* layout : window.findChildren<QLayout*>())
        if (!qobject_cast<QStackedLayout*>(layout) && !qobject_cast<QMainWindow*>(layout->parent()))
            rescaleLayout(*layout, ratio); // the others have margins but do not use them
}

} // namespace adtailor
