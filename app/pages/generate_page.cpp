// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/generate_page.h"

#include "app/messages.h"
#include "app/pages/batch_panel.h"
#include "app/pages/change_section.h"
#include "app/pages/page_parts.h"
#include "app/pages/run_bar.h"
#include "app/pages/run_settings_panel.h"
#include "app/project_session.h"
#include "app/redraw.h"
#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/thumbnail_view.h"
#include "widgets/title_edit.h"
#include "widgets/token_grid.h"
#include "widgets/variation_grid.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int sideWidth = 288;
constexpr int defaultGrid = 16;
enum Look { PictureLook, TokensLook, GridLook };
QString varyName(Vary vary)
{
    switch (vary) {
    case Vary::Guidance:
        return GeneratePage::tr("Guidance");
    case Vary::ProductHold:
        return GeneratePage::tr("Product hold");
    case Vary::PictureVariety:
        return GeneratePage::tr("Picture variety");
    case Vary::TitleVariety:
        return GeneratePage::tr("Title variety");
    case Vary::Nothing:
        break;
    }
    return {};
}

QString columnOf(const AdItem& ad)
{
    if (!ad.batch || ad.batch->varies == Vary::Nothing)
        return {};
    return QLocale().toString(variedValue(ad.batch->request, ad.batch->varies), 'f', 2);
}

} // namespace

GeneratePage::GeneratePage(ProjectSession& session, JobDesk& desk, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_desk(desk)
{
    m_run = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_run->setIconName(QStringLiteral("generate"));
    m_run->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_settings = new RunSettingsPanel(session);
    m_batch = new BatchPanel(session.board());

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanes(m_settings, makeCentre(), m_batch, sideWidth, sideWidth));
    connectParts();
    finishBuilding();
    showAd();
}

QWidget* GeneratePage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTitle());
    column->addWidget(makeCanvas(), 1);
    QFrame* foot = makeFrame("footer");
    auto* row = new QVBoxLayout(foot);
    row->setContentsMargins(scaledMargins(20, 8, 20, 8));
    m_job = new RunBar(m_desk);
    row->addWidget(m_job);
    column->addWidget(foot);
    return centre;
}

QWidget* GeneratePage::makeTitle()
{
    QFrame* head = makeFrame("header");
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(scaledMargins(20, 8, 16, 8));
    column->setSpacing(scaled(2));
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(4));
    m_which = makeLabel("section");
    m_points = makeLabel("hint");
    m_lock = makeToolButton(QStringLiteral("unlock"));
    m_lock->setCheckable(true);
    m_copy = makeToolButton(QStringLiteral("copy"));
    line->addWidget(m_which, 1);
    line->addWidget(m_points);
    line->addWidget(m_lock);
    line->addWidget(m_copy);
    column->addLayout(line);
    m_title = new TitleEdit;
    m_title->setReservedLines(2);
    m_title->setLimit(static_cast<int>(limits::titleBytes) / 4); // any UTF-8 then fits
    column->addWidget(m_title);
    return head;
}

QWidget* GeneratePage::makeCanvas()
{
    QFrame* canvas = makeFrame("canvas");
    auto* column = new QVBoxLayout(canvas);
    column->setContentsMargins(scaledMargins(12, 12, 12, 12));
    column->setSpacing(scaled(4));
    auto* tools = new QHBoxLayout;
    tools->setSpacing(scaled(4));
    m_look = new Segments;
    tools->addWidget(m_look);
    tools->addStretch();
    m_fit = makeToolButton(QStringLiteral("fit"));
    m_zoom = makeToolButton(QStringLiteral("zoom"));
    m_lines = makeToolButton(QStringLiteral("grid"));
    m_lines->setCheckable(true);
    m_lines->setChecked(true);
    for (QToolButton* button : { m_fit, m_zoom, m_lines })
        tools->addWidget(button);
    column->addLayout(tools);
    m_grid = new TokenGrid;
    m_grid->setGrid(defaultGrid);
    m_variations = new VariationGrid;
    m_views = new QStackedWidget;
    m_views->addWidget(m_grid);
    m_views->addWidget(m_variations);
    column->addWidget(m_views, 1);
    return canvas;
}

