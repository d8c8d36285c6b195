// ScorePanel: the table of scores under the candidates: sorted by any metric, ticked and ranked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/score_table_model.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace adtailor {

class ProjectSession;

class ScorePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScorePanel)

public:
    ScorePanel(ProjectSession& session, AdScores& scores, QWidget* parent = nullptr);

    ScoreTableModel& model() { return m_model; }
    QTableView* table() { return m_table; }
    void setOpen(bool open); // closed: the header alone
    void readAds();
    void setCurrent(int number); // does not emit

signals:
    void adChosen(int number);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildTable();
    void fitColumns();
    int currentNumber() const; // 0: none
    void rank(int places);
    void showHead();
    void retranslate();

    ProjectSession& m_session;
    AdScores& m_scores;
    ScoreTableModel m_model;
    QSortFilterProxyModel* m_sorted = nullptr;
    QToolButton* m_toggle = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_shortlist = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    QTableView* m_table = nullptr;
    bool m_open = true;
};

} // namespace adtailor
