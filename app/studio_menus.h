// StudioMenus: the menu bar; its words follow the language, its actions call the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <utility>

class QAction;
class QMainWindow;
class QMenu;

namespace adtailor {

class Settings;

class StudioMenus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudioMenus)

public:
    using Text = std::function<QString()>; // asked again after each change of language

    StudioMenus(QMainWindow* window, Settings& settings);

    QMenu* addMenu(const Text& text, QMenu* parent = nullptr);
    QAction* add(QMenu* menu, const Text& text, const QKeySequence& key,
                 const std::function<void()>& run);
    // Theme, language and font size; each choice is stored and applies at once.
    void addViewChoices(QMenu* menu);
    void retranslate();

private:
    using Choices = QList<std::pair<QString, Text>>; // stored value, words
    void addChoices(QMenu* menu, const Choices& choices, const QString& current,
                    const std::function<void(const QString&)>& choose);

    QMainWindow* m_window;
    Settings& m_settings;
    QList<std::pair<QAction*, Text>> m_actions;
    QList<std::pair<QMenu*, Text>> m_menus;
};

} // namespace adtailor
