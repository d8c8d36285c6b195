// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look.h"

#include <QtMath>

namespace adtailor {

namespace {

// One value for the whole application, as QPalette is; only the GUI thread touches it.
Look& storage()
{
    static Look look;
    return look;
}

const Look::TypeStyle& style(Type type)
{
    return Look::current().types[static_cast<std::size_t>(type)];
}

} // namespace

const Look& Look::current()
{
    return storage();
}

void Look::setCurrent(Look look)
{
    storage() = std::move(look);
}

int scaled(double pixels)
{
    return qRound(pixels * Look::current().scale);
}

QMargins scaledMargins(int left, int top, int right, int bottom)
{
    return { scaled(left), scaled(top), scaled(right), scaled(bottom) };
}

QFont typeFont(Type type)
{
    const Look& look = Look::current();
    QFont font;
    const QStringList& families = type == Type::Number ? look.numberFamilies : look.textFamilies;
    if (!families.isEmpty())
        font.setFamilies(families);
    font.setPixelSize(scaled(style(type).px));
    font.setWeight(static_cast<QFont::Weight>(style(type).weight));
    return font;
}

int lineHeight(Type type)
{
    return qCeil(style(type).px * Look::current().scale * style(type).line);
}

} // namespace adtailor
