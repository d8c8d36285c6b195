// ReviewPage: human evaluation in three steps: plan a study, rate it, read its report.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "app/pages/rating_window.h"
#include "app/study_builder.h"
#include "app/study_desk.h"

#include <QPointer>

class QStackedWidget;

namespace adtailor {

class AdListModel;
class KeyButton;
class MessageBar;

class Segments;
class StudyListPanel;
class StudyPlanPanel;
class StudyRatePanel;
class StudyReportView;
class StudySizePanel;

class ReviewPage final : public Page
{
    Q_OBJECT

public:
    enum class Step { Plan, Rate, Report };

    // `ads`: of the open project, which a study can take as its sources.
    ReviewPage(StudyDesk& desk, AdListModel& ads, QWidget* parent = nullptr);
    ~ReviewPage() override;

    QString title() const override;
    QWidget* lead() const override;
    QWidget* firstFocus() override;
    void enter() override;
    void showStep(Step step);
    void openKiosk(); // of the open study
    StudyBuilder& builder() { return m_builder; }
    RatingWindow* kiosk() const { return m_kiosk; } // null: not open

signals:
    void announced(const QString& sentence);
    void trainRequested(const QString& folder); // of a preference set

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectParts();
    void showActions();
    void begin(bool nextVersion);
    void startStudy();
    void openPackage();
    void exportReport();
    void showProblem(const Error& error);
    MessageBar* message() const;

    StudyDesk& m_desk;
    AdListModel& m_ads;
    StudyBuilder m_builder;
    Segments* m_steps = nullptr;
    KeyButton* m_start = nullptr;
    KeyButton* m_rate = nullptr;
    QStackedWidget* m_stack = nullptr;
    StudyListPanel* m_list = nullptr;
    StudyPlanPanel* m_plan = nullptr;
    StudySizePanel* m_size = nullptr;
    StudyRatePanel* m_ratePanel = nullptr;
    StudyReportView* m_report = nullptr;
    KeyButton* m_preferences = nullptr;
    KeyButton* m_export = nullptr;
    QString m_preferenceFolder; // made last, for a training run
    QPointer<RatingWindow> m_kiosk;
    bool m_starting = false; // the plan is being frozen
};

} // namespace adtailor
