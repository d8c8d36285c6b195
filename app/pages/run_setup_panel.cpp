// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/run_setup_panel.h"

#include "app/messages.h"
#include "app/models/model_list_model.h"
#include "app/pages/column_form.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/status_pill.h"

#include <adtailor/memory_plan.h>

#include <QDate>
#include <QDoubleValidator>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int checkDelay = 900; // milliseconds after the last edit
constexpr int thousandths = 1000;
enum Fact { Rows, LeftOut, Time, Memory, Disk, FactCount };

} // namespace

RunSetupPanel::RunSetupPanel(TrainingDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    QVBoxLayout* first = m_panel->addSection();
    m_nameLabel = makeLabel("label");
    m_name = new QLineEdit;
    m_name->setMaxLength(80);
    m_purposeName = makeLabel("label");
    m_purpose = new Segments;
    m_purpose->setFullWidth(true);
    m_purposeText = makeLabel("hint");
    m_purposeText->setWordWrap(true);
    m_baseText = makeLabel("hint");
    m_baseText->setWordWrap(true);
    for (QWidget* part : std::initializer_list<QWidget*>{ m_nameLabel, m_name, m_purposeName,
                                                          m_purpose, m_purposeText, m_baseText })
        first->addWidget(part);
    first->insertSpacing(2, scaled(8));
    addFiles(m_panel->addSection());
    addNumbers(m_panel->addSection());
    addCheck(m_panel->addSection());

    auto* footer = new QWidget;
    auto* buttons = new QHBoxLayout(footer);
    buttons->setContentsMargins(scaledMargins(16, 8, 16, 8));
    m_start = new KeyButton({}, KeyButton::Kind::Primary);
    m_start->setIconName(QStringLiteral("play"));
    m_start->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_cancel = new KeyButton({}, KeyButton::Kind::Quiet);
    m_cancel->setKey(QKeySequence(Qt::Key_Escape));
    m_cancel->setKeyVisible(false);
    buttons->addWidget(m_start);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    m_panel->setFooter(footer);
    m_soon.setSingleShot(true);
    m_soon.setInterval(checkDelay);
    connectParts();
}

void RunSetupPanel::addFiles(QVBoxLayout* section)
{
    for (Field& field : m_files) {
        field.name = makeLabel("label");
        field.edit = new QLineEdit;
        field.choose = new KeyButton({}, KeyButton::Kind::Plain);
        auto* row = new QHBoxLayout;
        row->setSpacing(scaled(8));
        row->addWidget(field.edit, 1);
        row->addWidget(field.choose);
        section->addWidget(field.name);
        section->addLayout(row);
        if (&field != &m_files[FileCount - 1])
            section->addSpacing(scaled(8));
    }
    section->addWidget(m_columns = new ColumnForm);
}

void RunSetupPanel::addNumbers(QVBoxLayout* section)
{
    m_expert = new KeyButton({}, KeyButton::Kind::Quiet);
    m_expert->setCompact(true);
    m_expert->setCheckable(true);
    section->addWidget(m_expert, 0, Qt::AlignLeft);
    m_numberBox = new QWidget;
    auto* grid = new QGridLayout(m_numberBox);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(4));
    grid->setColumnStretch(0, 1);
    for (int i = 0; i < NumberCount; ++i) {
        Field& field = m_numbers[i];
        field.name = makeLabel("secondary");
        field.edit = new QLineEdit;
        field.edit->setProperty("role", QStringLiteral("number"));
        field.edit->setProperty("density", QStringLiteral("compact"));
        field.edit->setAlignment(Qt::AlignRight);
        field.edit->setMaximumWidth(scaled(96));
        if (i == Rate)
            field.edit->setValidator(new QDoubleValidator(1e-8, 1, 10, field.edit));
        else
            field.edit->setValidator(
                new QIntValidator(i == Patience || i == Warmup || i == Seed || i == Rank ? 0 : 1,
                                  10'000'000, field.edit));
        grid->addWidget(field.name, i, 0);
        grid->addWidget(field.edit, i, 1);
    }
    m_numberBox->hide();
    section->addWidget(m_numberBox);
}

