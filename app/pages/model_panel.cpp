// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/model_panel.h"

#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/status_pill.h"

#include <QButtonGroup>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QRadioButton>

#include <array>

namespace adtailor {

namespace {

constexpr int adsAtOnce = 4; // what "will it fit" counts with, the studio's default batch
constexpr int progressSteps = 1000;
enum Fact { Layout, Weights, Parameters, MadeFor };
constexpr std::array precisions{ Precision::Float32, Precision::BFloat16 };

QLabel* makeWords(const char* role)
{
    QLabel* label = makeLabel(role);
    label->setWordWrap(true);
    return label;
}

} // namespace

ModelPanel::ModelPanel(ModelDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    m_state = new StatusPill;
    m_panel->addTool(m_state);
    QVBoxLayout* first = m_panel->addSection();
    m_missing = makeWords("error");
    m_facts = new Facts;
    for (const bool number : { false, false, true, false })
        m_facts->addFact(number);
    first->addWidget(m_missing);
    first->addWidget(m_facts);

    QVBoxLayout* parts = m_panel->addSection();
    m_partsName = makeLabel("section");
    parts->addWidget(m_partsName);
    m_parts = new Facts;
    for (std::size_t i = 0; i < weightPartCount; ++i)
        m_parts->addFact(true);
    parts->addWidget(m_parts);

    addFit(m_panel->addSection());
    QVBoxLayout* licence = m_panel->addSection();
    m_licenceName = makeLabel("section");
    m_licence = makeWords("body");
    licence->addWidget(m_licenceName);
    licence->addWidget(m_licence);
    addFiles(m_panel->addSection());
    addInstruction(m_panel->addSection());
    connectParts();
    showWork();
}

void ModelPanel::addFit(QVBoxLayout* section)
{
    auto* head = new QHBoxLayout;
    m_fitName = makeLabel("section");
    m_room = makeLabel("hint");
    head->addWidget(m_fitName, 1);
    head->addWidget(m_room);
    section->addLayout(head);
    m_precisions = new QButtonGroup(this);
    for (std::size_t i = 0; i < precisions.size(); ++i) {
        auto* row = new QHBoxLayout;
        Fit& fit = m_fits[i];
        fit.choice = new QRadioButton;
        fit.need = makeLabel("number");
        fit.pill = new StatusPill;
        m_precisions->addButton(fit.choice, static_cast<int>(i));
        row->addWidget(fit.choice, 1);
        row->addWidget(fit.need);
        row->addSpacing(scaled(8));
        row->addWidget(fit.pill);
        section->addLayout(row);
    }
    m_knobs = makeWords("hint");
    section->addWidget(m_knobs);
}

void ModelPanel::addFiles(QVBoxLayout* section)
{
    m_filesName = makeLabel("section");
    m_filesText = makeWords("body");
    m_check = new KeyButton({}, KeyButton::Kind::Plain);
    m_remove = new KeyButton({}, KeyButton::Kind::Quiet);
    m_stop = new KeyButton({}, KeyButton::Kind::Plain);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setMaximum(progressSteps);
    section->addWidget(m_filesName);
    section->addWidget(m_filesText);
    auto* buttons = new QHBoxLayout;
    for (KeyButton* button : { m_check, m_remove, m_stop })
        button->setCompact(true);
    buttons->addWidget(m_check);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    section->addLayout(buttons);
    auto* work = new QHBoxLayout;
    work->addWidget(m_progress, 1);
    work->addWidget(m_stop);
    section->addLayout(work);
}

void ModelPanel::addInstruction(QVBoxLayout* section)
{
    m_instructionName = makeLabel("section");
    m_instruction = makeWords("body");
    m_chooseInstruction = new KeyButton({}, KeyButton::Kind::Plain);
    m_ownInstruction = new KeyButton({}, KeyButton::Kind::Quiet);
    section->addWidget(m_instructionName);
    section->addWidget(m_instruction);
    auto* buttons = new QHBoxLayout;
    for (KeyButton* button : { m_chooseInstruction, m_ownInstruction }) {
        button->setCompact(true);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    section->addLayout(buttons);
}

void ModelPanel::connectParts()
{
    connect(m_precisions, &QButtonGroup::idClicked, this,
            [this](int id) { m_desk.setPrecision(precisions[static_cast<std::size_t>(id)]); });
    connect(m_check, &KeyButton::clicked, this, [this] { m_desk.check(m_folder); });
    connect(m_remove, &KeyButton::clicked, this, &ModelPanel::removeRequested);
    connect(m_stop, &KeyButton::clicked, &m_desk, &ModelDesk::stop);
    connect(m_chooseInstruction, &KeyButton::clicked, this, &ModelPanel::chooseInstruction);
    connect(m_ownInstruction, &KeyButton::clicked, this, [this] { m_desk.setInstructionFile({}); });
    connect(&m_desk, &ModelDesk::workChanged, this, &ModelPanel::showWork);
    connect(&m_desk, &ModelDesk::progressed, this, [this](qint64 done, qint64 total) {
        m_progress->setValue(total > 0 ? static_cast<int>(done * progressSteps / total) : 0);
    });
}

void ModelPanel::setModel(const QString& folder)
{
    m_folder = folder;
    showModel();
}

const ModelRow* ModelPanel::row() const
{
    return m_folder.isEmpty() ? nullptr : m_desk.model().at(m_desk.model().rowOf(m_folder));
}

bool ModelPanel::canCheck() const
{
    return row() && m_desk.work() == ModelDesk::Work::None;
}

bool ModelPanel::canRemove() const
{
    return canCheck() && !row()->model.bundled;
}

void ModelPanel::chooseInstruction()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("The sentence a model was trained with"), {}, tr("Text files (*.txt)"));
    if (!path.isEmpty())
        m_desk.setInstructionFile(path);
}

