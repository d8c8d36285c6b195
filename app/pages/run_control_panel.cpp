// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/run_control_panel.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/cell_delegate.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QProgressBar>
#include <QTableView>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

enum Fact { Speed, HeldOutPicture, HeldOutTitle, FactCount };
enum Column { Step, Mark, Losses };
constexpr int thousandths = 1000;

QString loss(std::optional<double> value)
{
    return value ? QLocale().toString(*value, 'f', 2) : noValue();
}

} // namespace

RunControlPanel::RunControlPanel(TrainingDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    m_state = new StatusPill;
    m_panel->addTool(m_state);
    addHead(m_panel->addSection());
    QVBoxLayout* facts = m_panel->addSection();
    m_facts = new Facts;
    for (int i = 0; i < FactCount; ++i)
        m_facts->addFact(true);
    m_message = new MessageBar;
    m_message->setStacked(true);
    facts->addWidget(m_facts);
    facts->addSpacing(scaled(4));
    facts->addWidget(m_message);
    addCheckpoints(m_panel->addSection());

    auto* footer = new QWidget;
    auto* column = new QVBoxLayout(footer);
    column->setContentsMargins(scaledMargins(16, 8, 16, 8));
    auto* buttons = new QHBoxLayout;
    m_use = new KeyButton({}, KeyButton::Kind::Primary);
    m_use->setIconName(QStringLiteral("check"));
    m_use->setKey(QKeySequence(Qt::Key_U));
    m_open = new KeyButton({}, KeyButton::Kind::Quiet);
    m_open->setIconName(QStringLiteral("folder"));
    buttons->addWidget(m_use);
    buttons->addWidget(m_open);
    buttons->addStretch();
    m_note = makeLabel("hint");
    m_note->setWordWrap(true);
    column->addLayout(buttons);
    column->addWidget(m_note);
    m_panel->setFooter(footer);
    connectParts();
}

void RunControlPanel::addHead(QVBoxLayout* section)
{
    m_time = makeLabel("display");
    m_time->setWordWrap(true);
    m_step = makeLabel("secondary");
    m_step->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setMaximum(thousandths);
    auto* buttons = new QHBoxLayout;
    m_pause = new KeyButton({}, KeyButton::Kind::Plain);
    m_pause->setKey(QKeySequence(Qt::Key_P));
    m_stop = new KeyButton({}, KeyButton::Kind::Plain);
    m_stop->setIconName(QStringLiteral("stop"));
    m_stop->setKey(QKeySequence(Qt::CTRL | Qt::Key_Period));
    buttons->addWidget(m_pause);
    buttons->addWidget(m_stop);
    buttons->addStretch();
    section->addWidget(m_time);
    section->addWidget(m_step);
    section->addSpacing(scaled(4));
    section->addWidget(m_progress);
    section->addSpacing(scaled(8));
    section->addLayout(buttons);
}

void RunControlPanel::addCheckpoints(QVBoxLayout* section)
{
    auto* head = new QHBoxLayout;
    m_checkpointsName = makeLabel("section");
    m_checkpointsHint = makeLabel("hint");
    head->addWidget(m_checkpointsName);
    head->addWidget(m_checkpointsHint);
    head->addStretch();
    section->addLayout(head);
    m_table = new QTableView;
    m_table->setModel(&m_checkpoints);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(36));
    m_table->setMinimumHeight(scaled(4 * 36));
    m_checkpoints.setColumnCount(3);
    m_table->horizontalHeader()->setSectionResizeMode(Mark, QHeaderView::Stretch);
    section->addWidget(m_table);
}

