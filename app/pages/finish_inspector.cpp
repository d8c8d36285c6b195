// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/finish_inspector.h"

#include "app/models/channel_model.h"
#include "app/models/layer_model.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/status_pill.h"
#include "widgets/text_field.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int longestText = 2000; // letters
constexpr int farthest = 8192; // pixels

QPixmap swatch(const QColor& colour)
{
    const int side = scaled(16);
    QPixmap picture(side, side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setPen(colors().outline);
    painter.setBrush(colour.isValid() ? QBrush(colour)
                                      : QBrush(colors().textMuted, Qt::BDiagPattern));
    painter.drawRect(0, 0, side - 1, side - 1);
    return picture;
}

} // namespace

FinishInspector::FinishInspector(QWidget* parent)
    : QWidget(parent)
{
    m_panel = new Panel;
    fillWith(this, m_panel);
    m_bind = makeToolButton(u"link"_s);
    m_bind->setCheckable(true);
    m_panel->addTool(m_bind);
    buildText(m_panel);
    buildPlace(m_panel);
    buildRest(m_panel);
    connectFields();
    clear();
}

void FinishInspector::buildText(Panel* panel)
{
    QVBoxLayout* section = panel->addSection();
    auto* row = new QHBoxLayout;
    m_textName = makeLabel("section");
    m_textSource = makeLabel("hint");
    row->addWidget(m_textName);
    row->addStretch();
    row->addWidget(m_textSource);
    section->addLayout(row);
    m_text = new TextField(longestText);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(3 * lineHeight(Type::Body) + scaled(12));
    m_textName->setBuddy(m_text);
    section->addWidget(m_text);
    section->addSpacing(scaled(8));
    buildType(panel);
}

void FinishInspector::buildType(Panel* panel)
{
    QVBoxLayout* section = panel->addSection();
    m_typeName = makeLabel("section");
    section->addWidget(m_typeName);
    m_family = new QComboBox;
    m_weight = new QComboBox;
    m_family->addItem(QString());
    m_family->addItems(QFontDatabase::families());
    m_family->setMinimumContentsLength(8);
    m_family->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* fonts = new QHBoxLayout;
    fonts->addWidget(m_family, 3);
    fonts->addWidget(m_weight, 2);
    section->addLayout(fonts);
    auto* numbers = new QHBoxLayout;
    constexpr std::array ranges{ std::array{ 30.0, 300.0, 5.0 }, std::array{ 0.9, 2.0, 0.05 },
                                 std::array{ -10.0, 40.0, 1.0 } };
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        m_numbers[i] = new QDoubleSpinBox;
        m_numbers[i]->setRange(ranges[i][0], ranges[i][1]);
        m_numbers[i]->setSingleStep(ranges[i][2]);
        m_numbers[i]->setDecimals(i == 1 ? 2 : 0);
        m_numbers[i]->setKeyboardTracking(false);
        numbers->addWidget(m_numbers[i]);
    }
    section->addLayout(numbers);
    auto* last = new QHBoxLayout;
    m_align = new Segments;
    m_colour = new QPushButton;
    m_colour->setProperty("density", u"compact"_s);
    last->addWidget(m_align);
    last->addStretch();
    section->addSpacing(scaled(4));
    section->addLayout(last);
    section->addWidget(m_colour, 0, Qt::AlignLeft);
}

void FinishInspector::buildPlace(Panel* panel)
{
    QVBoxLayout* section = panel->addSection();
    m_placeName = makeLabel("section");
    section->addWidget(m_placeName);
    auto* grid = new QGridLayout;
    grid->setSpacing(scaled(8));
    static constexpr std::array prefixes{ "X ", "Y ", "W ", "H " };
    for (std::size_t i = 0; i < m_box.size(); ++i) {
        m_box[i] = new QSpinBox;
        m_box[i]->setRange(i < 2 ? -farthest : 8, farthest);
        m_box[i]->setPrefix(QLatin1String(prefixes[i]));
        m_box[i]->setKeyboardTracking(false);
        grid->addWidget(m_box[i], static_cast<int>(i) / 2, static_cast<int>(i) % 2);
    }
    section->addLayout(grid);
}

void FinishInspector::buildRest(Panel* panel)
{
    QVBoxLayout* contrast = panel->addSection();
    auto* row = new QHBoxLayout;
    m_contrastName = makeLabel("section");
    m_contrast = new StatusPill;
    m_contrastText = makeLabel("hint");
    m_contrastText->setWordWrap(true);
    row->addWidget(m_contrastName);
    row->addStretch();
    row->addWidget(m_contrast);
    contrast->addLayout(row);
    contrast->addWidget(m_contrastText);
    QVBoxLayout* lines = panel->addSection();
    m_linesName = makeLabel("section");
    m_orphans = new QCheckBox;
    m_kinsoku = new QCheckBox;
    for (QWidget* part : std::initializer_list<QWidget*>{ m_linesName, m_orphans, m_kinsoku })
        lines->addWidget(part);
    QVBoxLayout* rules = panel->addSection();
    m_ruleName = makeLabel("section");
    m_rule = new MessageBar;
    m_rule->setStacked(true);
    rules->addWidget(m_ruleName);
    rules->addWidget(m_rule);
}