void GeneratePage::connectParts()
{
    connect(m_run, &KeyButton::clicked, this, [this] {
        m_desk.generate();
        m_batch->list()->setFocus(); // the button is off now; Esc and the arrows go on working
    });
    connect(m_batch, &BatchPanel::compareRequested, this, &GeneratePage::compareRequested);
    connect(m_batch, &BatchPanel::whyRequested, this, &GeneratePage::whyRequested);
    connect(m_batch, &BatchPanel::adChanged, this, &GeneratePage::showAd);
    connect(m_fit, &QToolButton::clicked, m_grid, &TokenGrid::fit);
    connect(m_zoom, &QToolButton::clicked, m_grid, &TokenGrid::zoomIn);
    connect(m_lines, &QToolButton::toggled, m_grid, &TokenGrid::setLinesVisible);
    connect(m_grid, &TokenGrid::linesToggled, m_lines, &QToolButton::setChecked);
    connect(m_look, &Segments::currentChanged, this, &GeneratePage::showAd);
    connect(m_grid, &TokenGrid::rowChanged, this, &GeneratePage::keepAbove);
    connect(m_variations, &VariationGrid::currentChanged, this,
            [this](int cell) { m_batch->choose(m_cells.value(cell)); });
    connect(m_variations, &VariationGrid::activated, this, [this] {
        m_look->setCurrent(PictureLook);
        showAd();
        m_grid->setFocus();
    });
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_title->title());
        emit copied();
    });
    connect(m_lock, &QToolButton::clicked, this, &GeneratePage::lockTitle);
    connect(m_settings, &RunSettingsPanel::titleLockChanged, this, &GeneratePage::lockTitle);
    connect(m_title, &TitleEdit::titleEdited, this, [this](const QString& text) {
        RunSettings settings = m_session.settings();
        settings.lockTitle = !text.trimmed().isEmpty(); // a title typed by hand is meant
        settings.title = text;
        m_session.setSettings(settings);
    });
    connect(m_settings->message(), &MessageBar::buttonClicked, this, [this] {
        if (m_engineState == EngineState::Gone && !m_engineReturns)
            emit engineStartRequested();
        else if (!m_session.gaps().isEmpty())
            emit briefRequested();
        else if (!m_desk.status().error)
            continueDraft();
        else
            m_desk.generate();
    });
    connect(&m_desk, &JobDesk::statusChanged, this, &GeneratePage::showStatus);
    connect(&m_session, &ProjectSession::settingsChanged, this, &GeneratePage::showButtons);
    connect(&m_session, &ProjectSession::settingsChanged, this, &GeneratePage::showAd);
    connect(&m_session, &ProjectSession::briefChanged, this, &GeneratePage::showStatus);
}

QString GeneratePage::title() const
{
    return tr("Generate");
}

QWidget* GeneratePage::firstFocus()
{
    return m_run->isEnabled() ? static_cast<QWidget*>(m_run) : m_batch->list();
}

void GeneratePage::setNarrow(bool narrow)
{
    Page::setNarrow(narrow);
    m_settings->change()->setKeysVisible(!narrow);
}

void GeneratePage::setEngine(EngineState state, bool willRestart, const ModelInfo& model,
                             const Error& error)
{
    m_engineState = state;
    m_engineReturns = willRestart;
    m_model = model;
    m_engineError = error;
    if (model.gridSide > 0 && !m_desk.status().isActive())
        m_grid->setGrid(model.gridSide);
    showStatus();
    showAd();
}

void GeneratePage::setLoading(const Progress& progress)
{
    m_loading = progress.total > 0
        ? tr("Loading the model, %1 %").arg(progress.done * 100 / progress.total)
        : QString();
    showMessage();
}

void GeneratePage::showAd()
{
    const AdItem* ad = m_batch->current();
    showHead(ad);
    showPicture(ad);
    showVariations();
    m_settings->change()->setAd(ad, ad && isOfThisModel(*ad));
    if (!m_desk.status().isActive())
        showMessage();
}

// Tokens are numbers of one model's codebook; another's are noise to it.
bool GeneratePage::isOfThisModel(const AdItem& ad) const
{
    return ad.ad.modelHash.empty() || m_model.hash.empty() || ad.ad.modelHash == m_model.hash;
}

// Columns are the values of what varies, rows the seeds.
void GeneratePage::showVariations()
{
    const QList<int> numbers = m_batch->numbers();
    m_look->setChoiceEnabled(GridLook, numbers.size() > 1, tr("Make more than one ad."));
    m_views->setCurrentIndex(m_look->current() == GridLook && numbers.size() > 1 ? 1 : 0);
    QStringList columns, rows;
    for (const int number : numbers) {
        const AdItem& ad = m_session.board().model().at(m_session.board().model().rowOf(number));
        for (auto& [names, name] :
             { std::pair(&columns, columnOf(ad)), std::pair(&rows, QString::number(ad.seed)) })
            if (!names->contains(name))
                names->append(name);
    }
    m_cells = QList<int>(columns.size() * rows.size(), 0);
    std::vector<VariationGrid::Cell> cells(static_cast<std::size_t>(m_cells.size()));
    const AdItem* current = m_batch->current();
    int chosen = -1;
    Vary varies = Vary::Nothing;
    for (const int number : numbers) {
        const AdItem& ad = m_session.board().model().at(m_session.board().model().rowOf(number));
        const qsizetype cell = rows.indexOf(QString::number(ad.seed)) * columns.size()
            + columns.indexOf(columnOf(ad));
        m_cells[cell] = number;
        cells[static_cast<std::size_t>(cell)]
            = { ad.thumbnail, ad.state == AdState::Done ? 1.0 : ad.drawn,
                QStringLiteral("%1 · %2 · %3").arg(ad.name(), AdListModel::stateText(ad), ad.title),
                ad.starred };
        if (current && current->number == number)
            chosen = static_cast<int>(cell);
        varies = ad.batch ? ad.batch->varies : varies;
    }
    m_variations->setAxisNames(varyName(varies), tr("Seed"));
    m_variations->setCells(columns, rows, cells);
    m_variations->setCurrentIndex(chosen);
}

