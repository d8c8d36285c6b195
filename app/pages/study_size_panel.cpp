// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/study_size_panel.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/slider_field.h"

#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr double secondsPerVote = 6; // a guess for the estimate; the kiosk measures the rater's own
constexpr int mostRaters = 100, mostTrials = 500;
enum Fact { Trials, Minutes, Votes, FactCount };

} // namespace

StudySizePanel::StudySizePanel(StudyBuilder& builder, QWidget* parent)
    : QWidget(parent)
    , m_builder(builder)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    const auto head = [](QVBoxLayout* section) {
        QLabel* name = makeLabel("section");
        section->addWidget(name);
        return name;
    };
    QVBoxLayout* size = m_panel->addSection();
    m_sizeName = head(size);
    m_raters = addSlider(size, 1, mostRaters, 1);
    m_trials = addSlider(size, 0, mostTrials, 1);
    QVBoxLayout* fair = m_panel->addSection();
    m_fairName = head(fair);
    m_catch = addSlider(fair, 0, 50, 1);
    m_repeats = addSlider(fair, 0, 50, 1);
    m_repeats->setSuffix(QStringLiteral(" %"));
    m_practice = addSlider(fair, 0, 10, 1);
    m_least = addSlider(fair, 0, 10, 0.5);
    m_least->setSuffix(QStringLiteral(" s"));
    m_break = addSlider(fair, 0, 100, 1);
    QVBoxLayout* cost = m_panel->addSection();
    m_costName = head(cost);
    m_cost = new Facts;
    for (int fact = 0; fact < FactCount; ++fact)
        m_cost->addFact(true);
    cost->addWidget(m_cost);
    m_width = new SliderField({});
    m_width->setRange(2, 20, 1);
    m_width->setDecimals(0);
    m_width->setSuffix(QStringLiteral(" %"));
    m_need = makeLabel("strong");
    m_need->setWordWrap(true);
    cost->addWidget(m_width);
    cost->addWidget(m_need);
    connect(m_width, &SliderField::valueEdited, this,
            [this](double percent) { m_builder.setWidth(percent / 100); });
    connect(&builder, &StudyBuilder::needChanged, this, &StudySizePanel::showNeed);
    m_gap = new MessageBar;
    m_gap->setStacked(true);
    cost->addWidget(m_gap);
    connect(&builder, &StudyBuilder::changed, this, &StudySizePanel::showPlan);
}

SliderField* StudySizePanel::addSlider(QVBoxLayout* section, double least, double most, double step)
{
    auto* field = new SliderField({});
    field->setRange(least, most, step);
    field->setDecimals(step < 1 ? 1 : 0);
    connect(field, &SliderField::valueChanged, this, &StudySizePanel::store);
    section->addWidget(field);
    return field;
}

void StudySizePanel::store()
{
    if (m_showing)
        return;
    StudyPlan plan = m_builder.plan();
    plan.trialsPerRater = static_cast<int>(m_trials->value());
    plan.catchEvery = static_cast<int>(m_catch->value());
    plan.repeatShare = m_repeats->value() / 100;
    plan.practice = static_cast<int>(m_practice->value());
    plan.minimumSeconds = m_least->value();
    plan.breakEvery = static_cast<int>(m_break->value());
    m_builder.setRaters(static_cast<int>(m_raters->value()));
    m_builder.setSettings(plan);
}

void StudySizePanel::showPlan()
{
    m_showing = true;
    const StudyPlan& plan = m_builder.plan();
    m_raters->setValue(m_builder.raters());
    m_trials->setValue(plan.trialsPerRater);
    m_catch->setValue(plan.catchEvery);
    m_repeats->setValue(std::round(plan.repeatShare * 100));
    m_practice->setValue(plan.practice);
    m_least->setValue(plan.minimumSeconds);
    m_break->setValue(plan.breakEvery);
    m_showing = false;
    const int trials = m_builder.trialsPerRater();
    const double seconds = trials * std::max(secondsPerVote, plan.minimumSeconds);
    m_cost->setValue(Trials, trials > 0 ? QString::number(trials) : noValue());
    m_cost->setValue(Minutes, trials > 0 ? Messages::duration(seconds) : noValue());
    m_cost->setValue(Votes, trials > 0 ? QString::number(trials * m_builder.raters()) : noValue());
    const std::optional<Error> gap = m_builder.gap();
    if (gap && m_builder.sources().size() > 1 && !m_builder.isReading()) {
        const Message message = Messages::forStudy(*gap);
        m_gap->showMessage(MessageBar::Kind::Warning, tr("This plan cannot start yet."),
                           message.detail);
    } else {
        m_gap->clear();
    }
}

void StudySizePanel::showNeed()
{
    m_width->setValue(std::round(m_builder.width() * 100));
    const QString width = QStringLiteral("± %1 %").arg(std::round(m_builder.width() * 100));
    const StudyBuilder::Need& need = m_builder.need();
    m_need->setText(!need.known ? tr("Simulating how many votes %1 needs…").arg(width)
                        : need.votes
                        ? tr("You need about %1 votes for %2.")
                              .arg(QLocale().toString(qlonglong(*need.votes)), width)
                        : tr("So few raters never reach %1. Ask more people.").arg(width));
}

void StudySizePanel::retranslate()
{
    m_panel->setTitle(tr("Size and fairness"));
    m_sizeName->setText(tr("Size"));
    m_raters->setLabel(tr("Raters"));
    m_trials->setLabel(tr("Trials each"));
    m_trials->setToolTip(tr("Counted trials a rater; 0 is all of them."));
    m_fairName->setText(tr("Fairness"));
    m_catch->setLabel(tr("Catch 1 in"));
    m_catch->setToolTip(tr("One trial in so many shows a broken ad beside whole ones; 0 is none."));
    m_repeats->setLabel(tr("Shown twice"));
    m_repeats->setToolTip(tr("Share of the trials shown again with seats swapped."));
    m_practice->setLabel(tr("Practice"));
    m_practice->setToolTip(tr("Trials before the first one that counts."));
    m_least->setLabel(tr("Least time"));
    m_least->setToolTip(tr("Before a vote is taken."));
    m_break->setLabel(tr("Break after"));
    m_break->setToolTip(tr("Trials between two offers of a break; 0 is none."));
    m_costName->setText(tr("What it costs"));
    m_cost->setName(Trials, tr("Trials a rater"));
    m_cost->setName(Minutes, tr("At 6 s a trial"));
    m_cost->setName(Votes, tr("Trials in all"));
    m_width->setLabel(tr("Precision ±"));
    m_width->setToolTip(tr("Half of the 95 % interval of one source's share of wins."));
    showPlan();
    showNeed();
}

} // namespace adtailor
