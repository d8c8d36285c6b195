// StudySizePanel: how fair and how large the next study is, and what that costs its raters.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study_builder.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace adtailor {

class Facts;
class MessageBar;
class Panel;
class SliderField;

class StudySizePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudySizePanel)

public:
    explicit StudySizePanel(StudyBuilder& builder, QWidget* parent = nullptr);

    void retranslate();

private:
    SliderField* addSlider(QVBoxLayout* section, double least, double most, double step);
    void store();
    void showPlan();
    void showNeed();

    StudyBuilder& m_builder;
    Panel* m_panel = nullptr;
    MessageBar* m_gap = nullptr;
    QLabel* m_sizeName = nullptr;
    SliderField* m_raters = nullptr;
    SliderField* m_trials = nullptr;
    QLabel* m_fairName = nullptr;
    SliderField* m_catch = nullptr;
    SliderField* m_repeats = nullptr;
    SliderField* m_practice = nullptr;
    SliderField* m_least = nullptr;
    SliderField* m_break = nullptr;
    QLabel* m_costName = nullptr;
    Facts* m_cost = nullptr;
    QLabel* m_need = nullptr;
    SliderField* m_width = nullptr;
    bool m_showing = false;
};

} // namespace adtailor
