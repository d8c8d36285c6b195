// SampleTimeline: the same ad drawn again and again while a run learns, to scrub through.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/sample_list_model.h"
#include "app/training_process.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace adtailor {

class ElidedLabel;
class ThumbnailView;

class SampleTimeline final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SampleTimeline)

public:
    explicit SampleTimeline(TrainingProcess& process, QWidget* parent = nullptr);

    void step(int direction); // to the sample before or after
    void retranslate();

signals:
    void stepShown(qint64 step); // negative: none

private:
    void showRun();
    void show(int row);
    QString pbsText(qint64 step) const; // of the samples of that step
    void turnBrief(int direction);

    TrainingProcess& m_process;
    SampleListModel m_samples;
    QLabel* m_name = nullptr;
    ElidedLabel* m_about = nullptr;
    QToolButton* m_before = nullptr;
    QLabel* m_brief = nullptr;
    QToolButton* m_after = nullptr;
    QLabel* m_product = nullptr;
    QLabel* m_clicked = nullptr;
    QLabel* m_productName = nullptr;
    QLabel* m_clickedName = nullptr;
    ThumbnailView* m_view = nullptr;
    QSlider* m_slider = nullptr;
    ElidedLabel* m_title = nullptr;
    bool m_newest = true; // the view follows the newest sample
    bool m_moving = false;
};

} // namespace adtailor