void RunControlPanel::connectParts()
{
    TrainingProcess& process = m_desk.process();
    connect(&process, &TrainingProcess::changed, this, &RunControlPanel::showRun);
    connect(&process, &TrainingProcess::followed, this, [this] {
        m_message->clear();
        m_problemFolder.clear();
        m_chosen = false;
        showRun();
    });
    connect(&m_desk, &TrainingDesk::usingChanged, this, &RunControlPanel::showUse);
    connect(m_pause, &KeyButton::clicked, this, &RunControlPanel::mainButton);
    connect(m_stop, &KeyButton::clicked, &process, &TrainingProcess::stop);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_chosen = true;
        showUse();
    });
    connect(m_use, &KeyButton::clicked, this, [this] { m_desk.use(usable()); });
    connect(m_open, &KeyButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(run().folder)); });
    connect(m_message, &MessageBar::buttonClicked, this, [this] {
        if (canGoOn(run().state))
            m_desk.process().start();
        else
            m_desk.use(usable());
    });
}

void RunControlPanel::mainButton()
{
    TrainingProcess& process = m_desk.process();
    if (canGoOn(run().state))
        process.start();
    else if (run().state == RunState::Paused || run().state == RunState::Pausing)
        process.resume();
    else
        process.pause();
    m_problemFolder.clear();
}

void RunControlPanel::showRun()
{
    m_panel->setTitle(run().name.isEmpty() ? tr("No run") : run().name);
    m_state->setVisible(!run().folder.isEmpty());
    m_state->setStatus(static_cast<StatusKind>(RunListModel::stateKind(run())),
                       RunListModel::stateText(run()));
    showTime();
    showButtons();
    showHeldOut();
    showWarning();
    showCheckpoints();
    showUse();
    const bool known = !run().folder.isEmpty();
    m_open->setEnabled(known);
    for (QWidget* part : std::initializer_list<QWidget*>{ m_progress, m_facts, m_table })
        part->setVisible(known);
    m_checkpointsHint->setText(known ? tr("picture / title") : tr("of a run stand here"));
}

void RunControlPanel::showTime()
{
    const qint64 step = m_desk.process().metrics().lastStep();
    const double left = m_desk.process().secondsLeft();
    const QString stepText = tr("Step %1 of %2").arg(step).arg(run().steps);
    m_progress->setValue(
        run().steps > 0 ? static_cast<int>(std::min(step, run().steps) * thousandths / run().steps)
                        : 0);
    m_step->setText(stepText);
    switch (run().state) {
    case RunState::Starting:
        m_time->setText(tr("Starting"));
        break;
    case RunState::Preparing:
        m_time->setText(tr("Preparing the data"));
        if (run().dataTotal > 0) {
            m_step->setText(tr("%1 of %2 read").arg(run().dataDone).arg(run().dataTotal));
            m_progress->setValue(static_cast<int>(run().dataDone * thousandths / run().dataTotal));
        }
        break;
    case RunState::Running:
        m_time->setText(left < 0 ? tr("Measuring") : Messages::timeLeft(left));
        if (left >= 0)
            m_step->setText(
                tr("%1 · ends about %2")
                    .arg(stepText,
                         QLocale().toString(
                             QDateTime::currentDateTime().addSecs(static_cast<qint64>(left)).time(),
                             QLocale::ShortFormat)));
        break;
    case RunState::Pausing:
        m_time->setText(tr("Pausing"));
        m_step->setText(tr("The step is finished and saved first."));
        break;
    case RunState::Stopping:
        m_time->setText(tr("Stopping"));
        m_step->setText(tr("The step is finished and saved first."));
        break;
    default:
        m_time->setText(run().folder.isEmpty() ? QString() : RunListModel::stateText(run()));
        if (run().folder.isEmpty())
            m_step->clear();
    }
}

