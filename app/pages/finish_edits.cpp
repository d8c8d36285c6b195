// The edits of FinishPage: each is one step of undo or one move of the state.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/finish_inspector.h"
#include "app/pages/finish_page.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/layer_scene.h"
#include "widgets/step_trail.h"

#include <adtailor/imaging.h>

#include <QBuffer>
#include <QComboBox>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int logoSide = 512; // pixels; a larger logo is made smaller
constexpr qsizetype mostLayers = 50;

} // namespace

void FinishPage::edit(const QString& what, const std::function<void(FinishDocument&)>& change,
                      int stroke)
{
    if (m_number == 0)
        return;
    FinishDocument changed = m_document;
    change(changed);
    m_desk.edit(m_number, changed, what, stroke);
}

void FinishPage::move(const QString& layer, const QRectF& box)
{
    const int row = m_channels->currentIndex().row();
    if (row < 0 || layer.isEmpty())
        return;
    const Channel& shown = m_channelModel.at(row);
    edit(
        tr("Move a layer"),
        [&](FinishDocument& document) {
            document.moved[toQString(shown.id)][layer]
                = QRectF(box.x() / shown.width, box.y() / shown.height, box.width() / shown.width,
                         box.height() / shown.height);
        },
        m_stroke);
}

// One way to repair it; false: only the user can.
bool FinishPage::fix(FinishDocument& document, const QString& channel,
                     const LintFinding& finding) const
{
    const QString id = toQString(finding.layer);
    FinishLayer* layer = document.layer(id);
    switch (finding.rule) {
    case LintRule::TextNotAllowed:
    case LintRule::LogoNotAllowed:
    case LintRule::DoesNotFit:
        document.plain.insert(channel);
        return true;
    case LintRule::NeedsWhite:
        document.white.insert(channel);
        return true;
    case LintRule::OutsidePicture:
    case LintRule::OutsideSafeArea:
    case LintRule::CoversProduct:
        if (document.moved[channel].erase(id) == 0)
            document.plain.insert(channel); // the template itself has no room here
        if (document.moved[channel].empty())
            document.moved.erase(channel);
        return true;
    case LintRule::LowContrast:
        if (!layer)
            return false;
        if (layer->ink.isValid() && !layer->ground.isValid())
            layer->ink = QColor();
        else {
            layer->ink = QColor(0x2a, 0x1d, 0x14);
            layer->ground = Qt::white;
        }
        return true;
    default:
        return false;
    }
}

void FinishPage::fixAll()
{
    edit(tr("Fix what can be fixed"), [this](FinishDocument& document) {
        for (const Channel& channel : m_desk.channelsOf(m_document)) {
            const QString id = toQString(channel.id);
            const FinishFrame* frame = m_frames.frame(id);
            if (!frame)
                continue;
            for (const LintFinding& finding : frame->findings)
                fix(document, id, finding);
        }
    });
}

void FinishPage::addLayer(LayerKind kind)
{
    const QString id = m_document.unusedId();
    if (m_document.layers.size() >= mostLayers)
        return;
    edit(tr("Add a layer"), [&](FinishDocument& document) {
        FinishLayer layer = FinishDocument::newLayer(kind, id);
        if (kind == LayerKind::Text)
            layer.text = tr("Text");
        document.layers.prepend(layer);
    });
    m_layer = id;
    showFrame();
    m_inspector->textField()->setFocus(Qt::OtherFocusReason);
}

void FinishPage::addLogo()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a logo"), {},
                                                      tr("Pictures (*.png *.jpg *.jpeg *.webp)"));
    if (file.isEmpty())
        return;
    const Result<Image> picture = imaging::load(toPath(file));
    if (!picture) {
        emit m_desk.failed(picture.error());
        return;
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    toQImage(imaging::thumbnail(*picture, logoSide)).save(&buffer, "PNG");
    const QString id = m_document.unusedId();
    edit(tr("Add a logo"), [&](FinishDocument& document) {
        FinishLayer layer = FinishDocument::newLayer(LayerKind::Logo, id);
        layer.picture = bytes;
        document.layers.prepend(layer);
    });
    m_layer = id;
    showFrame();
}

void FinishPage::removeLayer()
{
    const QString id = std::exchange(m_layer, {});
    edit(tr("Remove a layer"), [&](FinishDocument& document) {
        document.layers.removeIf([&](const FinishLayer& layer) { return layer.id == id; });
        for (auto& [channel, boxes] : document.moved)
            boxes.erase(id);
    });
    showFrame();
}

// step -1: towards the front.
void FinishPage::reorder(int step)
{
    const int from = m_layerModel.rowOf(m_layer);
    const int to = from + step;
    if (from < 0 || to < 0 || to >= m_document.layers.size())
        return;
    edit(step < 0 ? tr("Bring a layer forward") : tr("Send a layer back"),
         [&](FinishDocument& document) { document.layers.move(from, to); });
}

