// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/run_curves.h"

#include "app/pages/page_parts.h"
#include "widgets/line_chart.h"
#include "widgets/look.h"
#include "widgets/segments.h"
#include "widgets/slider_field.h"

#include <QHBoxLayout>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr double usualSmoothing = 0.88;

// The lines of the loss chart in the order of its series.
const std::array lossKeys{ u"image"_s, u"held_out_image"_s, u"text"_s, u"held_out_text"_s };

} // namespace

RunCurves::RunCurves(TrainingProcess& process, QWidget* parent)
    : QWidget(parent)
    , m_process(process)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(12));
    column->addWidget(makeLoss(), 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(12));
    row->addWidget(makeSmall(m_rate, 0));
    row->addWidget(makeSmall(m_gradient, 0));
    row->addWidget(makeSmall(m_gain, 2)); // the third colour is that of the history
    row->addWidget(makeSmall(m_pbs, 2));
    column->addLayout(row);
    connect(&process, &TrainingProcess::followed, this, &RunCurves::clear);
    connect(&process, &TrainingProcess::restarted, this, &RunCurves::clear);
    connect(&process, &TrainingProcess::grown, this, &RunCurves::add);
    connect(&process, &TrainingProcess::changed, this, &RunCurves::showRun);
}

QWidget* RunCurves::makeLoss()
{
    QFrame* card = makeFrame("card");
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(scaledMargins(16, 4, 16, 4));
    column->setSpacing(scaled(4));
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(16));
    m_lossName = makeLabel("panel");
    m_axis = new Segments;
    m_loss = new LineChart;
    for (std::size_t i = 0; i < lossKeys.size(); ++i)
        m_loss->addSeries(i % 2 == 0 ? LineChart::Style::Curve : LineChart::Style::Checks,
                          static_cast<int>(i) / 2);
    m_loss->setMinimumHeight(scaled(140));
    head->addWidget(m_lossName);
    head->addStretch();
    head->addWidget(m_loss->legend());
    head->addWidget(m_axis);
    column->addLayout(head);
    column->addWidget(makeLine());
    column->addWidget(m_loss, 1);
    auto* foot = new QHBoxLayout;
    m_smoothing = new SliderField({});
    m_smoothing->setRange(0, 0.99, 0.01);
    m_smoothing->setDefault(usualSmoothing);
    m_smoothing->setValue(usualSmoothing);
    m_smoothing->setMaximumWidth(scaled(340));
    m_loss->setSmoothing(usualSmoothing);
    m_hint = makeLabel("hint");
    foot->addWidget(m_smoothing, 8);
    foot->addStretch(1);
    foot->addWidget(m_hint);
    column->addLayout(foot);
    connect(m_axis, &Segments::currentChanged, m_loss,
            [this](int axis) { m_loss->setLogarithmic(axis == 1); });
    connect(m_smoothing, &SliderField::valueChanged, m_loss, &LineChart::setSmoothing);
    return card;
}

QWidget* RunCurves::makeSmall(Small& small, int color)
{
    QFrame* card = makeFrame("card");
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(scaledMargins(12, 8, 12, 8));
    column->setSpacing(scaled(4));
    auto* head = new QHBoxLayout;
    small.name = new ElidedLabel;
    small.name->setProperty("role", QStringLiteral("label"));
    small.value = makeLabel("number");
    head->addWidget(small.name, 1);
    head->addWidget(small.value);
    small.chart = new LineChart;
    small.chart->addSeries(LineChart::Style::Curve, color);
    small.chart->setCompact(true);
    small.chart->setFixedHeight(scaled(40));
    column->addLayout(head);
    column->addWidget(small.chart);
    return card;
}

void RunCurves::toggleLogarithmic()
{
    const int axis = 1 - m_axis->current();
    m_axis->setCurrent(axis);
    m_loss->setLogarithmic(axis == 1);
}

void RunCurves::setCursor(qint64 step)
{
    m_loss->setCursor(static_cast<double>(step));
}

void RunCurves::clear()
{
    m_loss->clear();
    for (Small* small : { &m_rate, &m_gradient, &m_gain, &m_pbs }) {
        small->chart->clear();
        small->value->clear();
    }
    m_loss->setMark(-1, {});
}

void RunCurves::add(const std::vector<RunLine>& lines)
{
    const auto put = [](Small& small, qint64 step, double value, char format, int digits) {
        small.chart->append(0, static_cast<double>(step), value);
        small.value->setText(QLocale().toString(value, format, digits).toLower()); // 2e-05
    };
    for (const RunLine& line : lines) {
        const auto step = static_cast<double>(line.step);
        for (std::size_t i = 0; i < lossKeys.size(); ++i)
            if (line.values.contains(lossKeys[i]))
                m_loss->append(static_cast<int>(i), step, line.values[lossKeys[i]]);
        if (line.values.contains(u"learning_rate"_s))
            put(m_rate, line.step, line.values[u"learning_rate"_s], 'g', 2);
        if (line.values.contains(u"gradient_norm"_s))
            put(m_gradient, line.step, line.values[u"gradient_norm"_s], 'g', 3);
        // The same held-out ads reading somebody else's history: the more it costs, the more the
        // model reads from a history.
        if (line.values.contains(u"held_out_image_other"_s))
            put(m_gain, line.step,
                line.values[u"held_out_image_other"_s] - line.values[u"held_out_image"_s], 'f', 3);
        // Without histories, the clicked ads alone.
        for (const QString& name : { u"sample_pbs_history"_s, u"sample_pbs"_s }) {
            if (!line.values.contains(name))
                continue;
            put(m_pbs, line.step, line.values[name], 'f', 2);
            break;
        }
    }
    showRun();
}

void RunCurves::showRun()
{
    const TrainingRun& run = m_process.run();
    const auto end = static_cast<double>(run.steps);
    m_loss->setEnd(end);
    for (const Small* small : { &m_rate, &m_gradient, &m_gain, &m_pbs })
        small->chart->setEnd(end);
    m_loss->setMark(static_cast<double>(run.best),
                    run.best > 0 ? tr("best so far: step %1").arg(run.best) : QString());
    const qint64 every = run.settings[u"validate_every"].toInteger(500);
    m_hint->setText(tr("squares: held-out check every %n step(s)", nullptr, int(every)));
}

void RunCurves::retranslate()
{
    m_lossName->setText(tr("Loss"));
    const int axis = m_axis->count() > 0 ? m_axis->current() : 0;
    m_axis->setChoices({ tr("Linear"), tr("Log") });
    m_axis->setCurrent(axis);
    m_axis->setToolTip(tr("The value axis (L)"));
    const QString names[]
        = { tr("Picture"), tr("Picture, held out"), tr("Title"), tr("Title, held out") };
    for (int i = 0; i < 4; ++i)
        m_loss->setSeriesName(i, names[i]);
    m_loss->setStepText(tr("step %1"));
    m_loss->setAccessibleName(tr("Loss over the steps"));
    m_smoothing->setLabel(tr("Smoothing"));
    m_rate.name->setFullText(tr("Learning rate"));
    m_gradient.name->setFullText(tr("Gradient norm"));
    m_gain.name->setFullText(tr("Gain from history"));
    m_pbs.name->setFullText(tr("PBS of samples"));
    m_pbs.chart->setToolTip(
        tr("How alike the backgrounds of the samples and of what their people clicked are"));
    m_gain.chart->setToolTip(
        tr("How much worse held-out pictures are guessed with somebody else's history"));
    showRun();
}

} // namespace adtailor
