// SPDX-License-Identifier: GPL-3.0-or-later
// A running job: stages as a chain of knots with seconds, progress, time left, rate, stop.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QLabel;
class QProgressBar;

namespace adtailor {

class KeyButton;

class JobBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobBar)

public:
    enum class State { Idle, Running, Stopping, Stopped, Failed, Done };

    explicit JobBar(QWidget* parent = nullptr);

    void setStages(const QStringList& names); // also forgets seconds and the current stage
    // Stage being worked on; `text` replaces its name ("Picture, row 16 of 24"), `note` follows
    // in the number face ("64 %"). Stages before it count as done.
    void setCurrentStage(int index, const QString& text = {}, const QString& note = {});
    void setStageSeconds(int index, double seconds);
    void setProgress(int done, int total); // total 0: unknown, the bar stays empty
    void setTimeLeft(const QString& text);
    void setRate(double tokensPerSecond); // 0 hides it
    void setState(State state);
    State state() const { return m_state; }
    void setStopText(const QString& text); // "Stop, keep as draft" by default
    KeyButton* stopButton() const { return m_stop; }

    // "measuring", "5 s left", "3 min left"; negative seconds: measuring.
    static QString timeLeftText(double seconds);

signals:
    void stopRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Chain;

    void refresh();
    bool isNarrow() const;

    Chain* m_chain = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_timeLeft = nullptr;
    QLabel* m_rate = nullptr;
    KeyButton* m_stop = nullptr;
    QString m_timeText;
    State m_state = State::Idle;
    bool m_hasRate = false;
};

} // namespace adtailor