void FinishPage::stepChannel(int step)
{
    const int row = m_channels->currentIndex().row() + step;
    if (row >= 0 && row < m_channelModel.rowCount())
        m_channels->setCurrentIndex(m_channelModel.index(row));
}

void FinishPage::usePattern(int pattern)
{
    edit(tr("Choose a template"), [&](FinishDocument& document) {
        document.pattern = static_cast<FinishTemplate>(pattern);
        for (FinishLayer& layer : document.layers)
            layer.align = document.pattern == FinishTemplate::TopLine ? 1 : 0;
        document.moved.clear(); // the template says where layers stand
    });
}

void FinishPage::advance()
{
    const FinishState state = m_document.state;
    m_desk.moveTo(m_number,
                  state == FinishState::Draft          ? FinishState::InReview
                      : state == FinishState::InReview ? FinishState::Approved
                                                       : FinishState::Draft);
}

void FinishPage::exportAd()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Export into the folder"));
    if (!folder.isEmpty())
        m_desk.exportAd(m_number, { folder, QLatin1String(defaultExportName), false });
}

void FinishPage::addSize()
{
    QMenu menu;
    for (const Channel& channel : m_desk.channels().channels) {
        const QString id = toQString(channel.id);
        QAction* action = menu.addAction(
            u"%1   %2 × %3"_s.arg(toQString(channel.name)).arg(channel.width).arg(channel.height));
        action->setCheckable(true);
        action->setChecked(m_document.channels.contains(id));
        connect(action, &QAction::toggled, this, [this, id](bool on) {
            edit(on ? tr("Add a size") : tr("Remove a size"), [&](FinishDocument& document) {
                document.channels.removeAll(id);
                if (on)
                    document.channels.append(id);
            });
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Numbers of %1").arg(toQString(m_desk.channels().date)))->setEnabled(false);
    menu.exec(m_addSize->mapToGlobal(m_addSize->rect().bottomLeft()));
}

void FinishPage::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (control && event->key() == Qt::Key_BracketRight)
        return reorder(-1);
    if (control && event->key() == Qt::Key_BracketLeft)
        return reorder(1);
    if (control && event->key() == Qt::Key_G) {
        return edit(tr("Bind the text"), [this](FinishDocument& document) {
            if (FinishLayer* layer = document.layer(m_layer)) {
                if (layer->bound)
                    layer->text = layerText(*layer, m_source);
                layer->bound = !layer->bound
                    && (layer->kind == LayerKind::Headline || layer->kind == LayerKind::Points);
            }
        });
    }
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)
        return stepChannel(event->key() == Qt::Key_PageUp ? -1 : 1);
    if (plain && event->key() == Qt::Key_Delete && !m_layer.isEmpty())
        return removeLayer();
    if (plain && event->key() == Qt::Key_T)
        return addLayer(LayerKind::Text);
    if (plain && event->key() == Qt::Key_V)
        return m_scene->setFocus(Qt::OtherFocusReason);
    Page::keyPressEvent(event);
}

void FinishPage::retranslate()
{
    m_layersPanel->setTitle(tr("Layers"));
    describeButton(m_addText, tr("Add text"), u"T"_s);
    describeButton(m_addLogo, tr("Add a logo…"));
    describeButton(m_delete, tr("Remove the layer"), tr("Delete"));
    m_adName->setText(tr("Ad"));
    m_ads->setAccessibleName(m_adName->text());
    m_patternName->setText(tr("Template"));
    m_pattern->setAccessibleName(m_patternName->text());
    m_pattern->clear();
    m_pattern->addItems(
        { tr("Left column"), tr("Lower band"), tr("Top line"), tr("Quiet (no text)") });
    m_layers->setAccessibleName(tr("Layers"));
    m_trail->setSteps({ tr("Draft"), tr("In review"), tr("Approved"), tr("Exported") });
    describeButton(m_back, tr("Back to draft"));
    describeButton(m_snap, tr("Snap"));
    describeButton(m_safe, tr("Safe areas"));
    for (QToolButton* button : { m_snap, m_safe })
        button->setText(button->accessibleName());
    describeButton(m_fit, tr("Fit"), u"0"_s);
    m_scene->setAccessibleName(tr("Artboard"));
    m_channelsName->setText(tr("Channels"));
    m_channels->setAccessibleName(m_channelsName->text());
    m_label->setText(tr("AI label: composite, on"));
    m_fixAll->setText(tr("Fix what can be fixed"));
    m_addSize->setText(tr("Sizes…"));
    m_empty->setContent(u"finish"_s, tr("There is no finished ad yet."),
                        tr("Generate ads and star the best in Compare; words and sizes are made "
                           "here."),
                        tr("Go to Compare"));
    m_inspector->retranslate();
    refresh();
}

} // namespace adtailor
