// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio_menus.h"

#include "app/settings.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace adtailor {

StudioMenus::StudioMenus(QMainWindow* window, Settings& settings)
    : QObject(window)
    , m_window(window)
    , m_settings(settings)
{
}

QMenu* StudioMenus::addMenu(const Text& text, QMenu* parent)
{
    QMenu* menu = parent ? parent->addMenu(text()) : m_window->menuBar()->addMenu(text());
    m_menus.append({ menu, text });
    return menu;
}

QAction* StudioMenus::add(QMenu* menu, const Text& text, const QKeySequence& key,
                          const std::function<void()>& run)
{
    QAction* action = menu->addAction(text());
    action->setShortcut(key);
    connect(action, &QAction::triggered, m_window, run);
    m_actions.append({ action, text });
    return action;
}

void StudioMenus::addChoices(QMenu* menu, const Choices& choices, const QString& current,
                             const std::function<void(const QString&)>& choose)
{
    auto* group = new QActionGroup(menu);
    for (const auto& [value, text] : choices) {
        QAction* action = add(menu, text, {}, [choose, value = value] { choose(value); });
        action->setCheckable(true);
        action->setChecked(value == current);
        group->addAction(action);
    }
}

void StudioMenus::addViewChoices(QMenu* menu)
{
    addChoices(addMenu([] { return tr("Theme"); }, menu),
               { { u"light"_s, [] { return tr("Light"); } },
                 { u"dark"_s, [] { return tr("Dark"); } },
                 { u"contrast"_s, [] { return tr("High contrast"); } } },
               m_settings.theme(), [this](const QString& name) { m_settings.setTheme(name); });
    // Each language is named in itself, so that it is found by those who read it.
    addChoices(
        addMenu([] { return tr("Language"); }, menu),
        { { u"en"_s, [] { return u"English"_s; } }, { u"zh_CN"_s, [] { return u"简体中文"_s; } } },
        m_settings.language(), [this](const QString& name) { m_settings.setLanguage(name); });
    Choices sizes;
    for (const int percent : { 90, 100, 110, 125, 150, 175 })
        sizes.append({ QString::number(percent), [percent] { return tr("%1 %").arg(percent); } });
    addChoices(addMenu([] { return tr("Font size"); }, menu), sizes,
               QString::number(m_settings.fontPercent()),
               [this](const QString& percent) { m_settings.setFontPercent(percent.toInt()); });
}

void StudioMenus::retranslate()
{
    for (const auto& [menu, text] : m_menus)
        menu->setTitle(text());
    for (const auto& [action, text] : m_actions)
        action->setText(text());
}

} // namespace adtailor