void RunControlPanel::showButtons()
{
    const RunState state = run().state;
    const qint64 from = run().checkpoints.empty() ? 0 : run().checkpoints.front().step;
    const bool waits = state == RunState::Paused || state == RunState::Pausing;
    if (canGoOn(state)) {
        m_pause->setText(from > 0 ? tr("Resume from %1").arg(from) : tr("Start"));
        m_pause->setIconName(QStringLiteral("play"));
    } else {
        m_pause->setText(waits ? tr("Resume") : tr("Pause"));
        m_pause->setIconName(waits ? QStringLiteral("play") : QStringLiteral("pause"));
    }
    m_pause->setEnabled(
        run().readable
        && (canGoOn(state) || waits || state == RunState::Running || state == RunState::Preparing));
    m_pause->setVisible(state != RunState::Finished && !run().folder.isEmpty());
    m_stop->setVisible(isAlive(state));
    m_stop->setEnabled(state != RunState::Stopping && state != RunState::Starting);
}

void RunControlPanel::showHeldOut()
{
    const RunMetrics& metrics = m_desk.process().metrics();
    const auto seconds = metrics.secondsPerStep();
    m_facts->setValue(
        Speed, seconds ? tr("%1 s / step").arg(QLocale().toString(*seconds, 'g', 3)) : noValue());
    const auto show = [&](int fact, const QString& key) {
        const auto now = metrics.last(key);
        const auto best = metrics.at(run().best, key);
        QString text = loss(now);
        if (now && best && *now != *best)
            text += u"  %1%2"_s.arg(*now > *best ? u"+"_s : u"−"_s,
                                    QLocale().toString(std::abs(*now - *best), 'f', 2));
        m_facts->setValue(fact, text);
    };
    show(HeldOutPicture, u"held_out_image"_s);
    show(HeldOutTitle, u"held_out_text"_s);
}

int RunControlPanel::risesSinceBest() const
{
    int rises = 0;
    for (const RunLine& line : m_desk.process().metrics().lines())
        rises += line.step > run().best && line.values.contains(u"held_out_image"_s);
    return run().best > 0 ? rises : 0;
}

void RunControlPanel::showWarning()
{
    if (!m_problemFolder.isEmpty() && m_problemFolder == run().folder)
        return;
    const int rises = risesSinceBest();
    const auto patience = static_cast<int>(run().settings[u"early_stop_patience"].toInteger());
    if (run().state == RunState::Failed || run().state == RunState::Crashed
        || (run().state == RunState::Finished && run().stoppedEarly) || !run().readable)
        return showEnd();
    if (!isAlive(run().state) || rises == 0) {
        m_message->clear();
        return;
    }
    m_message->showMessage(MessageBar::Kind::Warning,
                           tr("The held-out loss has not fallen for %n check(s).", nullptr, rises),
                           patience > rises ? tr("After %n more the run ends and keeps step %1.",
                                                 nullptr, patience - rises)
                                                  .arg(run().best)
                                            : tr("Step %1 is still the best.").arg(run().best));
}

void RunControlPanel::showEnd()
{
    const qint64 from = run().checkpoints.empty() ? 0 : run().checkpoints.front().step;
    const QStringList again{ from > 0 ? tr("Resume from %1").arg(from) : tr("Start again") };
    if (run().folder.isEmpty()) {
        m_message->clear();
    } else if (!run().readable) {
        m_message->showMessage(MessageBar::Kind::Error, tr("run.json cannot be read."),
                               tr("The curves are still here; restore the file to go on."));
    } else if (run().state == RunState::Finished) {
        m_message->showMessage(
            MessageBar::Kind::Info,
            tr("Stopped at %1: the held-out loss no longer fell.")
                .arg(m_desk.process().metrics().lastStep()),
            tr("The best is step %1; its weights are the result.").arg(run().best));
    } else if (run().state == RunState::Crashed) {
        m_message->showMessage(
            MessageBar::Kind::Error, tr("The training process ended without a word."),
            run().error && !run().error->detail.empty()
                ? toQString(run().error->detail)
                : tr("The system may have been out of memory. Checkpoints are whole."),
            again);
    } else if (run().error) {
        const Message message = Messages::forTraining(*run().error);
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail, again);
    }
}

void RunControlPanel::showProblem(const Error& error)
{
    const Message message = Messages::forTraining(error);
    m_problemFolder = run().folder;
    m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
}

