// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/review_page.h"

#include "app/messages.h"
#include "app/models/ad_list_model.h"
#include "app/pages/page_parts.h"
#include "app/pages/rating_window.h"
#include "app/pages/study_list_panel.h"
#include "app/pages/study_plan_panel.h"
#include "app/pages/study_rate_panel.h"
#include "app/pages/study_report_view.h"
#include "app/pages/study_size_panel.h"
#include "app/qt_types.h"
#include "widgets/key_button.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"

#include <QDate>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int listWidth = 264, sizeWidth = 320;

} // namespace

ReviewPage::ReviewPage(StudyDesk& desk, AdListModel& ads, QWidget* parent)
    : Page(parent)
    , m_desk(desk)
    , m_ads(ads)
    , m_steps(new Segments)
    , m_stack(new QStackedWidget)
{
    m_start = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_start->setIconName(u"lock"_s);
    m_start->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_rate = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_rate->setIconName(u"play"_s);
    m_rate->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_preferences = addAction(new KeyButton({}));
    m_preferences->setIconName(u"train"_s);
    m_export = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_export->setIconName(u"export"_s);
    m_export->setKey(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_list = new StudyListPanel(desk);
    m_plan = new StudyPlanPanel(desk, m_builder);
    m_size = new StudySizePanel(m_builder);
    m_ratePanel = new StudyRatePanel(desk);
    m_stack->addWidget(makePanes(m_list, m_plan, m_size, listWidth, sizeWidth));
    m_stack->addWidget(m_ratePanel);
    m_report = new StudyReportView(desk);
    m_stack->addWidget(m_report);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    connectParts();
    finishBuilding();
}

ReviewPage::~ReviewPage()
{
    delete m_kiosk;
}

void ReviewPage::connectParts()
{
    connect(m_steps, &Segments::currentChanged, this,
            [this](int step) { showStep(static_cast<Step>(step)); });
    connect(m_start, &KeyButton::clicked, this, &ReviewPage::startStudy);
    connect(m_rate, &KeyButton::clicked, this, &ReviewPage::openKiosk);
    connect(m_list, &StudyListPanel::newRequested, this, [this] { begin(false); });
    connect(m_list, &StudyListPanel::packageRequested, this, &ReviewPage::openPackage);
    connect(m_plan, &StudyPlanPanel::newRequested, this, [this] { begin(false); });
    connect(m_plan, &StudyPlanPanel::nextVersionRequested, this, [this] { begin(true); });
    connect(m_plan, &StudyPlanPanel::projectAdsRequested, this,
            [this] { m_builder.addAds(m_ads.ads()); });
    connect(m_ratePanel, &StudyRatePanel::planRequested, this, [this] { showStep(Step::Plan); });
    connect(m_report, &StudyReportView::planRequested, this, [this] { showStep(Step::Plan); });
    connect(m_report, &StudyReportView::rateRequested, this, [this] { showStep(Step::Rate); });
    connect(m_report, &StudyReportView::reportChanged, this, &ReviewPage::showActions);
    connect(m_export, &KeyButton::clicked, this, &ReviewPage::exportReport);
    connect(m_preferences, &KeyButton::clicked, this,
            [this] { m_desk.makePreferences(m_report->options().leaveOutFlagged); });
    connect(&m_desk, &StudyDesk::preferencesMade, this,
            [this](const QString& folder, qint64 pairs) {
                m_preferenceFolder = folder;
                m_report->message()->showMessage(MessageBar::Kind::Success,
                                                 tr("%n pair(s) of a chosen and a rejected ad",
                                                    nullptr, static_cast<int>(pairs)),
                                                 folder, { tr("Train with them") });
            });
    connect(m_report->message(), &MessageBar::buttonClicked, this,
            [this] { emit trainRequested(m_preferenceFolder); });
    connect(&m_desk, &StudyDesk::exported, this, [this](const QString& folder) {
        emit announced(tr("The report is in %1.").arg(folder));
    });
    connect(&m_desk, &StudyDesk::listed, this, [this] {
        if (m_desk.study() || m_plan->isDrafting())
            return;
        for (const StudySummary& study : m_desk.studies().studies())
            if (study.problem.isEmpty()) // the one touched last is what one came for
                return m_desk.open(study.folder);
    });
    connect(&m_desk, &StudyDesk::ratersChanged, this, [this] {
        showActions();
        if (m_steps->current() == int(Step::Report) && !m_report->hasReport())
            m_report->refresh();
    });
    connect(&m_builder, &StudyBuilder::changed, this, &ReviewPage::showActions);
    connect(&m_builder, &StudyBuilder::failed, this, &ReviewPage::showProblem);
    connect(&m_desk, &StudyDesk::failed, this, &ReviewPage::showProblem);
    connect(&m_desk, &StudyDesk::workChanged, this, &ReviewPage::showActions);
    connect(&m_desk, &StudyDesk::failed, this, [this] { m_starting = false; });
    connect(&m_desk, &StudyDesk::opened, this, [this] {
        if (std::exchange(m_starting, false))
            m_builder.startNew({});
        if (m_desk.study())
            m_plan->setDrafting(false);
        m_plan->message()->clear();
        showActions();
    });
}

QString ReviewPage::title() const
{
    return tr("Review");
}

QWidget* ReviewPage::lead() const
{
    return m_steps;
}

QWidget* ReviewPage::firstFocus()
{
    return m_steps->current() == int(Step::Plan)  ? m_plan->firstField()
        : m_steps->current() == int(Step::Report) ? m_report->firstFocus()
                                                  : m_steps;
}

void ReviewPage::enter()
{
    m_desk.refresh();
    int ready = 0;
    for (const AdItem& ad : m_ads.ads())
        ready += ad.state == AdState::Done && ad.isShown();
    m_plan->setProjectAds(ready);
    showActions();
}

void ReviewPage::showStep(Step step)
{
    m_steps->setCurrent(static_cast<int>(step));
    m_stack->setCurrentIndex(static_cast<int>(step));
    if (step == Step::Report)
        m_report->refresh();
    showActions();
}

void ReviewPage::showActions()
{
    const bool free = m_desk.work() == StudyDesk::Work::None;
    const auto step = static_cast<Step>(m_steps->current());
    const bool drafting = m_plan->isDrafting();
    m_size->setVisible(drafting);
    m_start->setVisible(step == Step::Plan && drafting);
    m_start->setEnabled(free && !m_builder.isReading() && !m_builder.gap());
    m_start->setText(m_desk.work() == StudyDesk::Work::Creating ? tr("Freezing…")
                                                                : tr("Freeze and start"));
    const bool reported = m_report->hasReport();
    const bool pairs
        = reported && m_desk.study() && m_desk.study()->plan().question != StudyQuestion::Rating;
    m_preferences->setVisible(step == Step::Report);
    m_preferences->setEnabled(free && pairs && m_desk.study()->knowsOrigin());
    m_rate->setVisible(step == Step::Rate || (step == Step::Plan && !drafting && m_desk.study()));
    m_rate->setEnabled(free && m_desk.study());
    m_export->setVisible(step == Step::Report);
    m_export->setEnabled(free && reported);
    m_rate->setText(m_desk.raters().empty() ? tr("Start rating") : tr("Go on rating"));
}

void ReviewPage::begin(bool nextVersion)
{
    if (nextVersion && m_desk.study())
        m_builder.startNextVersion(*m_desk.study());
    else if (m_builder.sources().isEmpty() || m_builder.isNextVersion()) // a begun plan is kept
        m_builder.startNew(
            tr("Study of %1").arg(QLocale().toString(QDate::currentDate(), QLocale::ShortFormat)));
    showStep(Step::Plan);
    m_plan->setDrafting(true);
    m_plan->message()->clear();
    showActions();
    m_plan->firstField()->setFocus();
}

void ReviewPage::startStudy()
{
    message()->clear();
    m_starting = true;
    m_desk.create(m_builder.plan());
}

void ReviewPage::openKiosk()
{
    if (!m_desk.study())
        return;
    if (!m_kiosk) {
        m_kiosk = new RatingWindow(*m_desk.study());
        m_kiosk->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_kiosk, &RatingWindow::closed, this, [this] { m_desk.refresh(); });
        showStep(Step::Rate);
    }
    m_kiosk->showFullScreen();
    m_kiosk->activateWindow();
}

