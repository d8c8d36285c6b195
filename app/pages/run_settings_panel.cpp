// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/run_settings_panel.h"

#include "app/pages/change_section.h"
#include "app/pages/vary_section.h"
#include "app/project_session.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/slider_field.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int mostAds = 8; // in the slider; a batch may hold limits::adsPerRequest
constexpr int mostTitleTokens = 128;
constexpr quint64 seedRange = 1'000'000;

} // namespace

// The included clicks as one row of small pictures.
class RunSettingsPanel::Clicks final : public QWidget
{
public:
    explicit Clicks(QWidget* parent = nullptr)
        : QWidget(parent)
    {
        setFixedHeight(scaled(22));
    }
    void setPictures(const QList<QImage>& pictures)
    {
        m_pictures = pictures;
        setVisible(!pictures.isEmpty());
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const int side = height();
        const int step = side + 4;
        for (int i = 0; i < m_pictures.size() && i * step + side <= width(); ++i)
            painter.drawImage(QRect(i * step, 0, side, side), m_pictures[i]);
    }

private:
    QList<QImage> m_pictures;
};

RunSettingsPanel::RunSettingsPanel(ProjectSession& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    QVBoxLayout* change = m_panel->addSection();
    m_message = new MessageBar;
    m_message->setStacked(true);
    change->addWidget(m_message);
    m_change = new ChangeSection(session);
    change->addWidget(m_change);
    buildVariations();
    buildPicture();
    buildTitle();
    buildHistory();

    connect(m_change, &ChangeSection::titleLockChanged, this, &RunSettingsPanel::titleLockChanged);
    connect(m_useHistory, &QCheckBox::clicked, this, &RunSettingsPanel::store);
    connect(m_seed, &QLineEdit::textEdited, this, &RunSettingsPanel::store);
    connect(m_newSeed, &QToolButton::clicked, this, [this] {
        m_seed->setText(QString::number(QRandomGenerator::global()->bounded(seedRange)));
        store();
    });
    connect(&m_session, &ProjectSession::settingsChanged, this, &RunSettingsPanel::showSettings);
    connect(&m_session, &ProjectSession::settingsChanged, this, &RunSettingsPanel::showHistory);
    connect(&m_session, &ProjectSession::historyChanged, this, &RunSettingsPanel::showHistory);
    connect(&m_session, &ProjectSession::profileChanged, this, &RunSettingsPanel::showHistory);
    retranslate();
}

SliderField* RunSettingsPanel::addSlider(QVBoxLayout* section, double least, double most,
                                         double step)
{
    auto* field = new SliderField({});
    field->setRange(least, most, step);
    field->setDecimals(step < 0.1 ? 2 : step < 1 ? 1 : 0);
    connect(field, &SliderField::valueChanged, this, &RunSettingsPanel::store);
    section->addWidget(field);
    return field;
}

void RunSettingsPanel::buildVariations()
{
    QVBoxLayout* section = m_panel->addSection();
    m_variationsName = makeLabel("section");
    section->addWidget(m_variationsName);
    m_ads = addSlider(section, 1, mostAds, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    m_seedName = makeLabel("body");
    m_seedName->setMinimumWidth(scaled(88));
    m_seed = new QLineEdit;
    m_seed->setProperty("density", QStringLiteral("compact"));
    m_seed->setProperty("role", QStringLiteral("number"));
    m_seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,18}")), m_seed));
    m_newSeed = makeToolButton(QStringLiteral("retry"));
    row->addWidget(m_seedName);
    row->addWidget(m_seed, 1);
    row->addWidget(m_newSeed);
    section->addLayout(row);
    m_vary = new VarySection(m_session);
    section->addWidget(m_vary);
}

void RunSettingsPanel::buildPicture()
{
    QVBoxLayout* section = m_panel->addSection();
    m_pictureName = makeLabel("section");
    section->addWidget(m_pictureName);
    m_hold = addSlider(section, 0, 3, 0.05);
    m_guidance = addSlider(section, 1, 10, 0.1);
    m_imageVariety = addSlider(section, 0, 2, 0.05);
}

void RunSettingsPanel::buildTitle()
{
    QVBoxLayout* section = m_panel->addSection();
    m_titleName = makeLabel("section");
    section->addWidget(m_titleName);
    m_titleVariety = addSlider(section, 0, 2, 0.05);
    m_titleTokens = addSlider(section, 8, mostTitleTokens, 1);
}