void RunSetupPanel::addCheck(QVBoxLayout* section)
{
    auto* head = new QHBoxLayout;
    m_checkName = makeLabel("section");
    m_fit = new StatusPill;
    head->addWidget(m_checkName, 1);
    head->addWidget(m_fit);
    m_memory = new QProgressBar;
    m_memory->setTextVisible(false);
    m_memory->setMaximum(thousandths);
    m_need = new Facts;
    for (int i = 0; i < FactCount; ++i)
        m_need->addFact(true);
    m_leftOut = makeLabel("hint");
    m_leftOut->setWordWrap(true);
    m_message = new MessageBar;
    m_message->setStacked(true);
    section->addLayout(head);
    section->addWidget(m_memory);
    section->addWidget(m_need);
    section->addWidget(m_leftOut);
    section->addWidget(m_message);
}

void RunSetupPanel::connectParts()
{
    connect(m_purpose, &Segments::currentChanged, this, &RunSetupPanel::choosePurpose);
    connect(m_expert, &KeyButton::toggled, this, [this](bool open) {
        m_expert->setIconName(open ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
        m_numberBox->setVisible(open);
    });
    for (int i = 0; i < FileCount; ++i) {
        connect(m_files[i].choose, &KeyButton::clicked, this,
                [this, i] { chooseFile(static_cast<File>(i)); });
        connect(m_files[i].edit, &QLineEdit::textChanged, this, &RunSetupPanel::edited);
    }
    connect(m_files[Records].edit, &QLineEdit::textChanged, m_columns, &ColumnForm::setFile);
    connect(m_columns, &ColumnForm::edited, this, &RunSetupPanel::edited);
    for (const Field& field : m_numbers)
        connect(field.edit, &QLineEdit::textChanged, this, &RunSetupPanel::edited);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (gap().isEmpty())
            m_desk.check(recipe());
    });
    connect(&m_desk.check(), &TrainingCheck::changed, this, &RunSetupPanel::showCheck);
    connect(m_message, &MessageBar::buttonClicked, this, &RunSetupPanel::halveBatch);
    connect(m_start, &KeyButton::clicked, this, &RunSetupPanel::start);
    connect(m_cancel, &KeyButton::clicked, this, [this] {
        m_soon.stop();
        m_desk.check().cancel();
        emit cancelled();
    });
}

QWidget* RunSetupPanel::firstField() const
{
    return m_name;
}

void RunSetupPanel::begin()
{
    const auto purpose = static_cast<RunPurpose>(std::max(0, m_purpose->current()));
    RunRecipe fresh
        = withDataOf(recipeFor(purpose, m_desk.base()), recipe()); // most times the same
    fresh.name
        = tr("Run of %1").arg(QLocale().toString(QDate::currentDate(), QLocale::ShortFormat));
    begin(fresh);
}

void RunSetupPanel::begin(const RunRecipe& recipe)
{
    show(recipe);
    edited();
}

void RunSetupPanel::choosePurpose(int purpose)
{
    begin(withDataOf(recipeFor(static_cast<RunPurpose>(purpose), m_desk.base()), recipe()));
}

void RunSetupPanel::chooseFile(File file)
{
    const QString before = m_files[file].edit->text();
    const QString path = file == Pictures
        ? QFileDialog::getExistingDirectory(this, tr("The folder of the pictures"), before)
        : QFileDialog::getOpenFileName(this, m_files[file].name->text(), before,
                                       tr("Ads (*.json *.jsonl *.csv *.tsv)"));
    if (!path.isEmpty())
        setFile(file, path);
}

// The other two are most often beside the first.
void RunSetupPanel::setFile(File file, const QString& path)
{
    m_files[file].edit->setText(path);
    if (file != Records)
        return;
    const QDir beside = QFileInfo(path).dir();
    for (const char* name : { "valid.json", "val.json", "held_out.json", "test.json" })
        if (m_files[HeldOut].edit->text().isEmpty() && beside.exists(QLatin1String(name)))
            m_files[HeldOut].edit->setText(beside.filePath(QLatin1String(name)));
    if (m_files[Pictures].edit->text().isEmpty())
        m_files[Pictures].edit->setText(beside.absolutePath());
}

