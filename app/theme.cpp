// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"

#include "widgets/icon.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleFactory>
#include <QTemporaryDir>

#include <algorithm>
#include <utility>

// Outside the namespace, as the macro requires.
static void initResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace adtailor {

namespace {

QByteArray resource(const QString& path)
{
    initResources();
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList strings(const QJsonValue& array)
{
    QStringList list;
    for (const QJsonValue& value : array.toArray())
        list.append(value.toString());
    return list;
}

template<std::size_t N> void readRamp(const QJsonValue& array, std::array<QColor, N>& ramp)
{
    for (std::size_t i = 0; i < N; ++i)
        ramp[i] = QColor(array.toArray().at(static_cast<qsizetype>(i)).toString());
}

void readColors(const QJsonObject& json, Colors& c)
{
    const std::pair<const char*, QColor*> table[] = {
        { "window", &c.window },
        { "rail", &c.rail },
        { "panel", &c.panel },
        { "raised", &c.raised },
        { "canvas", &c.canvas },
        { "field", &c.field },
        { "divider", &c.divider },
        { "track", &c.track },
        { "outline", &c.outline },
        { "hover", &c.hover },
        { "selected", &c.selected },
        { "text", &c.text },
        { "textSecondary", &c.textSecondary },
        { "textMuted", &c.textMuted },
        { "textDisabled", &c.textDisabled },
        { "accent", &c.accent },
        { "accentHover", &c.accentHover },
        { "accentPressed", &c.accentPressed },
        { "onAccent", &c.onAccent },
        { "accentSoft", &c.accentSoft },
        { "accentText", &c.accentText },
        { "person", &c.person },
        { "personSoft", &c.personSoft },
        { "personText", &c.personText },
        { "onPerson", &c.onPerson },
        { "success", &c.success },
        { "successSoft", &c.successSoft },
        { "warning", &c.warning },
        { "warningSoft", &c.warningSoft },
        { "error", &c.error },
        { "errorSoft", &c.errorSoft },
        { "info", &c.info },
        { "infoSoft", &c.infoSoft },
        { "focus", &c.focus },
        { "scrim", &c.scrim },
        { "checkA", &c.checkA },
        { "checkB", &c.checkB },
        { "grid", &c.grid },
        { "axis", &c.axis },
        { "hatch", &c.hatch },
    };
    for (const auto& [name, color] : table)
        *color = QColor(json[QLatin1String(name)].toString());
    readRamp(json[QLatin1String("series")], c.series);
    readRamp(json[QLatin1String("heat")], c.heat);
    readRamp(json[QLatin1String("matrix")], c.matrix);
}

void readSizes(const QJsonObject& size, const QJsonObject& radius, Look::Sizes& s)
{
    const std::pair<const char*, int*> table[] = {
        { "control", &s.control },
        { "controlCompact", &s.controlCompact },
        { "controlPrimary", &s.controlPrimary },
        { "hitMinimum", &s.hitMinimum },
        { "rail", &s.rail },
        { "contextBar", &s.contextBar },
        { "toolBar", &s.toolBar },
        { "panelHeader", &s.panelHeader },
        { "statusBar", &s.statusBar },
        { "sidePanel", &s.sidePanel },
        { "inspector", &s.inspector },
        { "row", &s.row },
        { "rowTwoLine", &s.rowTwoLine },
        { "icon", &s.icon },
        { "iconRail", &s.iconRail },
        { "focusRing", &s.focusRing },
        { "focusGap", &s.focusGap },
    };
    for (const auto& [name, value] : table)
        *value = size[QLatin1String(name)].toInt(*value);
    s.radiusControl = radius[QLatin1String("control")].toInt(s.radiusControl);
    s.radiusPanel = radius[QLatin1String("panel")].toInt(s.radiusPanel);
    s.radiusWell = radius[QLatin1String("well")].toInt(s.radiusWell);
}

// In the order of enum Type.
constexpr std::array<const char*, 8> typeNames
    = { "caption", "small", "body", "strong", "panel", "page", "display", "number" };

void readTypes(const QJsonObject& scale, Look& look)
{
    const bool chinese = QLocale().language() == QLocale::Chinese;
    for (std::size_t i = 0; i < look.types.size(); ++i) {
        const QJsonObject json = scale[QLatin1String(typeNames[i])].toObject();
        Look::TypeStyle& style = look.types[i];
        style.px = json[QLatin1String(chinese ? "cjkPx" : "px")].toInt(style.px);
        style.weight = json[QLatin1String("weight")].toInt(style.weight);
        // Han needs more air between lines than Latin: 1.55 where Latin has 1.45.
        style.line = json[QLatin1String("line")].toDouble(style.line) + (chinese ? 0.10 : 0);
    }
}

QString themeName(Theme::Kind kind)
{
    switch (kind) {
    case Theme::Kind::Light:
        return QStringLiteral("light");
    case Theme::Kind::Dark:
        return QStringLiteral("dark");
    case Theme::Kind::Contrast:
        return QStringLiteral("contrast");
    }
    return QStringLiteral("light");
}

// Lines stay 1 to 3 pixels wide at every font setting; all other lengths grow with it.
QString scaledLengths(const QString& sheet, double scale)
{
    static const QRegularExpression length(QStringLiteral("\\b(\\d+)px"));
    QString result;
    qsizetype from = 0;
    for (auto it = length.globalMatch(sheet); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const int pixels = match.captured(1).toInt();
        result += QStringView(sheet).mid(from, match.capturedStart() - from);
        result += QStringLiteral("%1px").arg(pixels > 3 ? qRound(pixels * scale) : pixels);
        from = match.capturedEnd();
    }
    result += QStringView(sheet).mid(from);
    return result;
}

// What the stylesheet may name: colours, type sizes, the number face, the round slider handle.
QHash<QString, QString> tokensOf(const QJsonObject& palette, const Look& look)
{
    QHash<QString, QString> tokens;
    for (auto it = palette.begin(); it != palette.end(); ++it)
        if (it->isString())
            tokens.insert(it.key(), it->toString());
    for (std::size_t i = 0; i < typeNames.size(); ++i)
        tokens.insert(QLatin1String(typeNames[i]) + QStringLiteral("Size"),
                      QString::number(qRound(look.types[i].px * look.scale)));
    tokens.insert(QStringLiteral("numberFamily"), look.numberFamilies.value(0));
    // A round handle needs a radius of exactly half its outer side, groove and margins included.
    const int groove = qRound(4 * look.scale);
    const int handle = groove + 2 * qRound(5 * look.scale);
    tokens.insert(QStringLiteral("handleSide"), QString::number(handle - 4));
    tokens.insert(QStringLiteral("handleRadius"), QString::number(handle / 2));
    return tokens;
}

} // namespace

double Theme::scaleOf(int percent)
{
    return std::clamp(percent, 90, 175) / 100.0;
}

Theme Theme::load(Kind kind, int percent)
{
    const QJsonObject file
        = QJsonDocument::fromJson(resource(QStringLiteral(":/themes/theme.json"))).object();
    const QJsonObject palette = file[QLatin1String("themes")][themeName(kind)].toObject();
    const QJsonObject font = file[QLatin1String("font")].toObject();

    Theme theme;
    theme.m_look.scale = scaleOf(percent);
    theme.m_look.textFamilies = strings(font[QLatin1String("ui")]);
    theme.m_look.numberFamilies = strings(font[QLatin1String("number")]);
    readColors(palette, theme.m_look.colors);
    readSizes(file[QLatin1String("size")].toObject(), file[QLatin1String("radius")].toObject(),
              theme.m_look.sizes);
    readTypes(font[QLatin1String("scale")].toObject(), theme.m_look);
    theme.m_tokens = tokensOf(palette, theme.m_look);
    return theme;
}

QPalette Theme::palette() const
{
    const Colors& c = m_look.colors;
    const std::pair<QPalette::ColorRole, QColor> roles[] = {
        { QPalette::Window, c.window },    { QPalette::WindowText, c.text },
        { QPalette::Base, c.field },       { QPalette::AlternateBase, c.raised },
        { QPalette::Text, c.text },        { QPalette::PlaceholderText, c.textMuted },
        { QPalette::Button, c.panel },     { QPalette::ButtonText, c.text },
        { QPalette::Highlight, c.accent }, { QPalette::HighlightedText, c.onAccent },
        { QPalette::Link, c.accentText },  { QPalette::LinkVisited, c.personText },
        { QPalette::Light, c.raised },     { QPalette::Midlight, c.hover },
        { QPalette::Mid, c.divider },      { QPalette::Dark, c.outline },
        { QPalette::Shadow, c.outline },   { QPalette::BrightText, c.onAccent },
        { QPalette::ToolTipBase, c.text }, { QPalette::ToolTipText, c.panel },
    };
    QPalette palette;
    for (const auto& [role, color] : roles)
        palette.setColor(role, color);
    for (auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, c.textDisabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.divider);
    return palette;
}

QString Theme::styleSheet() const
{
    QString sheet = scaledLengths(
        QString::fromUtf8(resource(QStringLiteral(":/themes/studio.qss.in"))), m_look.scale);
    QStringList names = m_tokens.keys();
    // Longest first: "text" is the beginning of "textMuted".
    std::sort(names.begin(), names.end(),
              [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& name : std::as_const(names))
        sheet.replace(QLatin1Char('@') + name, m_tokens.value(name));
    return sheet;
}

// A stylesheet can only name files, so its icons are written in the theme's colours. Each theme
// has its own folder: Qt caches such pictures by path.
void Theme::tintStyleIcons() const
{
    static const QTemporaryDir folder;
    const Colors& c = m_look.colors;
    const QString theme = folder.filePath(c.textMuted.name().mid(1) + c.accent.name().mid(1));
    QDir().mkpath(theme);
    const std::pair<const char*, QColor> icons[] = {
        { "chevron-down", c.textMuted },  { "chevron-up", c.textMuted },
        { "chevron-right", c.textMuted }, { "check", c.onAccent },
        { "minus", c.onAccent },
    };
    for (const auto& [name, color] : icons) {
        QFile file(theme + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".svg"));
        if (!file.exists() && file.open(QIODevice::WriteOnly))
            file.write(tintedSvg(QLatin1String(name), color));
    }
    QDir::setSearchPaths(QStringLiteral("tinted"), { theme });
}

void Theme::apply(QApplication& application) const
{
    Look::setCurrent(m_look);
    tintStyleIcons();
    if (application.style()->objectName() != QLatin1String("fusion")
        && application.styleSheet().isEmpty())
        application.setStyle(QStyleFactory::create(QStringLiteral("fusion")));
    application.setFont(typeFont(Type::Body));
    application.setPalette(palette());
    application.setStyleSheet(styleSheet());
}

} // namespace adtailor
