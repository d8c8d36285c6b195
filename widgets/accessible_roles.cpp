// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible_roles.h"

#include <QAccessibleWidget>
#include <QWidget>

#include <utility>

namespace adtailor {

namespace {

QAccessibleInterface* createInterface(const QString& className, QObject* object)
{
    static constexpr std::pair<const char*, QAccessible::Role> roles[] = {
        { "adtailor::AdCard", QAccessible::Graphic },
        { "adtailor::CompareView", QAccessible::Graphic },
        { "adtailor::DropWell", QAccessible::Grouping },
        { "adtailor::EmptyView", QAccessible::Grouping },
        { "adtailor::HighlightView", QAccessible::Graphic },
        { "adtailor::ImageCanvas", QAccessible::Graphic },
        { "adtailor::JobBar", QAccessible::Grouping },
        { "adtailor::LineChart", QAccessible::Chart },
        { "adtailor::MessageBar", QAccessible::AlertMessage },
        { "adtailor::NavRail", QAccessible::ToolBar },
        { "adtailor::PatchMap", QAccessible::Graphic },
        { "adtailor::ScoreMatrix", QAccessible::Table },
        { "adtailor::Segments", QAccessible::Grouping },
        { "adtailor::StatusPill", QAccessible::StaticText },
        { "adtailor::TagEditor", QAccessible::Grouping },
        { "adtailor::PaletteBar", QAccessible::Graphic },
        { "adtailor::TokenGrid", QAccessible::Graphic },
        { "adtailor::VariationGrid", QAccessible::Table },
    };
    auto* widget = qobject_cast<QWidget*>(object);
    for (const auto& [name, role] : roles)
        if (widget && className == QLatin1String(name))
            return new QAccessibleWidget(widget, role); // Qt's cache owns it
    return nullptr;
}

} // namespace

void installAccessibleRoles()
{
    QAccessible::installFactory(createInterface);
}

} // namespace adtailor
