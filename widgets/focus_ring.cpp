// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/focus_ring.h"

#include "widgets/look.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace adtailor {

FocusRing::FocusRing(QWidget* window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { watch(now); });
    watch(QApplication::focusWidget());
}

// The property "ring" says what is ringed: "parent" the composite the widget belongs to, "own"
// nothing, because the widget paints its focus itself.
QWidget* FocusRing::ringed(QWidget* focused) const
{
    QWidget* widget = focused;
    while (widget && widget->parentWidget()
           && widget->property("ring").toString() == QLatin1String("parent"))
        widget = widget->parentWidget();
    return widget;
}

void FocusRing::watch(QWidget* focused)
{
    for (QWidget* widget = m_target; widget; widget = widget->parentWidget())
        widget->removeEventFilter(this);
    QWidget* target = focused ? ringed(focused) : nullptr;
    // A page or the window itself may hold the focus for its keys; it is too large to ring.
    const bool wanted = target && target != window() && target->window() == window()
        && target->property("ring").toString() != QLatin1String("own");
    m_target = wanted ? target : nullptr;
    // Ancestors too: scrolling moves a parent, not the target.
    for (QWidget* widget = m_target; widget; widget = widget->parentWidget())
        widget->installEventFilter(this);
    follow();
}

void FocusRing::follow()
{
    if (!m_target || !m_target->isVisible()) {
        hide();
        return;
    }
    const int reach = Look::current().sizes.focusRing + Look::current().sizes.focusGap;
    const QRect around = m_target->rect().adjusted(-reach, -reach, reach, reach);
    // At the edge of the window the ring runs inside the widget rather than out of sight.
    setGeometry(QRect(m_target->mapTo(window(), around.topLeft()), around.size())
                    .intersected(window()->rect()));
    // In a scroll area only what the area shows is ringed.
    QRegion shown(rect());
    for (QWidget* widget = m_target->parentWidget(); widget && widget != window();
         widget = widget->parentWidget()) {
        auto* area = qobject_cast<QAbstractScrollArea*>(widget->parentWidget());
        if (!area || area->viewport() != widget)
            continue;
        const QRect view = widget->rect().adjusted(-reach, -reach, reach, reach);
        shown &= QRect(mapFrom(window(), widget->mapTo(window(), view.topLeft())), view.size());
    }
    setVisible(!shown.isEmpty());
    if (shown == QRegion(rect()))
        clearMask();
    else
        setMask(shown);
    raise();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::ZOrderChange:
        follow();
        break;
    case QEvent::ParentChange:
        watch(m_target);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*)
{
    const Look& look = Look::current();
    const double width = look.sizes.focusRing;
    const double radius = look.sizes.radiusControl + width;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look.colors.focus, width));
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius, radius);
}

} // namespace adtailor
