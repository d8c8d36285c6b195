// SPDX-License-Identifier: GPL-3.0-or-later
// States one after the other, the current one filled: "● Draft ┄ ○ In review ┄ ○ Approved".
#pragma once

#include <QStringList>
#include <QWidget>

namespace adtailor {

class StepTrail final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepTrail)

public:
    explicit StepTrail(QWidget* parent = nullptr);

    void setSteps(const QStringList& steps);
    void setCurrent(int step);
    // In a narrow place only the current step has its word.
    void setCompact(bool compact);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void describe();
    QFont fontOf(int step) const;
    int widthOf(int step) const; // of knot, word and line to the next

    QStringList m_steps;
    int m_current = 0;
    bool m_compact = false;
};

} // namespace adtailor
