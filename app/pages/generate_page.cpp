// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/generate_page.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/pages/run_settings_panel.h"
#include "app/project_session.h"
#include "widgets/icon.h"
#include "widgets/job_bar.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/thumbnail_view.h"
#include "widgets/title_edit.h"
#include "widgets/token_grid.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int sideWidth = 288;
constexpr int defaultGrid = 16;
enum BarStage { BriefStage, HistoryStage, TitleStage, PictureStage, ExactStage };

int barStage(Stage stage)
{
    switch (stage) {
    case Stage::Title:
        return TitleStage;
    case Stage::Image:
        return PictureStage;
    case Stage::Decode:
        return ExactStage;
    default:
        return HistoryStage;
    }
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

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanes(m_settings, makeCentre(), makeBatch(), sideWidth, sideWidth));
    connectParts();
    finishBuilding();
    followBatch();
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
    m_job = new JobBar;
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
    column->addWidget(m_grid, 1);
    return canvas;
}

QWidget* GeneratePage::makeBatch()
{
    m_batchPanel = new Panel;
    m_filter = new QSortFilterProxyModel(this);
    m_filter->setSourceModel(&m_session.board().model());
    m_filter->setFilterRole(AdListModel::BatchRole);
    m_batch = new ThumbnailView;
    m_batch->setArrangement(ThumbnailView::Arrangement::Rows);
    m_batch->setModel(m_filter);
    m_batchPanel->setBody(m_batch);
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(scaledMargins(16, 8, 16, 8));
    m_compare = new KeyButton({}, KeyButton::Kind::Plain);
    m_compare->setIconName(QStringLiteral("compare"));
    row->addWidget(m_compare);
    row->addStretch();
    m_batchPanel->setFooter(footer);
    return m_batchPanel;
}

void GeneratePage::connectParts()
{
    connect(m_run, &KeyButton::clicked, this, [this] {
        m_desk.generate();
        m_batch->setFocus(); // the button is off now; Esc and the arrows go on working
    });
    connect(m_job, &JobBar::stopRequested, &m_desk, &JobDesk::stop);
    connect(m_compare, &KeyButton::clicked, this, &GeneratePage::compareRequested);
    connect(m_fit, &QToolButton::clicked, m_grid, &TokenGrid::fit);
    connect(m_zoom, &QToolButton::clicked, m_grid, &TokenGrid::zoomIn);
    connect(m_lines, &QToolButton::toggled, m_grid, &TokenGrid::setLinesVisible);
    connect(m_grid, &TokenGrid::linesToggled, m_lines, &QToolButton::setChecked);
    connect(m_look, &Segments::currentChanged, this, &GeneratePage::showAd);
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
    connect(m_batch, &ThumbnailView::currentRowChanged, this, &GeneratePage::showAd);
    connect(m_batch, &ThumbnailView::starClicked, this, [this](const QModelIndex& index) {
        const int row = m_filter->mapToSource(index).row();
        m_session.board().star(row, !m_session.board().model().at(row).starred);
    });
    connect(m_settings->message(), &MessageBar::buttonClicked, this, [this] {
        if (m_engineState == EngineState::Gone && !m_engineReturns)
            emit engineStartRequested();
        else if (!m_session.gaps().isEmpty())
            emit briefRequested();
        else
            m_desk.generate();
    });
    connect(&m_desk, &JobDesk::statusChanged, this, &GeneratePage::showStatus);
    connect(&m_session.board(), &AdBoard::grown, this, &GeneratePage::followBatch);
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
    return m_run->isEnabled() ? static_cast<QWidget*>(m_run) : m_batch;
}