void RunSettingsPanel::buildHistory()
{
    QVBoxLayout* section = m_panel->addSection();
    auto* head = new QHBoxLayout;
    m_historyName = makeLabel("section");
    m_historyCount = makeLabel("hint");
    head->addWidget(m_historyName, 1);
    head->addWidget(m_historyCount);
    section->addLayout(head);
    m_clicks = new Clicks;
    section->addWidget(m_clicks);
    m_useHistory = new QCheckBox;
    section->addWidget(m_useHistory);
    const RunSettings standard;
    m_ads->setDefault(standard.ads);
    m_hold->setDefault(standard.productHold);
    m_guidance->setDefault(standard.guidance);
    m_imageVariety->setDefault(standard.imageVariety);
    m_titleVariety->setDefault(standard.titleVariety);
    m_titleTokens->setDefault(standard.titleTokens);
}

void RunSettingsPanel::setLocked(bool running)
{
    for (QWidget* field : std::initializer_list<QWidget*>{
             m_ads, m_seedName, m_seed, m_newSeed, m_hold, m_guidance, m_imageVariety,
             m_titleVariety, m_titleTokens, m_useHistory, m_vary })
        field->setEnabled(!running);
    m_change->setRunning(running);
    if (!running)
        showHistory();
}

void RunSettingsPanel::store()
{
    if (m_showing)
        return;
    RunSettings settings = m_session.settings();
    settings.ads = static_cast<int>(m_ads->value());
    settings.seed = m_seed->text().toULongLong();
    settings.productHold = m_hold->value();
    settings.guidance = m_guidance->value();
    settings.imageVariety = m_imageVariety->value();
    settings.titleVariety = m_titleVariety->value();
    settings.titleTokens = static_cast<int>(m_titleTokens->value());
    if (m_useHistory->isEnabled())
        settings.useHistory = m_useHistory->isChecked();
    m_session.setSettings(settings);
}

void RunSettingsPanel::showSettings()
{
    m_showing = true;
    const RunSettings& settings = m_session.settings();
    m_ads->setValue(settings.ads);
    if (m_seed->text() != QString::number(settings.seed) && !m_seed->text().isEmpty())
        m_seed->setText(QString::number(settings.seed));
    else if (!m_seed->hasFocus())
        m_seed->setText(QString::number(settings.seed));
    m_hold->setValue(settings.productHold);
    m_guidance->setValue(settings.guidance);
    m_imageVariety->setValue(settings.imageVariety);
    m_titleVariety->setValue(settings.titleVariety);
    m_titleTokens->setValue(settings.titleTokens);
    m_showing = false;
}

void RunSettingsPanel::showHistory()
{
    const HistoryModel& history = m_session.history();
    const Person* person = m_session.person();
    const int included = history.includedCount();
    const int read = history.readCount();
    m_historyCount->setText(read > 0 ? tr("%1 of %n click(s)", nullptr, included).arg(read)
                                     : tr("%n click(s)", nullptr, included));
    QList<QImage> pictures;
    for (int row = 0; row < history.rowCount(); ++row) {
        const int click = history.clickAt(row);
        if (history.isIncluded(click))
            pictures.append(person->clicks[static_cast<std::size_t>(click)].thumbnail);
    }
    m_clicks->setPictures(m_session.settings().useHistory ? pictures : QList<QImage>());
    m_useHistory->setEnabled(included > 0);
    m_useHistory->setChecked(m_session.usesHistory());
    m_useHistory->setText(person ? tr("Use the history of %1").arg(person->name)
                                 : tr("Use a history"));
    if (!person)
        m_useHistory->setToolTip(tr("No person is chosen."));
    else if (!allowsHistory(person->consent))
        m_useHistory->setToolTip(tr("%1 has not given consent.").arg(person->name));
    else
        m_useHistory->setToolTip(included ? QString() : tr("No click is included."));
}

void RunSettingsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunSettingsPanel::retranslate()
{
    m_panel->setTitle(tr("Settings"));
    m_variationsName->setText(tr("Variations"));
    m_ads->setLabel(tr("Ads"));
    m_seedName->setText(tr("First seed"));
    m_seed->setAccessibleName(m_seedName->text());
    describeButton(m_newSeed, tr("New seed"));
    m_pictureName->setText(tr("Picture"));
    m_hold->setLabel(tr("Product hold"));
    m_guidance->setLabel(tr("Guidance"));
    m_imageVariety->setLabel(tr("Variety"));
    m_titleName->setText(tr("Title"));
    m_titleVariety->setLabel(tr("Variety"));
    m_titleTokens->setLabel(tr("Length limit"));
    m_historyName->setText(tr("History"));
    showSettings();
    showHistory();
}

} // namespace adtailor