void GeneratePage::keepAbove(int row)
{
    const AdItem* ad = m_batch->current();
    RunSettings settings = m_session.settings();
    if (!ad || m_desk.status().isActive() || settings.keptAd != ad->number)
        return;
    settings.keptRows
        = std::clamp(row, 1, std::max(1, std::min(rowsToKeep(*ad), m_grid->grid() - 1)));
    m_session.setSettings(settings);
}

// The batch goes on where it was stopped; the draft stays beside it.
void GeneratePage::continueDraft()
{
    const AdItem* ad = m_batch->current();
    auto request = ad ? continuationOf(*ad) : std::nullopt;
    if (!request || m_desk.status().isActive())
        return;
    AdBatch batch;
    batch.request = std::move(*request);
    batch.product = ad->batch->product;
    batch.person = ad->batch->person;
    batch.personId = ad->batch->personId;
    m_desk.make(std::move(batch));
}

void GeneratePage::showHead(const AdItem* ad)
{
    const RunSettings& settings = m_session.settings();
    const bool running = m_desk.status().isActive();
    const QString text = !running && settings.lockTitle ? settings.title
        : ad                                            ? ad->title
                                                        : QString();
    if (m_title->title() != text)
        m_title->setTitle(text);
    m_title->setReadOnly(running);
    m_title->setWriting(running && m_desk.status().stage == Stage::Title);
    const QStringList points = m_session.brief().sellingPoints;
    m_title->setMarks(TitleEdit::find(text, points, TitleEdit::Mark::Kind::Brief));
    const auto used = std::count_if(points.begin(), points.end(), [&text](const QString& point) {
        return text.contains(point, Qt::CaseInsensitive);
    });
    if (ad) {
        m_which->setText(
            tr("Ad %1 of %2 · seed %3").arg(m_batch->place()).arg(m_batch->count()).arg(ad->seed));
        m_points->setText(
            tr("%1 of %n selling point(s)", nullptr, static_cast<int>(points.size())).arg(used));
    } else {
        m_which->setText(tr("The title appears here as it is written"));
        m_points->clear();
    }
    m_lock->setChecked(settings.lockTitle);
    m_lock->setIcon(icon(settings.lockTitle ? QStringLiteral("lock") : QStringLiteral("unlock")));
    m_lock->setEnabled(!text.isEmpty() && !running);
    m_copy->setEnabled(!text.isEmpty());
    m_settings->change()->setTitleAvailable(!text.isEmpty() && !running);
}

void GeneratePage::showPicture(const AdItem* ad)
{
    const int side = m_grid->grid();
    const bool tokens = m_look->current() == TokensLook;
    if (!ad) {
        m_grid->setPicture({});
        m_grid->setDone(0);
        m_grid->setRunning(false);
        m_grid->setNote(m_session.gaps().isEmpty()
                            ? tr("Ready. Generate makes %n ad(s) from this brief.", nullptr,
                                 m_session.settings().ads)
                            : tr("The brief is not complete yet."));
        return;
    }
    const bool finished = ad->state == AdState::Done;
    const bool drawing = ad->state == AdState::Drawing;
    m_grid->setPicture(finished && !tokens ? ad->best() : ad->picture);
    m_grid->setLinesVisible(m_lines->isChecked() && (tokens || !finished));
    m_lines->setEnabled(tokens || !finished);
    m_grid->setRunning(drawing);
    // The partial picture holds whole rows only; the rest of the current row stays hatched.
    const int cells = static_cast<int>(std::lround(ad->drawn * side * side));
    m_grid->setDone(finished ? side * side : ad->picture.isNull() ? 0 : cells);
    const RunSettings& settings = m_session.settings();
    const bool keeps = settings.keptAd == ad->number && settings.keptRows > 0
        && settings.keptRows < side && !m_desk.status().isActive();
    m_grid->setRowsSelectable(keeps);
    m_grid->setRow(keeps ? settings.keptRows : -1);
    const bool waiting = !finished && ad->picture.isNull();
    m_grid->setNote(!waiting                          ? QString()
                        : ad->state == AdState::Draft ? tr("Stopped before the picture began.")
                        : drawing                     ? tr("The first row is being drawn.")
                                  : tr("The picture starts when the title is done."));
}