void FinishInspector::connectFields()
{
    connect(m_bind, &QToolButton::clicked, this, [this](bool on) {
        edit(on ? tr("Bind the text") : tr("Free the text"), [&](FinishLayer& layer) {
            if (!on)
                layer.text = layerText(layer, m_source);
            layer.bound = on;
        });
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        edit(tr("Edit the text"), [this](FinishLayer& layer) {
            layer.text = m_text->toPlainText().left(longestText);
            layer.bound = false;
        });
    });
    connect(m_family, &QComboBox::activated, this, [this](int row) {
        edit(tr("Choose the typeface"), [&](FinishLayer& layer) {
            layer.family = row == 0 ? QString() : m_family->itemText(row);
        });
    });
    connect(m_weight, &QComboBox::activated, this, [this](int row) {
        edit(tr("Choose the weight"), [&](FinishLayer& layer) { layer.bold = row == 1; });
    });
    for (std::size_t i = 0; i < m_numbers.size(); ++i)
        connect(m_numbers[i], &QDoubleSpinBox::valueChanged, this, [this, i](double value) {
            edit(tr("Set the type"), [&](FinishLayer& layer) {
                (i == 0       ? layer.size
                     : i == 1 ? layer.line
                              : layer.spacing)
                    = i == 0 ? value / 100 : value;
            });
        });
    connect(m_align, &Segments::currentChanged, this, [this](int align) {
        edit(tr("Align the text"), [&](FinishLayer& layer) { layer.align = align; });
    });
    connect(m_colour, &QPushButton::clicked, this, &FinishInspector::chooseColour);
    for (QSpinBox* field : m_box)
        connect(field, &QSpinBox::valueChanged, this, [this] {
            if (!m_showing)
                emit boxEdited(QRectF(m_box[0]->value(), m_box[1]->value(), m_box[2]->value(),
                                      m_box[3]->value()));
        });
    for (QCheckBox* box : { m_orphans, m_kinsoku })
        connect(box, &QCheckBox::clicked, this,
                [this] { emit linesEdited(!m_orphans->isChecked(), m_kinsoku->isChecked()); });
    connect(m_rule, &MessageBar::buttonClicked, this, [this] { emit fixWanted(0); });
}

void FinishInspector::edit(const QString& what, const std::function<void(FinishLayer&)>& change)
{
    if (m_showing || m_layer.id.isEmpty())
        return;
    FinishLayer changed = m_layer;
    change(changed);
    emit layerEdited(changed, what);
}

void FinishInspector::chooseColour()
{
    const QColor chosen = QColorDialog::getColor(m_layer.ink.isValid() ? m_layer.ink : Qt::black,
                                                 this, tr("Colour of the letters"));
    if (chosen.isValid())
        edit(tr("Choose the colour"), [&](FinishLayer& layer) { layer.ink = chosen; });
}

QWidget* FinishInspector::textField() const
{
    return m_text;
}

void FinishInspector::clear()
{
    show({}, FinishDocument(), {}, nullptr);
}

void FinishInspector::show(const FinishSource& source, const FinishDocument& document,
                           const QString& layer, const FinishFrame* frame)
{
    m_showing = true;
    m_source = source;
    const FinishLayer* chosen = document.layer(layer);
    m_layer = chosen ? *chosen : FinishLayer();
    m_locked = document.isLocked();
    m_findings = frame ? frame->findings : std::vector<LintFinding>();
    m_channel = frame ? toQString(frame->channel.name) : QString();
    const LaidLayer* laid = nullptr;
    if (frame)
        for (const LaidLayer& one : frame->layout.layers)
            if (one.layer.id == layer)
                laid = &one;
    showLayer(laid);
    showContrast(laid);
    m_orphans->setChecked(!document.keepOrphans);
    m_kinsoku->setChecked(document.kinsoku);
    m_orphans->setEnabled(!m_locked);
    m_kinsoku->setEnabled(!m_locked);
    showFinding();
    m_showing = false;
}

void FinishInspector::showLayer(const LaidLayer* laid)
{
    const bool some = !m_layer.id.isEmpty();
    m_panel->setTitle(some ? LayerModel::kindName(m_layer.kind) : tr("No layer chosen"));
    const bool binds = m_layer.kind == LayerKind::Headline || m_layer.kind == LayerKind::Points;
    m_bind->setVisible(some && binds);
    m_bind->setChecked(m_layer.bound);
    const QString text = some ? layerText(m_layer, m_source) : QString();
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_textSource->setText(!some || !m_layer.bound                   ? QString()
                              : m_layer.kind == LayerKind::Headline ? tr("from the ad title")
                                                                    : tr("from the brief"));
    const int family = m_layer.family.isEmpty() ? 0 : m_family->findText(m_layer.family);
    m_family->setCurrentIndex(std::max(family, 0));
    m_weight->setCurrentIndex(m_layer.bold ? 1 : 0);
    m_numbers[0]->setValue(m_layer.size * 100);
    m_numbers[1]->setValue(m_layer.line);
    m_numbers[2]->setValue(m_layer.spacing);
    m_align->setCurrent(m_layer.align);
    m_colour->setText(m_layer.ink.isValid() ? m_layer.ink.name().toUpper() : tr("Automatic"));
    m_colour->setIcon(swatch(laid ? laid->layer.ink : m_layer.ink));
    const QRectF box = laid ? laid->box : QRectF();
    const std::array sides{ box.x(), box.y(), box.width(), box.height() };
    for (std::size_t i = 0; i < sides.size(); ++i)
        m_box[i]->setValue(qRound(sides[i]));
    const std::initializer_list<QWidget*> fields{ m_text,       m_bind,       m_family,
                                                  m_weight,     m_align,      m_numbers[0],
                                                  m_numbers[1], m_numbers[2], m_colour };
    for (QWidget* field : fields)
        field->setEnabled(some && !m_locked);
    for (QSpinBox* field : m_box)
        field->setEnabled(laid && !m_locked);
}

