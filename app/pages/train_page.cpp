// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/train_page.h"

#include "app/pages/page_parts.h"
#include "app/pages/run_control_panel.h"
#include "app/pages/run_curves.h"
#include "app/pages/run_list_panel.h"
#include "app/pages/run_setup_panel.h"
#include "app/pages/sample_timeline.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStackedWidget>

namespace adtailor {

namespace {

constexpr int listWidth = 300;
constexpr int controlWidth = 320;

} // namespace

TrainPage::TrainPage(TrainingDesk& desk, QWidget* parent)
    : Page(parent)
    , m_desk(desk)
{
    m_new = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_new->setIconName(QStringLiteral("add"));
    m_new->setKey(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    m_left = new QStackedWidget;
    m_list = new RunListPanel(desk);
    m_setup = new RunSetupPanel(desk);
    m_left->addWidget(m_list);
    m_left->addWidget(m_setup);
    m_control = new RunControlPanel(desk);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanes(m_left, makeCentre(), m_control, listWidth, controlWidth));
    connectParts();
    finishBuilding();
}

QWidget* TrainPage::makeCentre()
{
    m_centre = new QStackedWidget;
    m_empty = new EmptyView;
    m_centre->addWidget(m_empty);
    auto* running = new QWidget;
    auto* column = new QVBoxLayout(running);
    column->setContentsMargins(scaledMargins(12, 12, 12, 12));
    column->setSpacing(scaled(12));
    m_curves = new RunCurves(m_desk.process());
    m_samples = new SampleTimeline(m_desk.process());
    column->addWidget(m_curves, 1);
    column->addWidget(m_samples);
    m_centre->addWidget(running);
    return m_centre;
}

void TrainPage::connectParts()
{
    connect(m_new, &KeyButton::clicked, this, &TrainPage::openSetup);
    connect(m_empty, &EmptyView::buttonClicked, this, &TrainPage::openSetup);
    connect(m_list, &RunListPanel::duplicateRequested, this, [this] {
        RunRecipe recipe = recipeOf(m_desk.process().run().settings);
        recipe.name = tr("%1, again").arg(m_desk.process().run().name);
        m_setup->begin(recipe);
        m_left->setCurrentWidget(m_setup);
        m_setup->firstField()->setFocus();
    });
    connect(m_list, &RunListPanel::announced, this, &TrainPage::announced);
    connect(m_setup, &RunSetupPanel::started, this, &TrainPage::closeSetup);
    connect(m_setup, &RunSetupPanel::cancelled, this, &TrainPage::closeSetup);
    connect(m_samples, &SampleTimeline::stepShown, m_curves, &RunCurves::setCursor);
    connect(&m_desk, &TrainingDesk::listed, this, [this] {
        // The run touched last is what one came to look at.
        if (m_desk.process().run().folder.isEmpty() && !m_desk.runs().runs().empty())
            m_desk.process().follow(m_desk.runs().runs().front().folder);
        showCentre();
    });
    connect(&m_desk.process(), &TrainingProcess::followed, this, &TrainPage::showCentre);
    connect(&m_desk, &TrainingDesk::failed, m_control, &RunControlPanel::showProblem);
    connect(&m_desk, &TrainingDesk::used, this, [this](const QString& name) {
        emit announced(tr("New ads are made with %1.").arg(name));
    });
    connect(&m_desk.process(), &TrainingProcess::ended, this, [this](const TrainingRun& run) {
        emit announced(tr("%1: %2").arg(run.name, RunListModel::stateText(run)));
    });
}

QString TrainPage::title() const
{
    return tr("Train");
}

QWidget* TrainPage::firstFocus()
{
    return m_left->currentWidget() == m_setup ? m_setup->firstField() : m_list->list();
}

void TrainPage::enter()
{
    m_desk.refresh();
}

void TrainPage::setNarrow(bool narrow)
{
    Page::setNarrow(narrow);
    m_control->setKeysVisible(!narrow);
}

void TrainPage::openSetup()
{
    m_setup->begin();
    m_left->setCurrentWidget(m_setup);
    m_setup->firstField()->setFocus();
}

void TrainPage::learnFromVotes(const QString& folder)
{
    RunRecipe recipe = recipeFor(RunPurpose::Votes, m_desk.base());
    recipe.name = tr("Votes of %1").arg(QFileInfo(folder).fileName());
    recipe.records = folder + QStringLiteral("/preferences.jsonl");
    recipe.pictures = folder;
    recipe.rank = std::max<qint64>(recipe.rank, RunRecipe().rank); // votes train LoRA alone
    m_setup->begin(recipe);
    m_left->setCurrentWidget(m_setup);
}

void TrainPage::closeSetup()
{
    m_left->setCurrentWidget(m_list);
    m_list->list()->setFocus();
}

void TrainPage::showCentre()
{
    m_centre->setCurrentIndex(m_desk.process().run().folder.isEmpty() ? 0 : 1);
}

void TrainPage::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && event->key() == Qt::Key_L)
        m_curves->toggleLogarithmic();
    else if (plain && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        m_samples->step(event->key() == Qt::Key_Left ? -1 : 1);
    else
        Page::keyPressEvent(event);
}

void TrainPage::retranslate()
{
    m_new->setText(tr("New run…"));
    m_empty->setContent(
        QStringLiteral("train"), tr("No training run yet"),
        tr("Teach the model the taste of a brand or of your customers with ads that "
           "were clicked. Curves and samples show whether it learns; you can pause "
           "and go on at any time."),
        tr("New run…"));
    m_list->retranslate();
    m_setup->retranslate();
    m_curves->retranslate();
    m_samples->retranslate();
    m_control->retranslate();
    showCentre();
}

} // namespace adtailor