void RunSetupPanel::show(const RunRecipe& recipe)
{
    m_showing = true;
    m_name->setText(recipe.name);
    m_purpose->setCurrent(static_cast<int>(recipe.purpose));
    showPurpose();
    m_columns->setColumns(recipe.columns);
    m_files[Records].edit->setText(recipe.records);
    m_files[HeldOut].edit->setText(recipe.heldOut);
    m_files[Pictures].edit->setText(recipe.pictures);
    m_numbers[Steps].edit->setText(QString::number(recipe.steps));
    m_numbers[Batch].edit->setText(QString::number(recipe.batch));
    m_numbers[Accumulation].edit->setText(QString::number(recipe.accumulation));
    m_numbers[Rate].edit->setText(QLocale().toString(recipe.learningRate, 'g', 4));
    m_numbers[Rank].edit->setText(QString::number(recipe.rank));
    m_numbers[Warmup].edit->setText(QString::number(recipe.warmup));
    m_numbers[CheckEvery].edit->setText(QString::number(recipe.checkEvery));
    m_numbers[Patience].edit->setText(QString::number(recipe.patience));
    m_numbers[Seed].edit->setText(QString::number(recipe.seed));
    m_showing = false;
}

void RunSetupPanel::showPurpose()
{
    const QString purposes[] = {
        tr("Some minutes: do the data and the settings work at all?"),
        tr("The look of a person or a brand; ends when it no longer gets better."),
        tr("As many steps as the paper took, for a new general style."),
        tr("Pairs of ads of which people chose one: makes such ads more likely."),
    };
    m_purposeText->setText(purposes[std::clamp(m_purpose->current(), 0, 3)]);
    m_baseText->setText(tr("Goes on from %1, the model in use.").arg(m_desk.base().name));
}

RunRecipe RunSetupPanel::recipe() const
{
    const auto number = [this](Number field) { return m_numbers[field].edit->text().toLongLong(); };
    RunRecipe recipe;
    recipe.name = m_name->text().trimmed();
    recipe.purpose = static_cast<RunPurpose>(std::max(0, m_purpose->current()));
    recipe.records = m_files[Records].edit->text().trimmed();
    recipe.columns = m_columns->columns();
    recipe.heldOut = m_files[HeldOut].edit->text().trimmed();
    recipe.pictures = m_files[Pictures].edit->text().trimmed();
    recipe.steps = number(Steps);
    recipe.batch = number(Batch);
    recipe.accumulation = number(Accumulation);
    recipe.learningRate = QLocale().toDouble(m_numbers[Rate].edit->text());
    recipe.rank = number(Rank);
    recipe.warmup = number(Warmup);
    recipe.checkEvery = number(CheckEvery);
    recipe.patience = number(Patience);
    recipe.seed = number(Seed);
    return recipe;
}

QString RunSetupPanel::gap() const
{
    const TrainableModel base = m_desk.base();
    if (!base.isWhole)
        return tr("Files of %1 are missing. Choose another one on the Models page.").arg(base.name);
    if (!base.isOurs && m_numbers[Rank].edit->text().toLongLong() == 0)
        return tr("Only models in AdTailor's layout train all weights. Use a LoRA rank.");
    if (recipe().purpose == RunPurpose::Votes && recipe().rank == 0)
        return tr("Votes train LoRA alone. Use a LoRA rank.");
    for (int i = 0; i < FileCount; ++i) {
        const QString path = m_files[i].edit->text().trimmed();
        const QFileInfo info(path);
        if (path.isEmpty() && i == HeldOut)
            continue; // a part of the people is held out then
        if (path.isEmpty())
            return i == Records ? tr("Choose the ads to learn from.")
                                : tr("Choose the folder of the pictures.");
        if (i == Pictures ? !info.isDir() : !info.isFile())
            return tr("%1 is not there.").arg(path);
    }
    if (const QString field = m_columns->missing(); !field.isEmpty())
        return tr("Say which column holds: %1.").arg(field);
    for (const Field& field : m_numbers)
        if (!field.edit->hasAcceptableInput())
            return tr("%1: this number cannot be used.").arg(field.name->text());
    return {};
}

