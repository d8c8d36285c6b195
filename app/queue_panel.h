// QueuePanel: the ads that wait, run or failed; another order, pause, retry, remove.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTableView;
class QToolButton;

namespace adtailor {

class JobQueue;
class MessageBar;
class Panel;

class QueuePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueuePanel)

public:
    explicit QueuePanel(JobQueue& queue, QWidget* parent = nullptr);

    void addTool(QWidget* tool); // at the right of the header
    QWidget* firstFocus() const;
    // Says that the queue of before came back, and offers what to do with it.
    void askToResume();

signals:
    void stopRequested(); // the running one

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class MeterDelegate;

    void makeTools();
    void makeTable();
    qint64 chosen() const; // 0: none
    void holdOrRetry();
    void moveChosen(int by);
    void removeChosen();
    void showState();
    void retranslate();

    JobQueue& m_queue;
    Panel* m_panel = nullptr;
    QToolButton* m_pause = nullptr;
    QToolButton* m_hold = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    QToolButton* m_remove = nullptr;
    MessageBar* m_message = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace adtailor