void FinishInspector::showContrast(const LaidLayer* laid)
{
    const bool measured = laid && !laid->text.isEmpty();
    m_contrast->setVisible(measured);
    if (!measured) {
        m_contrastText->setText(m_layer.id.isEmpty()
                                    ? tr("Choose a layer on the picture or in the list.")
                                    : tr("This layer is not on this picture."));
        return;
    }
    const QLocale locale;
    const double needed
        = neededContrast(laid->font.pixelSize(), laid->layer.kind == LayerKind::Headline);
    const QString value = locale.toString(laid->contrast, 'f', 1);
    m_contrast->setStatus(laid->contrast < needed ? StatusKind::Warning : StatusKind::Success,
                          value + u" : 1"_s);
    m_contrastText->setText(tr("Lowest under the letters: %1. Needs %2 at this size (%3 px).")
                                .arg(value, locale.toString(needed, 'f', 1))
                                .arg(laid->font.pixelSize()));
}

void FinishInspector::showFinding()
{
    const auto count = static_cast<int>(m_findings.size());
    m_ruleName->setText(m_channel.isEmpty() ? QString()
                            : count == 0    ? tr("%1: passes").arg(m_channel)
                                         : tr("%1: %n finding(s)", nullptr, count).arg(m_channel));
    if (count == 0) {
        m_rule->clear();
        return;
    }
    const LintFinding& first = m_findings.front();
    const QString fix = m_locked ? QString() : fixText(first);
    m_rule->showMessage(first.blocks ? MessageBar::Kind::Error : MessageBar::Kind::Warning,
                        ChannelModel::shortText(first), ChannelModel::sentence(first),
                        fix.isEmpty() ? QStringList() : QStringList(fix));
}

QString FinishInspector::fixText(const LintFinding& finding)
{
    switch (finding.rule) {
    case LintRule::TextNotAllowed:
    case LintRule::LogoNotAllowed:
    case LintRule::DoesNotFit:
        return tr("Export without words");
    case LintRule::NeedsWhite:
        return tr("Use white");
    case LintRule::OutsidePicture:
    case LintRule::OutsideSafeArea:
    case LintRule::CoversProduct:
        return tr("Lay out again");
    case LintRule::LowContrast:
        return tr("Make it readable");
    default:
        return {};
    }
}

void FinishInspector::retranslate()
{
    m_textName->setText(tr("Text"));
    m_text->setAccessibleName(m_textName->text());
    describeButton(m_bind, tr("Bind the text to its source"), u"Ctrl+G"_s);
    m_typeName->setText(tr("Type"));
    m_family->setItemText(0, tr("Studio's own"));
    m_family->setAccessibleName(tr("Typeface"));
    const QSignalBlocker blocker(m_weight);
    m_weight->clear();
    m_weight->addItems({ tr("Regular"), tr("Bold") });
    m_weight->setAccessibleName(tr("Weight"));
    const QStringList names{ tr("Size, percent of what the template gives"),
                             tr("Line height in letter sizes"),
                             tr("Space between letters, percent") };
    for (int i = 0; i < names.size(); ++i) {
        m_numbers[static_cast<std::size_t>(i)]->setAccessibleName(names[i]);
        m_numbers[static_cast<std::size_t>(i)]->setToolTip(names[i]);
    }
    m_numbers[0]->setSuffix(u" %"_s);
    m_align->setChoices({ tr("Left"), tr("Centre"), tr("Right") });
    m_align->setCurrent(m_layer.align);
    m_colour->setAccessibleName(tr("Colour of the letters"));
    m_placeName->setText(tr("Position in pixels"));
    const QStringList sides{ tr("Left edge"), tr("Top edge"), tr("Width"), tr("Height") };
    for (int i = 0; i < sides.size(); ++i)
        m_box[static_cast<std::size_t>(i)]->setAccessibleName(sides[i]);
    m_contrastName->setText(tr("Contrast with the picture"));
    m_linesName->setText(tr("Line breaks"));
    m_orphans->setText(tr("No orphan words"));
    m_kinsoku->setText(tr("Chinese: no comma at line start"));
}

} // namespace adtailor