void GeneratePage::setNarrow(bool narrow)
{
    Page::setNarrow(narrow);
    m_settings->setKeysVisible(!narrow);
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

void GeneratePage::followBatch()
{
    const quint64 batch = m_session.board().lastBatch();
    if (batch != m_shownBatch || m_filter->filterRegularExpression().pattern().isEmpty()) {
        m_shownBatch = batch;
        m_filter->setFilterRegularExpression(QStringLiteral("^%1$").arg(batch));
        if (m_filter->rowCount() > 0)
            m_batch->setCurrentIndex(m_filter->index(0, 0));
    }
    int done = 0;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        done += m_filter->index(row, 0).data(AdListModel::ShownRole).toBool() ? 1 : 0;
    m_batchPanel->setCount(m_filter->rowCount() > 0
                               ? tr("%1 of %2 done").arg(done).arg(m_filter->rowCount())
                               : QString());
    m_compare->setEnabled(!m_session.board().ads().empty() && !m_desk.status().isActive());
    showAd();
}

int GeneratePage::shownRow() const
{
    QModelIndex index = m_batch->currentIndex();
    if (!index.isValid() && m_filter->rowCount() > 0)
        index = m_filter->index(0, 0);
    return index.isValid() ? m_filter->mapToSource(index).row() : -1;
}

void GeneratePage::showAd()
{
    const int row = shownRow();
    const AdItem* ad = row < 0 ? nullptr : &m_session.board().model().at(row);
    showHead(ad);
    showPicture(ad);
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
        const int place = std::max(0, m_batch->currentIndex().row()) + 1;
        m_which->setText(
            tr("Ad %1 of %2 · seed %3").arg(place).arg(m_filter->rowCount()).arg(ad->seed));
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
    m_settings->setTitleAvailable(!text.isEmpty() && !running);
}

void GeneratePage::showPicture(const AdItem* ad)
{
    const int side = m_grid->grid();
    const bool tokens = m_look->current() == 1;
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
    const bool waiting = !finished && ad->picture.isNull();
    m_grid->setNote(!waiting                          ? QString()
                        : ad->state == AdState::Draft ? tr("Stopped before the picture began.")
                        : drawing                     ? tr("The first row is being drawn.")
                                  : tr("The picture starts when the title is done."));
}

void GeneratePage::showStatus()
{
    const RunStatus& status = m_desk.status();
    using Phase = RunStatus::Phase;
    const JobBar::State states[]
        = { JobBar::State::Idle,     JobBar::State::Running, JobBar::State::Running,
            JobBar::State::Stopping, JobBar::State::Stopped, JobBar::State::Done,
            JobBar::State::Failed };
    m_job->setState(states[static_cast<int>(status.phase)]);
    m_settings->setLocked(status.isActive());
    if (status.phase == Phase::Idle || status.phase == Phase::Waiting)
        m_job->setStages(
            { tr("Brief"), tr("History"), tr("Title"), tr("Picture"), tr("Exact product") });
    showStage();
    showButtons();
    showMessage();
    showAd();
}

void GeneratePage::showStage()
{
    const RunStatus& status = m_desk.status();
    using Phase = RunStatus::Phase;
    if (status.phase == Phase::Idle)
        return;
    const bool picture = status.stage == Stage::Image && status.total > 0;
    if (status.phase == Phase::Waiting) {
        m_job->setCurrentStage(HistoryStage,
                               m_engineState == EngineState::Ready
                                       || m_engineState == EngineState::Busy
                                   ? tr("Sending the brief")
                                   : tr("Waiting for the engine"));
        m_job->setProgress(0, 0);
        m_job->setTimeLeft({});
        m_job->setRate(0);
        return;
    }
    for (const Stage stage : { Stage::Preference, Stage::Title, Stage::Image, Stage::Decode })
        if (const double seconds = status.stageSeconds[static_cast<std::size_t>(stage)];
            seconds > 0)
            m_job->setStageSeconds(barStage(stage), seconds);
    const int side = m_grid->grid();
    if (picture) {
        const int row
            = static_cast<int>(std::min<qint64>(side, status.done * side / status.total + 1));
        m_job->setCurrentStage(PictureStage, tr("Picture, row %1 of %2").arg(row).arg(side),
                               QStringLiteral("%1 %").arg(status.done * 100 / status.total));
    } else {
        m_job->setCurrentStage(status.phase == Phase::Done ? ExactStage + 1
                                                           : barStage(status.stage));
    }
    m_job->setProgress(picture || status.phase == Phase::Done ? static_cast<int>(status.done) : 0,
                       picture || status.phase == Phase::Done ? static_cast<int>(status.total) : 0);
    m_job->setRate(status.tokensPerSecond);
    if (status.phase == Phase::Running)
        m_job->setTimeLeft(JobBar::timeLeftText(status.secondsLeft));
    else if (status.phase == Phase::Done)
        m_job->setTimeLeft(tr("Done in %1").arg(Messages::duration(status.seconds)));
    else
        m_job->setTimeLeft({});
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
    m_run->setText(tr("Generate %1").arg(m_session.settings().ads));
    m_compare->setEnabled(!m_session.board().ads().empty() && !m_desk.status().isActive());
}

void GeneratePage::lockTitle(bool locked)
{
    RunSettings settings = m_session.settings();
    settings.title = m_title->title();
    settings.lockTitle = locked && !settings.title.trimmed().isEmpty();
    m_session.setSettings(settings);
    showAd();
}

void GeneratePage::step(int direction)
{
    const int row = std::max(0, m_batch->currentIndex().row()) + direction;
    if (row >= 0 && row < m_filter->rowCount())
        m_batch->setCurrentIndex(m_filter->index(row, 0));
}

void GeneratePage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_desk.status().isActive())
        return m_desk.stop();
    if (event->modifiers() == Qt::NoModifier) {
        switch (event->key()) {
        case Qt::Key_T:
            return m_settings->toggleTitleLock();
        case Qt::Key_G:
            return m_lines->toggle();
        case Qt::Key_Left:
            return step(-1);
        case Qt::Key_Right:
            return step(1);
        default:
            break;
        }
    }
    Page::keyPressEvent(event);
}

void GeneratePage::retranslate()
{
    m_batchPanel->setTitle(tr("This batch"));
    m_batch->setAccessibleName(tr("This batch"));
    m_batch->setEmptyText(tr("The ads of a batch are listed here."));
    m_compare->setText(tr("Compare"));
    const int look = m_look->count() > 0 ? m_look->current() : 0;
    m_look->setChoices({ tr("Picture"), tr("Tokens") });
    m_look->setCurrent(look);
    describeButton(m_lock, tr("Lock this title"), QStringLiteral("T"));
    describeButton(m_copy, tr("Copy the title"));
    describeButton(m_fit, tr("Fit"), QStringLiteral("0"));
    describeButton(m_zoom, tr("Zoom in"));
    describeButton(m_lines, tr("Token grid"), QStringLiteral("G"));
    m_title->setAccessibleName(tr("Title of the ad"));
    m_grid->setAccessibleName(tr("Picture of the ad"));
    m_job->setStopText(tr("Stop, keep as draft"));
    m_job->setStages(
        { tr("Brief"), tr("History"), tr("Title"), tr("Picture"), tr("Exact product") });
    m_session.board().model().retranslate();
    showStatus();
}

} // namespace adtailor