void RunSetupPanel::edited()
{
    if (m_showing)
        return;
    m_desk.check().cancel();
    m_soon.start();
    showCheck();
}

void RunSetupPanel::showCheck()
{
    const TrainingCheck& check = m_desk.check();
    const QString missing = gap();
    const bool checking = missing.isEmpty() && !check.need() && !check.error();
    m_memory->setVisible(check.need().has_value());
    m_need->setVisible(check.need().has_value());
    m_leftOut->setVisible(checking || !missing.isEmpty() || check.need());
    m_message->clear();
    m_start->setEnabled(false);
    m_start->setToolTip(missing);
    if (!missing.isEmpty()) {
        m_fit->hide();
        m_leftOut->setText(missing);
        return;
    }
    m_fit->show();
    if (checking) {
        m_fit->setStatus(StatusKind::Running, tr("Checking"));
        m_leftOut->setText(
            tr("Two steps are tried to see what the run takes. Nothing is written."));
        m_start->setToolTip(tr("The check is not done yet."));
    } else if (check.need()) {
        showNeed(*check.need());
    } else {
        showProblem(*check.error());
    }
}

void RunSetupPanel::showNeed(const TrainingNeed& need)
{
    const MemoryRoom room = memoryRooms().front();
    const quint64 total = std::min<quint64>(room.total, need.machineBytes);
    const QString bytes = ModelListModel::sizeText(need.memoryBytes);
    m_memory->setValue(total > 0 ? static_cast<int>(
                           std::min<quint64>(thousandths, need.memoryBytes * thousandths / total))
                                 : 0);
    m_need->setValue(Rows, QLocale().toString(need.examples));
    m_need->setValue(LeftOut, QLocale().toString(need.leftOut));
    m_need->setValue(Time, Messages::duration(need.seconds()));
    m_need->setValue(Memory, tr("%1 of %2").arg(bytes, ModelListModel::sizeText(total)));
    m_need->setValue(Disk, ModelListModel::sizeText(3 * need.checkpointBytes));
    const RunRecipe now = recipe();
    m_leftOut->setText(
        now.records == now.heldOut
            ? tr("The held-out ads are those to learn from: the dashed curves will say nothing.")
            : lintText(need));
    m_leftOut->setToolTip(need.sentences.join(QLatin1Char('\n')));
    const MemoryFit fit = memoryFit(need.memoryBytes, room.available);
    const bool fits = need.memoryBytes <= total && need.examples > 0;
    m_start->setEnabled(fits);
    const bool canHalve = now.batch > 1;
    if (!fits) {
        m_fit->setStatus(StatusKind::Error, tr("Does not fit"));
        const QString sentence = tr("Needs %1 of %2.").arg(bytes, ModelListModel::sizeText(total));
        m_start->setToolTip(sentence);
        m_message->showMessage(MessageBar::Kind::Error, sentence,
                               tr("Half the batch at a time takes less and learns the same."),
                               canHalve ? QStringList{ tr("Halve the batch") } : QStringList());
    } else if (fit != MemoryFit::Fits) {
        m_fit->setStatus(StatusKind::Warning, tr("Tight"));
        m_message->showMessage(
            MessageBar::Kind::Warning,
            tr("Only %1 are free now.").arg(ModelListModel::sizeText(room.available)),
            tr("Close other programs, or take half the batch at a time."),
            canHalve ? QStringList{ tr("Halve the batch") } : QStringList());
    } else {
        m_fit->setStatus(StatusKind::Success, tr("Fits"));
    }
}

