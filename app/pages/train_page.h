// TrainPage: start a training run, see whether it learns, stop in time, use the best.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "app/training_desk.h"

class QStackedWidget;

namespace adtailor {

class EmptyView;
class KeyButton;
class RunControlPanel;
class RunCurves;
class RunListPanel;
class RunSetupPanel;
class SampleTimeline;

class TrainPage final : public Page
{
    Q_OBJECT

public:
    explicit TrainPage(TrainingDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void enter() override;
    void learnFromVotes(const QString& folder); // a preference set of a study
    void setNarrow(bool narrow) override;

signals:
    void announced(const QString& sentence);

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeCentre();
    void connectParts();
    void showCentre();
    void openSetup();
    void closeSetup();

    TrainingDesk& m_desk;
    KeyButton* m_new = nullptr;
    QStackedWidget* m_left = nullptr;
    RunListPanel* m_list = nullptr;
    RunSetupPanel* m_setup = nullptr;
    QStackedWidget* m_centre = nullptr;
    EmptyView* m_empty = nullptr;
    RunCurves* m_curves = nullptr;
    SampleTimeline* m_samples = nullptr;
    RunControlPanel* m_control = nullptr;
};

} // namespace adtailor