// Single letters and digits of the report; text fields keep theirs.
void ReviewPage::keyPressEvent(QKeyEvent* event)
{
    const bool report = m_steps->current() == int(Step::Report) && m_report->hasReport();
    if (!report || event->modifiers() != Qt::NoModifier || !m_report->takeKey(event->key()))
        Page::keyPressEvent(event);
}

void ReviewPage::exportReport()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Save the report into the folder"));
    if (folder.isEmpty())
        return;
    StudyReportOptions options = m_report->options();
    options.slices = true;
    m_desk.exportReport(folder, options, m_report->plots());
}

void ReviewPage::openPackage()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a study package"), {},
                                                      tr("Study packages (*.adstudy)"));
    if (!file.isEmpty())
        m_desk.importPackage(file);
}

MessageBar* ReviewPage::message() const
{
    if (m_steps->current() == int(Step::Report))
        return m_report->message();
    return m_steps->current() == int(Step::Rate) ? m_ratePanel->message() : m_plan->message();
}

void ReviewPage::showProblem(const Error& error)
{
    const Message problem = Messages::forStudy(error);
    message()->showMessage(MessageBar::Kind::Error, problem.sentence, problem.detail);
}

void ReviewPage::retranslate()
{
    const int step = m_steps->current();
    m_steps->setChoices({ tr("Plan"), tr("Rate"), tr("Report") });
    m_steps->setCurrent(step);
    m_steps->setAccessibleName(tr("Steps of a study"));
    m_list->retranslate();
    m_plan->retranslate();
    m_size->retranslate();
    m_ratePanel->retranslate();
    m_report->retranslate();
    m_preferences->setText(tr("Make a preference set"));
    m_export->setText(tr("Export report"));
    showActions();
}

} // namespace adtailor
