// RunCurves: what a run learns: losses of picture and title, learning rate, gradient, history gain.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_process.h"

#include <QWidget>

class QLabel;

namespace adtailor {

class ElidedLabel;
class LineChart;
class Segments;
class SliderField;

class RunCurves final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunCurves)

public:
    explicit RunCurves(TrainingProcess& process, QWidget* parent = nullptr);

    void toggleLogarithmic();
    void setCursor(qint64 step); // of the sample that is looked at; negative: none
    void retranslate();

private:
    struct Small // a curve with its newest value
    {
        ElidedLabel* name = nullptr;
        QLabel* value = nullptr;
        LineChart* chart = nullptr;
    };

    QWidget* makeLoss();
    QWidget* makeSmall(Small& small, int color);
    void clear();
    void add(const std::vector<RunLine>& lines);
    void showRun();

    TrainingProcess& m_process;
    QLabel* m_lossName = nullptr;
    Segments* m_axis = nullptr;
    LineChart* m_loss = nullptr;
    SliderField* m_smoothing = nullptr;
    QLabel* m_hint = nullptr;
    Small m_rate, m_gradient, m_gain, m_pbs;
};

} // namespace adtailor
