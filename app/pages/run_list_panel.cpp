// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/run_list_panel.h"

#include "app/models/model_list_model.h"
#include "app/pages/page_parts.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/two_line_delegate.h"

#include <adtailor/memory_plan.h>

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QLocale>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

enum Fact { Data, HeldOut, Rank, Rate, Batch, EarlyStop, Seed, FactCount };
constexpr int thousandths = 1000;

} // namespace

RunListPanel::RunListPanel(TrainingDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    m_add = makeToolButton(QStringLiteral("folder"));
    m_remove = makeToolButton(QStringLiteral("trash"));
    m_panel->addTool(m_add);
    m_panel->addTool(m_remove);

    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_undo = new MessageBar;
    m_undo->setStacked(true);
    column->addWidget(m_undo);
    m_list = new QListView;
    m_list->setModel(&desk.runs());
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setMinimumHeight(scaled(100));
    column->addWidget(m_list, 1);
    m_details = new QWidget;
    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(0);
    addDetails(details);
    column->addWidget(m_details);
    m_panel->setBody(body);

    auto* footer = new QWidget;
    auto* buttons = new QHBoxLayout(footer);
    buttons->setContentsMargins(scaledMargins(16, 8, 16, 8));
    m_duplicate = new KeyButton({}, KeyButton::Kind::Plain);
    m_duplicate->setIconName(QStringLiteral("copy"));
    m_duplicate->setCompact(true);
    m_copy = makeToolButton(QStringLiteral("terminal"));
    buttons->addWidget(m_duplicate);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    m_panel->setFooter(footer);
    connectParts();
}

void RunListPanel::addDetails(QVBoxLayout* column)
{
    const auto addSection = [&] {
        column->addWidget(makeLine());
        auto* section = new QVBoxLayout;
        section->setContentsMargins(scaledMargins(16, 12, 16, 12));
        section->setSpacing(scaled(4));
        column->addLayout(section);
        return section;
    };
    QVBoxLayout* settings = addSection();
    m_settingsName = makeLabel("section");
    m_settings = new Facts;
    for (int i = 0; i < FactCount; ++i)
        m_settings->addFact(i >= Rate && i != EarlyStop);
    settings->addWidget(m_settingsName);
    settings->addWidget(m_settings);
    QVBoxLayout* memory = addSection();
    auto* head = new QHBoxLayout;
    m_memoryName = makeLabel("section");
    m_memoryText = makeLabel("number");
    head->addWidget(m_memoryName, 1);
    head->addWidget(m_memoryText);
    m_memory = new QProgressBar;
    m_memory->setTextVisible(false);
    m_memory->setMaximum(thousandths);
    m_leftOut = makeLabel("hint");
    m_leftOut->setWordWrap(true);
    memory->addLayout(head);
    memory->addWidget(m_memory);
    memory->addWidget(m_leftOut);
}

void RunListPanel::connectParts()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (!m_choosing && index.isValid())
                    m_desk.process().follow(
                        m_desk.runs().runs()[static_cast<std::size_t>(index.row())].folder);
            });
    connect(&m_desk, &TrainingDesk::listed, this, &RunListPanel::choose);
    connect(&m_desk.process(), &TrainingProcess::followed, this, &RunListPanel::choose);
    connect(&m_desk.process(), &TrainingProcess::changed, this, &RunListPanel::showRun);
    connect(m_add, &QToolButton::clicked, this, &RunListPanel::addFolder);
    connect(m_remove, &QToolButton::clicked, this, [this] {
        const QString name = m_desk.process().run().name;
        m_desk.remove(m_desk.process().run().folder);
        if (m_desk.canRestore())
            m_undo->showMessage(MessageBar::Kind::Info, tr("%1 is off the list.").arg(name), {},
                                { tr("Undo") });
    });
    connect(m_undo, &MessageBar::buttonClicked, this, [this] {
        m_undo->clear();
        m_desk.restore();
    });
    connect(m_duplicate, &KeyButton::clicked, this, &RunListPanel::duplicateRequested);
    connect(m_copy, &QToolButton::clicked, this, &RunListPanel::copyCommand);
}