void ModelPanel::showModel()
{
    const ModelRow* shown = row();
    const ModelDescription model = shown ? shown->model : ModelDescription();
    m_panel->setTitle(shown ? toQString(model.name) : tr("No model"));
    m_state->setVisible(shown);
    if (shown)
        m_state->setStatus(static_cast<StatusKind>(m_desk.model().stateKind(*shown)),
                           m_desk.model().stateText(*shown));
    QStringList missing;
    for (const std::string& sentence : model.missing)
        missing.append(toQString(sentence));
    m_missing->setText(missing.join(QLatin1Char('\n')));
    m_missing->setVisible(!missing.isEmpty());
    m_facts->setValue(Layout, model.layout.empty() ? noValue() : toQString(model.layout));
    m_facts->setValue(Weights,
                      model.dtype.empty()
                          ? noValue()
                          : tr("%1, %2").arg(ModelListModel::sizeText(model.weightBytes),
                                             toQString(model.dtype)));
    m_facts->setValue(Parameters,
                      model.parameters > 0
                          ? tr("%1 million").arg(QLocale().toString(model.parameters / 1e6, 'f', 1))
                          : noValue());
    m_facts->setValue(MadeFor, model.base.empty() ? noValue() : toQString(model.base));
    for (int i = 0; i < static_cast<int>(weightPartCount); ++i) {
        const quint64 bytes = model.partBytes[static_cast<std::size_t>(i)];
        m_parts->setValue(i, bytes > 0 ? ModelListModel::sizeText(bytes) : noValue());
    }
    m_licence->setText(!shown                      ? noValue()
                           : model.licence.empty() ? tr("The folder does not say. Ask where the "
                                                        "model comes from before you publish.")
                                                   : toQString(model.licence));
    const QString file = m_desk.instructionFile();
    m_instruction->setText(file.isEmpty() ? tr("AdTailor's own wording")
                                          : QDir::toNativeSeparators(file));
    m_ownInstruction->setVisible(!file.isEmpty());
    showFit();
    showFiles();
}