QString RunSetupPanel::lintText(const TrainingNeed& need) const
{
    const auto& lint = m_desk.check().lint();
    if (!lint)
        return need.leftOut > 0 ? tr("Left out, for example: %1").arg(need.sentences.value(0))
                                : QString();
    QStringList kinds;
    for (const auto& [kind, count] : lint->counts)
        kinds << tr("%1: %2").arg(Messages::lintKind(kind)).arg(count);
    return kinds.isEmpty() ? tr("No row has a fault.")
                           : tr("Found in the rows: %1").arg(kinds.join(QStringLiteral(" · ")));
}

void RunSetupPanel::showProblem(const Error& error)
{
    m_fit->setStatus(StatusKind::Error, tr("Cannot start"));
    const bool memory = error.code == ErrorCode::OutOfMemory;
    const QString sentence = memory ? tr("There is not enough memory for this run.")
                                    : tr("The run cannot start like this.");
    m_start->setToolTip(sentence);
    m_leftOut->hide();
    m_message->showMessage(MessageBar::Kind::Error, sentence, toQString(error.detail),
                           memory && recipe().batch > 1 ? QStringList{ tr("Halve the batch") }
                                                        : QStringList());
}

void RunSetupPanel::halveBatch()
{
    RunRecipe smaller = recipe();
    smaller.batch = std::max<qint64>(1, smaller.batch / 2);
    smaller.accumulation *= 2;
    begin(smaller);
}

void RunSetupPanel::start()
{
    RunRecipe chosen = recipe();
    if (chosen.name.isEmpty())
        chosen.name
            = tr("Run of %1").arg(QLocale().toString(QDate::currentDate(), QLocale::ShortFormat));
    m_desk.check().cancel();
    m_desk.create(chosen);
    emit started();
}

void RunSetupPanel::retranslate()
{
    m_panel->setTitle(tr("New run"));
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(m_nameLabel->text());
    m_purposeName->setText(tr("Purpose"));
    const int purpose = m_purpose->count() > 0 ? m_purpose->current() : int(RunPurpose::Style);
    m_purpose->setChoices({ tr("Quick look"), tr("Style"), tr("Full"), tr("Votes") });
    m_purpose->setCurrent(purpose);
    showPurpose();
    const QString files[] = { tr("Ads to learn from"), tr("Ads held out"), tr("Pictures") };
    for (int i = 0; i < FileCount; ++i) {
        m_files[i].name->setText(files[i]);
        m_files[i].edit->setAccessibleName(files[i]);
        m_files[i].choose->setText(tr("Choose…"));
        m_files[i].choose->setAccessibleName(tr("Choose: %1").arg(files[i]));
    }
    m_files[Records].edit->setPlaceholderText(tr("PAd1M, JSON Lines or CSV"));
    m_files[HeldOut].edit->setPlaceholderText(tr("Nothing: 5 % of the people"));
    m_files[Pictures].edit->setPlaceholderText(tr("The folder that the ads name them in"));
    const QString numbers[] = { tr("Steps"),         tr("Batch"),        tr("Batches per step"),
                                tr("Learning rate"), tr("LoRA rank"),    tr("Warm-up"),
                                tr("Check every"),   tr("Worse checks"), tr("Seed") };
    for (int i = 0; i < NumberCount; ++i) {
        m_numbers[i].name->setText(numbers[i]);
        m_numbers[i].edit->setAccessibleName(numbers[i]);
    }
    m_columns->retranslate();
    m_expert->setText(tr("Settings for experts"));
    m_expert->setIconName(m_expert->isChecked() ? QStringLiteral("chevron-up")
                                                : QStringLiteral("chevron-down"));
    m_checkName->setText(tr("Before it starts"));
    m_memory->setAccessibleName(tr("Memory, estimated"));
    m_need->setName(Rows, tr("Rows to learn from"));
    m_need->setName(LeftOut, tr("Rows left out"));
    m_need->setName(Time, tr("Time, estimated"));
    m_need->setName(Memory, tr("Memory"));
    m_need->setName(Disk, tr("Disk for checkpoints"));
    m_start->setText(tr("Start"));
    m_cancel->setText(tr("Cancel"));
    showCheck();
}

} // namespace adtailor
