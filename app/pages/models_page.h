// ModelsPage: which models there are, whether they are whole and fit, and which one is used.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model_desk.h"
#include "app/pages/page.h"

#include <functional>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace adtailor {

class KeyButton;
class MessageBar;
class ModelPanel;
class Segments;

class ModelsPage final : public Page
{
    Q_OBJECT

public:
    explicit ModelsPage(ModelDesk& desk, EngineClient& engine, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void enter() override;

signals:
    void announced(const QString& sentence);

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeCentre();
    void connectParts();
    const ModelRow* chosen() const;
    QString chosenFolder() const;
    void choose(const QString& folder); // selects its row
    void useChosen();
    void importFolder();
    void listFolder();
    void removeChosen();
    void showList();
    void showModel();
    void showEngine();
    void showError(const Error& error);

    ModelDesk& m_desk;
    EngineClient& m_engine;
    KeyButton* m_use = nullptr;
    KeyButton* m_import = nullptr;
    Segments* m_kinds = nullptr;
    QLineEdit* m_find = nullptr;
    MessageBar* m_message = nullptr;
    QTableView* m_table = nullptr;
    QSortFilterProxyModel* m_byKind = nullptr;
    QSortFilterProxyModel* m_byName = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_used = nullptr;
    KeyButton* m_list = nullptr;
    ModelPanel* m_panel = nullptr;
    QString m_selected; // folder that stays chosen when the list is read again
    std::function<void()> m_repair; // what the message's first button does
    bool m_brokenShown = false; // the message is about an engine that did not start
};

} // namespace adtailor