void ModelPanel::showFit()
{
    const MemoryRoom room = mainMemory(); // the studio's engine runs on the CPU
    m_room->setText(
        tr("%1 of %2 free")
            .arg(ModelListModel::sizeText(room.available), ModelListModel::sizeText(room.total)));
    const ModelRow* shown = row();
    const bool known
        = shown && shown->model.kind != ModelKind::Adapter && shown->model.weightBytes > 0;
    for (std::size_t i = 0; i < precisions.size(); ++i) {
        const Fit& fit = m_fits[i];
        fit.choice->setChecked(m_desk.precision() == precisions[i]);
        fit.pill->setVisible(known);
        const std::uint64_t need = known
            ? planMemory(shown->model, { .precision = precisions[i], .ads = adsAtOnce }).total()
            : 0;
        fit.need->setText(known ? ModelListModel::sizeText(need) : noValue());
        switch (memoryFit(need, room.available)) {
        case MemoryFit::Fits:
            fit.pill->setStatus(StatusKind::Success, tr("Fits"));
            break;
        case MemoryFit::Tight:
            fit.pill->setStatus(StatusKind::Warning, tr("Tight"));
            break;
        case MemoryFit::No:
            fit.pill->setStatus(StatusKind::Error, tr("Does not fit"));
            break;
        }
    }
    const QStringList knobs = known ? knobTexts(shown->model) : QStringList();
    m_knobs->setText(
        tr("Estimated for %n ad(s) at once.", nullptr, adsAtOnce)
        + (knobs.isEmpty() ? QString() : QLatin1Char('\n') + knobs.join(QLatin1Char('\n'))));
}

QStringList ModelPanel::knobTexts(const ModelDescription& model) const
{
    const MemoryUse use{ .precision = m_desk.precision(), .ads = adsAtOnce };
    QStringList texts;
    for (const MemoryKnob& knob : memoryKnobs(model, use)) {
        const QString freed = ModelListModel::sizeText(knob.freed);
        if (knob.use.precision != use.precision)
            texts << tr("bfloat16 frees %1").arg(freed);
        else if (knob.use.ads != use.ads)
            texts << tr("One ad at a time frees %1").arg(freed);
        else
            texts << tr("Guidance 1 frees %1").arg(freed);
    }
    return texts;
}

void ModelPanel::showFiles()
{
    const ModelRow* shown = row();
    if (!shown) {
        m_filesText->clear();
    } else if (shown->last.first) {
        m_filesText->setText(tr("Not checked yet. A check makes checksums of all files, and later "
                                "ones compare with them."));
    } else {
        const QString when = QLocale().toString(QDateTime::fromSecsSinceEpoch(shown->last.time),
                                                QLocale::ShortFormat);
        QStringList names;
        for (const auto& list : { shown->last.changed, shown->last.missing })
            for (const std::string& name : list)
                names.append(toQString(name));
        m_filesText->setText(
            names.isEmpty() ? tr("Unchanged since %1.").arg(when)
                            : tr("Not as on %1: %2").arg(when, names.join(QStringLiteral(", "))));
    }
    m_check->setEnabled(canCheck());
    m_remove->setEnabled(canRemove());
    const bool elsewhere = shown && !shown->model.imported && !shown->model.bundled;
    m_remove->setText(elsewhere ? tr("Take off the list") : tr("Delete"));
}

void ModelPanel::showWork()
{
    const bool working = m_desk.work() != ModelDesk::Work::None;
    m_progress->setVisible(working);
    m_stop->setVisible(working);
    m_progress->setValue(0);
    showFiles();
}

void ModelPanel::retranslate()
{
    m_facts->setName(Layout, tr("Layout"));
    m_facts->setName(Weights, tr("Weights"));
    m_facts->setName(Parameters, tr("Parameters"));
    m_facts->setName(MadeFor, tr("Made for"));
    m_partsName->setText(tr("Parts"));
    const QStringList parts{ tr("Language model"),  tr("Picture decoder"), tr("Picture tokens"),
                             tr("Product control"), tr("History reading"), tr("Other") };
    for (int i = 0; i < parts.size(); ++i)
        m_parts->setName(i, parts[i]);
    m_fitName->setText(tr("Will it fit?"));
    m_fits[0].choice->setText(QStringLiteral("float32"));
    m_fits[1].choice->setText(QStringLiteral("bfloat16"));
    m_licenceName->setText(tr("Licence"));
    m_filesName->setText(tr("Files"));
    m_check->setText(tr("Check files"));
    m_check->setToolTip(tr("Read every byte and compare (F5)"));
    m_stop->setText(tr("Stop"));
    m_instructionName->setText(tr("Instruction"));
    m_chooseInstruction->setText(tr("Choose a file…"));
    m_chooseInstruction->setToolTip(
        tr("A text with four {}: word list, titles, description, pictures"));
    m_ownInstruction->setText(tr("Use our own"));
    showModel();
}

} // namespace adtailor