QWidget* RunListPanel::list() const
{
    return m_list;
}

void RunListPanel::choose()
{
    m_choosing = true; // the row follows the run, not the other way round
    const int row = m_desk.runs().rowOf(m_desk.process().run().folder);
    m_list->setCurrentIndex(m_desk.runs().index(row));
    m_choosing = false;
    m_panel->setCount(QString::number(m_desk.runs().rowCount()));
    showRun();
}

void RunListPanel::showRun()
{
    const TrainingRun& run = m_desk.process().run();
    const bool known = !run.folder.isEmpty();
    m_details->setVisible(known);
    m_duplicate->setEnabled(run.readable);
    m_copy->setEnabled(run.readable);
    m_remove->setEnabled(known && !isAlive(run.state));
    if (!known)
        return;
    const RunRecipe recipe = recipeOf(run.settings);
    const auto fileName = [](const QString& path) {
        return path.isEmpty() ? noValue() : QFileInfo(path).fileName();
    };
    m_settings->setValue(Data, fileName(recipe.records));
    m_settings->setValue(
        HeldOut, recipe.heldOut.isEmpty() ? tr("5 % of the people") : fileName(recipe.heldOut));
    m_settings->setValue(
        Rank, recipe.rank > 0 ? tr("LoRA, rank %1").arg(recipe.rank) : tr("all weights"));
    m_settings->setValue(Rate, QLocale().toString(recipe.learningRate, 'g', 3));
    m_settings->setValue(Batch,
                         recipe.accumulation > 1
                             ? QStringLiteral("%1 × %2").arg(recipe.batch).arg(recipe.accumulation)
                             : QString::number(recipe.batch));
    m_settings->setValue(EarlyStop,
                         recipe.patience > 0
                             ? tr("after %n worse check(s)", nullptr, int(recipe.patience))
                             : tr("off"));
    m_settings->setValue(Seed, QString::number(recipe.seed));
    m_leftOut->setVisible(run.leftOutCount > 0);
    m_leftOut->setText(tr("%n row(s) left out", nullptr, run.leftOutCount));
    m_leftOut->setToolTip(run.leftOut.join(QLatin1Char('\n')));
    showMemory();
}

void RunListPanel::showMemory()
{
    static const quint64 total = memoryRooms().front().total;
    const quint64 peak = m_desk.process().run().peakBytes;
    m_memory->setValue(total > 0 ? static_cast<int>(peak * thousandths / total) : 0);
    m_memoryText->setText(
        peak > 0
            ? tr("%1 of %2").arg(ModelListModel::sizeText(peak), ModelListModel::sizeText(total))
            : noValue());
}

void RunListPanel::addFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Open the folder of a training run"));
    if (!folder.isEmpty())
        m_desk.addFolder(folder);
}

void RunListPanel::copyCommand()
{
    QGuiApplication::clipboard()->setText(m_desk.process().commandLine());
    emit announced(tr("The command is on the clipboard."));
}

void RunListPanel::retranslate()
{
    m_panel->setTitle(tr("Runs"));
    describeButton(m_add, tr("Open the folder of a run…"));
    describeButton(m_remove, tr("Take this run off the list"));
    m_list->setAccessibleName(tr("Runs"));
    m_settingsName->setText(tr("Settings"));
    m_settings->setName(Data, tr("Ads to learn from"));
    m_settings->setName(HeldOut, tr("Held out"));
    m_settings->setName(Rank, tr("Trained"));
    m_settings->setName(Rate, tr("Learning rate"));
    m_settings->setName(Batch, tr("Batch"));
    m_settings->setName(EarlyStop, tr("Early stop"));
    m_settings->setName(Seed, tr("Seed"));
    m_memoryName->setText(tr("Memory, measured peak"));
    m_memory->setAccessibleName(m_memoryName->text());
    m_duplicate->setText(tr("Duplicate"));
    describeButton(m_copy, tr("Copy as command"));
    m_desk.runs().retranslate();
    showRun();
}

} // namespace adtailor
