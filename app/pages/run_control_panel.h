// RunControlPanel: how a run goes: time left, pause and stop, warnings, checkpoints, use of the
// best. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_desk.h"

#include <QStandardItemModel>
#include <QWidget>

class QLabel;
class QProgressBar;
class QTableView;
class QVBoxLayout;

namespace adtailor {

class Facts;
class KeyButton;
class MessageBar;
class Panel;
class StatusPill;

class RunControlPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunControlPanel)

public:
    explicit RunControlPanel(TrainingDesk& desk, QWidget* parent = nullptr);

    void setKeysVisible(bool visible);
    void showProblem(const Error& error); // of what was asked for last
    void retranslate();

private:
    void addHead(QVBoxLayout* section);
    void addCheckpoints(QVBoxLayout* section);
    void connectParts();
    const TrainingRun& run() const { return m_desk.process().run(); }
    void showRun();
    void showTime();
    void showButtons();
    void showHeldOut();
    void showWarning();
    void showEnd(); // message of a run that has ended
    void showCheckpoints();
    void showUse();
    int risesSinceBest() const;
    QString lossText(qint64 step) const;
    qint64 usable() const; // the step that "Use" would take; 0: the result, negative: none
    void mainButton();

    TrainingDesk& m_desk;
    Panel* m_panel = nullptr;
    StatusPill* m_state = nullptr;
    QLabel* m_time = nullptr;
    QLabel* m_step = nullptr;
    QProgressBar* m_progress = nullptr;
    KeyButton* m_pause = nullptr; // also Resume, Start
    KeyButton* m_stop = nullptr;
    Facts* m_facts = nullptr;
    MessageBar* m_message = nullptr;
    QLabel* m_checkpointsName = nullptr;
    QLabel* m_checkpointsHint = nullptr;
    QTableView* m_table = nullptr;
    QStandardItemModel m_checkpoints;
    KeyButton* m_use = nullptr;
    KeyButton* m_open = nullptr;
    QLabel* m_note = nullptr;
    bool m_chosen = false; // a checkpoint, by the user
    QString m_problemFolder; // the message is about this run and stays until it moves
};

} // namespace adtailor
