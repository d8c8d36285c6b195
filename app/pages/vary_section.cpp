// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/vary_section.h"

#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "widgets/look.h"
#include "widgets/slider_field.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace adtailor {

namespace {

constexpr int mostSteps = 5;

} // namespace

VarySection::VarySection(ProjectSession& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    auto* row = new QHBoxLayout;
    m_name = makeLabel("body");
    m_name->setMinimumWidth(scaled(88));
    m_vary = new QComboBox;
    m_vary->setProperty("density", QStringLiteral("compact"));
    m_vary->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_name);
    row->addWidget(m_vary, 1);
    column->addLayout(row);
    m_fields = new QWidget;
    auto* fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(scaled(8));
    m_steps = new SliderField({});
    m_steps->setRange(2, mostSteps, 1);
    m_steps->setDecimals(0);
    m_from = new SliderField({});
    m_to = new SliderField({});
    for (SliderField* field : { m_steps, m_from, m_to }) {
        fields->addWidget(field);
        connect(field, &SliderField::valueChanged, this, &VarySection::store);
    }
    m_values = makeLabel("hint");
    m_values->setWordWrap(true);
    fields->addWidget(m_values);
    column->addWidget(m_fields);
    connect(m_vary, &QComboBox::activated, this, &VarySection::choose);
    connect(&m_session, &ProjectSession::settingsChanged, this, &VarySection::showSettings);
    retranslate();
}

void VarySection::choose(int vary)
{
    RunSettings settings = m_session.settings();
    settings.vary = static_cast<Vary>(vary);
    const VaryRange range = rangeOf(settings.vary);
    settings.varyFrom = range.from;
    settings.varyTo = range.to;
    m_session.setSettings(settings);
}

void VarySection::store()
{
    if (m_showing)
        return;
    RunSettings settings = m_session.settings();
    settings.varySteps = static_cast<int>(m_steps->value());
    settings.varyFrom = m_from->value();
    settings.varyTo = m_to->value();
    m_session.setSettings(settings);
}

void VarySection::showSettings()
{
    m_showing = true;
    const RunSettings& settings = m_session.settings();
    m_vary->setCurrentIndex(static_cast<int>(settings.vary));
    const bool varies = settings.vary != Vary::Nothing;
    m_fields->setVisible(varies);
    if (varies) {
        const VaryRange range = rangeOf(settings.vary);
        for (SliderField* field : { m_from, m_to }) {
            field->setRange(range.least, range.most, range.step);
            field->setDecimals(range.step < 0.1 ? 2 : 1);
        }
        m_steps->setValue(settings.varySteps);
        m_from->setValue(settings.varyFrom);
        m_to->setValue(settings.varyTo);
        const std::vector<double> values = variationValues(settings.vary, settings.varyFrom,
                                                           settings.varyTo, settings.varySteps);
        QStringList texts;
        for (const double value : values)
            texts.append(QLocale().toString(value, 'f', range.step < 0.1 ? 2 : 1));
        m_values->setText(tr("%n ad(s): each seed with %1", nullptr,
                             static_cast<int>(values.size()) * settings.ads)
                              .arg(texts.join(QStringLiteral(" · "))));
    }
    m_showing = false;
}

void VarySection::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void VarySection::retranslate()
{
    m_name->setText(tr("Also vary"));
    const int vary = std::max(0, m_vary->currentIndex());
    m_vary->clear();
    m_vary->addItems({ tr("Nothing"), tr("Guidance"), tr("Product hold"), tr("Picture variety"),
                       tr("Title variety") });
    m_vary->setCurrentIndex(vary);
    m_vary->setAccessibleName(m_name->text());
    m_steps->setLabel(tr("Values"));
    m_from->setLabel(tr("From"));
    m_to->setLabel(tr("To"));
    showSettings();
}

} // namespace adtailor
