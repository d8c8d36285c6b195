// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/finish_page.h"

#include "app/messages.h"
#include "app/pages/finish_inspector.h"
#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "app/sample_loader.h"
#include "widgets/channel_delegate.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/layer_delegate.h"
#include "widgets/layer_scene.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/step_trail.h"

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int layersWidth = 264, inspectorWidth = 288;

QListView* makeList(QAbstractItemModel& model, QAbstractItemDelegate* delegate)
{
    auto* list = new QListView;
    delegate->setParent(list);
    list->setModel(&model);
    list->setItemDelegate(delegate);
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    return list;
}

QPicture pictureOf(const LaidLayer& laid)
{
    QPicture picture;
    QPainter painter(&picture);
    paintLayer(painter, laid);
    return picture;
}

} // namespace

FinishPage::FinishPage(ProjectSession& session, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_desk(session.board(), session.undoStack())
{
    m_desk.readChannels(resourceFolder());
    m_export = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_export->setKey(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_next = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_next->setIconName(u"review"_s);
    m_next->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_inspector = new FinishInspector;
    m_stack = new QStackedWidget;
    m_empty = new EmptyView;
    m_stack->addWidget(
        makePanes(makeLeft(), makeCentre(), m_inspector, layersWidth, inspectorWidth));
    m_stack->addWidget(m_empty);
    fillWith(this, m_stack);
    connectParts();
    connectEdits();
    finishBuilding();
    fillAds();
}

QWidget* FinishPage::makeLeft()
{
    m_layersPanel = new Panel;
    m_addText = makeToolButton(u"text"_s);
    m_addLogo = makeToolButton(u"image"_s);
    m_delete = makeToolButton(u"trash"_s);
    for (QToolButton* button : { m_addText, m_addLogo, m_delete })
        m_layersPanel->addTool(button);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* form = new QVBoxLayout;
    form->setContentsMargins(scaledMargins(16, 12, 16, 12));
    form->setSpacing(scaled(4));
    m_adName = makeLabel("section");
    m_ads = new QComboBox;
    m_patternName = makeLabel("section");
    m_pattern = new QComboBox;
    for (QComboBox* box : { m_ads, m_pattern }) {
        box->setMinimumContentsLength(10);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    form->addWidget(m_adName);
    form->addWidget(m_ads);
    form->addSpacing(scaled(8));
    form->addWidget(m_patternName);
    form->addWidget(m_pattern);
    m_layers = makeList(m_layerModel, new LayerDelegate);
    column->addWidget(m_layers, 1);
    column->addWidget(makeLine());
    column->addLayout(form);
    m_layersPanel->setBody(body);
    return m_layersPanel;
}

QWidget* FinishPage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* tools = addToolBar(column);
    m_trail = new StepTrail;
    m_back = makeToolButton(u"undo"_s);
    m_snap = makeToolButton(u"grid"_s);
    m_safe = makeToolButton(u"crop"_s);
    m_fit = makeToolButton(u"fit"_s);
    m_zoom = makeLabel("number");
    tools->addWidget(m_trail);
    tools->addWidget(m_back);
    tools->addStretch();
    for (QToolButton* button : { m_snap, m_safe }) {
        button->setProperty("kind", u"text"_s);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setChecked(true);
    }
    for (QWidget* tool : std::initializer_list<QWidget*>{ m_snap, m_safe, m_fit, m_zoom })
        tools->addWidget(tool);
    m_message = new MessageBar;
    column->addWidget(m_message);
    m_scene = new LayerScene;
    column->addWidget(m_scene, 1);
    column->addWidget(makeStrip());
    return centre;
}

QWidget* FinishPage::makeStrip()
{
    QFrame* strip = makeFrame("footer");
    auto* column = new QVBoxLayout(strip);
    column->setContentsMargins(scaledMargins(12, 8, 12, 8));
    column->setSpacing(scaled(8));
    auto* head = new QHBoxLayout;
    m_channelsName = makeLabel("strong");
    m_channelsCount = makeLabel("secondary");
    m_label = makeLabel("hint");
    m_fixAll = new KeyButton({}, KeyButton::Kind::Plain);
    m_addSize = new KeyButton({}, KeyButton::Kind::Quiet);
    m_addSize->setIconName(u"add"_s);
    for (KeyButton* button : { m_fixAll, m_addSize })
        button->setCompact(true);
    for (QWidget* part : std::initializer_list<QWidget*>{ m_channelsName, m_channelsCount })
        head->addWidget(part);
    head->addStretch();
    for (QWidget* part : std::initializer_list<QWidget*>{ m_label, m_fixAll, m_addSize })
        head->addWidget(part);
    column->addLayout(head);
    m_channels = makeList(m_channelModel, new ChannelDelegate);
    m_channels->setFlow(QListView::LeftToRight);
    m_channels->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_channels->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    column->addWidget(m_channels);
    return strip;
}

void FinishPage::connectParts()
{
    AdBoard& board = m_session.board();
    connect(&board, &AdBoard::grown, this, &FinishPage::fillAds);
    connect(&board, &AdBoard::composed, this, &FinishPage::fillAds);
    connect(&m_session, &ProjectSession::opened, this, [this] {
        m_number = 0;
        fillAds();
    });
    connect(m_ads, &QComboBox::activated, this,
            [this](int row) { showAd(m_ads->itemData(row).toInt()); });
    connect(m_empty, &EmptyView::buttonClicked, this, &FinishPage::compareRequested);
    connect(&m_desk, &FinishDesk::changed, this, [this](int number) {
        if (number == m_number)
            refresh();
    });
    connect(&m_desk, &FinishDesk::exportingChanged, this, &FinishPage::showState);
    connect(&m_desk, &FinishDesk::exported, this,
            [this](const QStringList& files, const QString& folder) {
                const auto count = static_cast<int>(files.size());
                emit announced(tr("%n file(s) exported to %1", nullptr, count).arg(folder));
            });
    connect(&m_desk, &FinishDesk::failed, this, [this](const Error& error) {
        const Message message = Messages::forError(error);
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
    });
    connect(&m_frames, &FinishFrames::drawn, this, [this](const QString& drawn) {
        if (drawn == channel())
            showFrame();
        showStrip();
    });
    connect(m_scene, &LayerScene::zoomChanged, this,
            [this](double zoom) { m_zoom->setText(tr("%1 %").arg(qRound(zoom * 100))); });
    connect(m_scene, &LayerScene::currentChanged, this, [this](const QString& layer) {
        m_layer = layer;
        showFrame();
    });
    connect(m_layers->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (const QString id = m_layerModel.idOf(current.row()); id != m_layer) {
                    m_layer = id;
                    showFrame();
                }
            });
    connect(m_channels->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &FinishPage::showFrame);
    connect(m_snap, &QToolButton::toggled, m_scene, &LayerScene::setSnapping);
    connect(m_safe, &QToolButton::toggled, m_scene, &LayerScene::setSafeShown);
    connect(m_fit, &QToolButton::clicked, m_scene, &LayerScene::fit);
}

void FinishPage::connectEdits()
{
    connect(m_next, &KeyButton::clicked, this, &FinishPage::advance);
    connect(m_export, &KeyButton::clicked, this, &FinishPage::exportAd);
    connect(m_back, &QToolButton::clicked, this,
            [this] { m_desk.moveTo(m_number, FinishState::Draft); });
    connect(m_addText, &QToolButton::clicked, this, [this] {
        QMenu menu;
        for (const LayerKind kind : { LayerKind::Headline, LayerKind::Points, LayerKind::Action,
                                      LayerKind::Price, LayerKind::Text })
            menu.addAction(LayerModel::kindName(kind), this, [this, kind] { addLayer(kind); });
        menu.exec(m_addText->mapToGlobal(m_addText->rect().bottomLeft()));
    });
    connect(m_addLogo, &QToolButton::clicked, this, &FinishPage::addLogo);
    connect(m_delete, &QToolButton::clicked, this, &FinishPage::removeLayer);
    connect(m_pattern, &QComboBox::activated, this, &FinishPage::usePattern);
    connect(m_fixAll, &KeyButton::clicked, this, &FinishPage::fixAll);
    connect(m_addSize, &KeyButton::clicked, this, &FinishPage::addSize);
    connect(m_scene, &LayerScene::boxChanged, this, &FinishPage::move);
    connect(m_scene, &LayerScene::editEnded, this, [this] { ++m_stroke; });
    connect(&m_layerModel, &LayerModel::visibleWanted, this, [this](const QString& id, bool on) {
        edit(on ? tr("Show a layer") : tr("Hide a layer"),
             [&](FinishDocument& document) { document.layer(id)->visible = on; });
    });
    connect(m_inspector, &FinishInspector::layerEdited, this,
            [this](const FinishLayer& layer, const QString& what) {
                edit(
                    what,
                    [&](FinishDocument& document) {
                        if (FinishLayer* place = document.layer(layer.id))
                            *place = layer;
                    },
                    m_stroke);
            });
    connect(m_inspector, &FinishInspector::boxEdited, this, [this](const QRectF& box) {
        ++m_stroke;
        move(m_layer, box);
    });
    connect(m_inspector, &FinishInspector::linesEdited, this, [this](bool orphans, bool kinsoku) {
        edit(tr("Change line breaks"), [&](FinishDocument& document) {
            document.keepOrphans = orphans;
            document.kinsoku = kinsoku;
        });
    });
    connect(m_inspector, &FinishInspector::fixWanted, this, [this](int at) {
        const FinishFrame* frame = m_frames.frame(channel());
        if (!frame || at >= static_cast<int>(frame->findings.size()))
            return;
        const LintFinding finding = frame->findings[static_cast<std::size_t>(at)];
        edit(FinishInspector::fixText(finding),
             [&](FinishDocument& document) { fix(document, channel(), finding); });
    });
}

QString FinishPage::title() const
{
    return tr("Finish");
}

QWidget* FinishPage::firstFocus()
{
    return m_number == 0 ? static_cast<QWidget*>(m_empty) : m_scene;
}

void FinishPage::enter()
{
    fillAds();
    m_scene->fit();
}

void FinishPage::setNarrow(bool narrow)
{
    Page::setNarrow(narrow);
    m_trail->setCompact(narrow);
    for (QToolButton* button : { m_snap, m_safe })
        button->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_label->setVisible(!narrow);
}

void FinishPage::fillAds()
{
    const QSignalBlocker blocker(m_ads);
    m_ads->clear();
    int best = 0; // the starred one, else the newest
    bool starred = false;
    for (const AdItem& ad : m_session.board().ads()) {
        if (ad.state != AdState::Done || !ad.isShown())
            continue;
        m_ads->addItem(ad.name() + u"  "_s + ad.title.simplified().left(60), ad.number);
        if (ad.starred || !starred)
            best = ad.number;
        starred = starred || ad.starred;
    }
    const bool there = m_ads->findData(m_number) >= 0;
    showAd(there ? m_number : best);
}

void FinishPage::showAd(int number)
{
    const int row = m_session.board().model().rowOf(number);
    m_stack->setCurrentIndex(row < 0 ? 1 : 0);
    if (number != m_number || row < 0) {
        m_number = row < 0 ? 0 : number;
        m_layer.clear();
        m_message->clear();
        m_frames.clear();
    }
    m_ads->setCurrentIndex(m_ads->findData(m_number));
    if (row >= 0 && m_layer.isEmpty() && !m_desk.document(m_number).layers.isEmpty())
        m_layer = m_desk.document(m_number).layers.first().id;
    if (row >= 0)
        m_source = finishSource(m_session.board().model().at(row));
    refresh();
}

QString FinishPage::channel() const
{
    const int row = m_channels->currentIndex().row();
    return row < 0 ? QString() : toQString(m_channelModel.at(row).id);
}

// Ask again for everything that depends on the document.
void FinishPage::refresh()
{
    m_document = m_number == 0 ? FinishDocument() : m_desk.document(m_number);
    const QString before = channel();
    {
        const QSignalBlocker blocker(m_channels->selectionModel());
        m_channelModel.setChannels(m_desk.channelsOf(m_document));
        const int row = std::max(m_channelModel.rowOf(before), 0);
        m_channels->setCurrentIndex(m_channelModel.index(row));
    }
    m_pattern->setCurrentIndex(static_cast<int>(m_document.pattern));
    if (m_number != 0)
        m_frames.show(m_source, m_document, m_desk.channelsOf(m_document), channel());
    showStrip();
    showFrame();
    showState();
}

void FinishPage::showFrame()
{
    const FinishFrame* frame = m_frames.frame(channel());
    const int row = m_channels->currentIndex().row();
    QList<SceneLayer> layers;
    QStringList leftOut;
    if (row >= 0) {
        const Channel& shown = m_channelModel.at(row);
        m_scene->setFrame({ shown.width, shown.height });
        const SafeArea& safe = shown.safe;
        m_scene->setSafeArea(QRectF(safe.left * shown.width, safe.top * shown.height,
                                    (1 - safe.left - safe.right) * shown.width,
                                    (1 - safe.top - safe.bottom) * shown.height));
        m_scene->setCaptions(
            u"%1 × %2 · %3"_s.arg(shown.width).arg(shown.height).arg(toQString(shown.name)),
            tr("dashed: safe area"));
    }
    m_scene->setPicture(frame ? frame->picture.picture : QImage());
    if (frame) {
        for (const LaidLayer& laid : frame->layout.layers)
            layers.append({ laid.layer.id, LayerModel::kindName(laid.layer.kind), laid.box,
                            pictureOf(laid) });
        leftOut = frame->layout.leftOut;
    }
    m_scene->setLayers(layers);
    m_scene->setCurrent(m_layer);
    m_layerModel.show(m_source, m_document, leftOut);
    {
        const QSignalBlocker blocker(m_layers->selectionModel());
        m_layers->setCurrentIndex(m_layerModel.index(m_layerModel.rowOf(m_layer)));
    }
    m_layers->viewport()->update();
    m_inspector->show(m_source, m_document, m_layer, frame);
    m_delete->setEnabled(!m_layer.isEmpty() && !m_document.isLocked());
}

void FinishPage::showStrip()
{
    m_channelModel.showFrames(m_frames);
    const ChannelModel::Counts counts = m_channelModel.counts();
    QStringList parts{ tr("%n size(s)", nullptr, counts.sizes),
                       tr("%n pass(es)", nullptr, counts.pass) };
    if (counts.warnings > 0)
        parts.append(tr("%n warning(s)", nullptr, counts.warnings));
    if (counts.blocked > 0)
        parts.append(tr("%n blocked", nullptr, counts.blocked));
    m_channelsCount->setText(parts.join(u" · "_s));
    m_fixAll->setEnabled(!m_document.isLocked() && counts.warnings + counts.blocked > 0);
    const int bar = m_channels->horizontalScrollBar()->sizeHint().height();
    m_channels->setFixedHeight(m_channels->sizeHintForRow(0) + bar + 2);
}

void FinishPage::showState()
{
    const FinishState state = m_document.state;
    const bool locked = m_document.isLocked(), busy = m_desk.isExporting();
    m_trail->setCurrent(static_cast<int>(state));
    m_back->setVisible(state == FinishState::InReview);
    m_scene->setReadOnly(locked);
    m_export->setEnabled(m_number != 0 && locked && !busy);
    m_export->setIconName(locked ? u"export"_s : u"lock"_s);
    m_export->setText(busy         ? tr("Exporting…")
                          : locked ? tr("Export…")
                                   : tr("Export opens after approval"));
    m_next->setEnabled(m_number != 0 && !busy);
    m_next->setText(state == FinishState::Draft          ? tr("Send to review")
                        : state == FinishState::InReview ? tr("Approve")
                                                         : tr("Make a new draft"));
    for (QWidget* part :
         std::initializer_list<QWidget*>{ m_addText, m_addLogo, m_pattern, m_addSize })
        part->setEnabled(m_number != 0 && !locked);
    if (m_desk.channelProblem()) {
        const Message message = Messages::forError(*m_desk.channelProblem());
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
    } else if (locked && m_message->isHidden()) {
        const AuditEntry last = m_document.audit.isEmpty() ? AuditEntry() : m_document.audit.last();
        m_message->showMessage(
            MessageBar::Kind::Success, tr("Approved: nothing can be changed any more."),
            tr("%1 by %2")
                .arg(QLocale().toString(last.time.toLocalTime(), QLocale::ShortFormat), last.who));
        m_message->setIconName(u"lock"_s);
    } else if (!locked && m_message->kind() == MessageBar::Kind::Success) {
        m_message->clear();
    }
}

} // namespace adtailor