void GeneratePage::showStatus()
{
    const RunStatus& status = m_desk.status();
    m_settings->setLocked(status.isActive());
    m_job->show(m_engineState, m_grid->grid());
    m_batch->setRunning(status.isActive());
    showButtons();
    showMessage();
    showAd();
}

void GeneratePage::showMessage()
{
    MessageBar* bar = m_settings->message();
    const RunStatus& status = m_desk.status();
    const QList<BriefGap> gaps = m_session.gaps();
    if (m_engineState == EngineState::Gone && !m_engineReturns) {
        const Message message = Messages::forError(m_engineError);
        bar->showMessage(MessageBar::Kind::Error, message.sentence, message.detail,
                         { tr("Start engine") });
    } else if (m_engineState == EngineState::Gone) {
        bar->showMessage(MessageBar::Kind::Warning, tr("The engine stopped and is starting again."),
                         status.isActive() ? tr("This batch is then tried once more.") : QString());
    } else if (m_engineState == EngineState::Starting && status.isActive()) {
        bar->showMessage(MessageBar::Kind::Info,
                         m_loading.isEmpty() ? tr("Loading the model.") : m_loading);
    } else if (status.error) {
        const Message message = Messages::forError(*status.error);
        bar->showMessage(MessageBar::Kind::Error, message.sentence, message.detail,
                         { tr("Try again") });
    } else if (!gaps.isEmpty()) {
        bar->showMessage(MessageBar::Kind::Info, tr("The brief is not complete yet."), {},
                         { tr("Open the brief") });
    } else if (const AdItem* ad = m_batch->current();
               ad && !status.isActive() && isOfThisModel(*ad) && continuationOf(*ad)) {
        bar->showMessage(
            MessageBar::Kind::Info,
            tr("%1 was stopped after %n row(s).", nullptr, rowsToKeep(*ad)).arg(ad->name()),
            tr("It can go on as if nothing had happened."), { tr("Continue") });
    } else {
        bar->clear();
    }
}

void GeneratePage::showButtons()
{
    const bool ready = m_session.gaps().isEmpty() && !m_desk.status().isActive()
        && (m_engineState != EngineState::Gone || m_engineReturns);
    m_run->setEnabled(ready);
    m_run->setToolTip(ready ? QString() : tr("A batch is running, or the brief is not complete."));
    const RunSettings& chosen = m_session.settings();
    const auto values = chosen.vary == Vary::Nothing
        ? 1U
        : variationValues(chosen.vary, chosen.varyFrom, chosen.varyTo, chosen.varySteps).size();
    m_run->setText(tr("Generate %1").arg(chosen.ads * static_cast<int>(values)));
}

void GeneratePage::lockTitle(bool locked)
{
    RunSettings settings = m_session.settings();
    settings.title = m_title->title();
    settings.lockTitle = locked && !settings.title.trimmed().isEmpty();
    m_session.setSettings(settings);
    showAd();
}

void GeneratePage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_desk.status().isActive())
        return m_desk.stop();
    if (event->modifiers() == Qt::NoModifier) {
        switch (event->key()) {
        case Qt::Key_T:
            return m_settings->change()->toggleTitleLock();
        case Qt::Key_R:
            return m_settings->change()->toggleRows();
        case Qt::Key_G:
            return m_lines->toggle();
        case Qt::Key_W:
            return m_batch->askWhy();
        case Qt::Key_Left:
            return m_batch->step(-1);
        case Qt::Key_Right:
            return m_batch->step(1);
        default:
            break;
        }
    }
    Page::keyPressEvent(event);
}

void GeneratePage::retranslate()
{
    const int look = m_look->count() > 0 ? m_look->current() : 0;
    m_look->setChoices({ tr("Picture"), tr("Tokens"), tr("Grid") });
    m_look->setCurrent(look);
    describeButton(m_lock, tr("Lock this title"), QStringLiteral("T"));
    describeButton(m_copy, tr("Copy the title"));
    describeButton(m_fit, tr("Fit"), QStringLiteral("0"));
    describeButton(m_zoom, tr("Zoom in"));
    describeButton(m_lines, tr("Token grid"), QStringLiteral("G"));
    m_title->setAccessibleName(tr("Title of the ad"));
    m_grid->setAccessibleName(tr("Picture of the ad"));
    m_session.board().model().retranslate();
    showStatus();
}

} // namespace adtailor
