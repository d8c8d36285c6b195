// StudyRatePanel: who has rated how much, the way into the kiosk, and to and from other machines.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study_desk.h"

#include <QWidget>

class QLabel;
class QSpinBox;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace adtailor {

class EmptyView;
class KeyButton;
class MessageBar;
class Panel;

class StudyRatePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyRatePanel)

public:
    explicit StudyRatePanel(StudyDesk& desk, QWidget* parent = nullptr);

    MessageBar* message() const { return m_message; }
    void retranslate();

signals:
    void planRequested();

private:
    QWidget* makeCentre();
    QWidget* makeMachines();
    void connectParts();
    void showRaters();
    void showStudy();
    void savePackage();
    void saveVotes();
    void chooseVotes();
    void showMerged(const StudyMerge& result);

    StudyDesk& m_desk;
    MessageBar* m_message = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_noStudy = nullptr;
    EmptyView* m_nobody = nullptr;
    QStandardItemModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    Panel* m_panel = nullptr;
    QLabel* m_awayName = nullptr;
    QLabel* m_awayHint = nullptr;
    QLabel* m_partName = nullptr;
    QSpinBox* m_part = nullptr;
    KeyButton* m_savePackage = nullptr;
    QLabel* m_backName = nullptr;
    QLabel* m_backHint = nullptr;
    KeyButton* m_saveVotes = nullptr;
    KeyButton* m_merge = nullptr;
    QStringList m_places; // of the last merge, to be tried again
};

} // namespace adtailor