QString RunControlPanel::lossText(qint64 step) const
{
    const RunMetrics& metrics = m_desk.process().metrics();
    return u"%1 / %2"_s.arg(loss(metrics.at(step, u"held_out_image"_s)),
                            loss(metrics.at(step, u"held_out_text"_s)));
}

// What the user chose stays chosen while new rows come above; else the best one is.
void RunControlPanel::showCheckpoints()
{
    const bool byUser = m_chosen; // rows that come and go move the selection too
    const QModelIndex current = m_table->currentIndex();
    const qint64 chosen
        = byUser && current.isValid() ? current.siblingAtColumn(Step).data().toLongLong() : -1;
    const auto& all = run().checkpoints;
    m_checkpoints.setRowCount(static_cast<int>(all.size()));
    int row = -1, bestRow = -1;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const qint64 step = all[static_cast<std::size_t>(i)].step;
        const auto set = [&](int column, int role, const QVariant& value) {
            const QModelIndex index = m_checkpoints.index(i, column);
            if (m_checkpoints.data(index, role) != value)
                m_checkpoints.setData(index, value, role);
        };
        const bool best = step == run().best;
        set(Step, Qt::DisplayRole, QString::number(step));
        set(Step, Qt::TextAlignmentRole, int(Qt::AlignRight));
        set(Mark, StatusRole, best ? tr("best") : QString());
        set(Mark, StatusKindRole, int(StatusKind::Success));
        set(Mark, Qt::DisplayRole, i == 0 && !best ? tr("newest") : QString());
        set(Losses, Qt::DisplayRole, lossText(step));
        set(Losses, Qt::TextAlignmentRole, int(Qt::AlignRight));
        row = step == chosen ? i : row;
        bestRow = best ? i : bestRow;
    }
    for (const int column : { Step, Losses })
        m_table->resizeColumnToContents(column); // a header does not notice changed words itself
    if (const int wanted = row >= 0 ? row : bestRow; wanted >= 0)
        m_table->setCurrentIndex(m_checkpoints.index(wanted, Step));
    m_chosen = byUser;
}

// The checkpoint that is chosen; of a finished run with the best one chosen, the result.
qint64 RunControlPanel::usable() const
{
    const QModelIndex current = m_table->currentIndex();
    const qint64 step = current.isValid() ? current.siblingAtColumn(Step).data().toLongLong() : -1;
    const bool result = run().hasModel || run().hasAdapter;
    if (result && (step < 0 || step == run().best || (run().best == 0 && step == run().steps)))
        return 0;
    return step;
}

void RunControlPanel::showUse()
{
    const qint64 step = usable();
    m_use->setEnabled(step >= 0); // not off while packing, or it would lose the focus
    m_use->setText(m_desk.isBundling() ? tr("Packing…")
                       : step > 0      ? tr("Use step %1").arg(step)
                                       : tr("Use this model"));
    m_use->setToolTip(step < 0 ? tr("There is no checkpoint yet.")
                               : tr("New ads are made with it (U)"));
}

void RunControlPanel::setKeysVisible(bool visible)
{
    for (KeyButton* button : { m_pause, m_stop, m_use })
        button->setKeyVisible(visible);
}

void RunControlPanel::retranslate()
{
    m_stop->setText(tr("Stop and save"));
    m_facts->setName(Speed, tr("Speed"));
    m_facts->setName(HeldOutPicture, tr("Held-out picture"));
    m_facts->setName(HeldOutTitle, tr("Held-out title"));
    m_checkpointsName->setText(tr("Checkpoints"));
    m_table->setAccessibleName(m_checkpointsName->text());
    m_progress->setAccessibleName(tr("Steps done"));
    m_open->setText(tr("Open folder"));
    m_note->setText(tr("The run continues if AdTailor closes. Checkpoints are written whole or not "
                       "at all."));
    showRun();
}

} // namespace adtailor
