// RunListPanel: the runs of this computer, and the settings of the one that is shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_desk.h"

#include <QWidget>

class QLabel;
class QListView;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace adtailor {

class Facts;
class KeyButton;
class MessageBar;
class Panel;

class RunListPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunListPanel)

public:
    explicit RunListPanel(TrainingDesk& desk, QWidget* parent = nullptr);

    QWidget* list() const;
    void retranslate();

signals:
    void duplicateRequested();
    void announced(const QString& sentence);

private:
    void addDetails(QVBoxLayout* column);
    void connectParts();
    void choose(); // the row of the run that is followed
    void showRun();
    void showMemory();
    void addFolder();
    void copyCommand();

    TrainingDesk& m_desk;
    Panel* m_panel = nullptr;
    QListView* m_list = nullptr;
    QToolButton* m_add = nullptr;
    QToolButton* m_remove = nullptr;
    MessageBar* m_undo = nullptr;
    QWidget* m_details = nullptr;
    QLabel* m_settingsName = nullptr;
    Facts* m_settings = nullptr;
    QLabel* m_memoryName = nullptr;
    QLabel* m_memoryText = nullptr;
    QProgressBar* m_memory = nullptr;
    QLabel* m_leftOut = nullptr;
    KeyButton* m_duplicate = nullptr;
    QToolButton* m_copy = nullptr;
    bool m_choosing = false;
};

} // namespace adtailor
