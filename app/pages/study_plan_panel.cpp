// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/study_plan_panel.h"

#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/cell_delegate.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int formWidth = 760;
constexpr int longestName = 80, longestInstruction = 200;
enum Fact { Question, Items, Sources, Trials, Practice, Catch, Repeats, Least, Hash, FactCount };

QString questionName(StudyQuestion question)
{
    switch (question) {
    case StudyQuestion::Pairwise:
        return StudyPlanPanel::tr("Which of two is better");
    case StudyQuestion::Rating:
        return StudyPlanPanel::tr("Rate one ad");
    case StudyQuestion::BestWorst:
        return StudyPlanPanel::tr("Best and worst of four");
    }
    return {};
}

QScrollArea* scrolled(QWidget* body)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    return scroll;
}

// A column in the middle that does not grow without end.
QVBoxLayout* centredColumn(QWidget* body)
{
    auto* across = new QHBoxLayout(body);
    across->setContentsMargins(scaledMargins(24, 24, 24, 24));
    auto* middle = new QWidget;
    middle->setMaximumWidth(scaled(formWidth));
    across->addWidget(middle);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(4));
    return column;
}

} // namespace

StudyPlanPanel::StudyPlanPanel(StudyDesk& desk, StudyBuilder& builder, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_builder(builder)
    , m_stack(new QStackedWidget)
    , m_message(new MessageBar)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    m_empty = new EmptyView;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeForm());
    m_stack->addWidget(makeFrozen());
    connectParts();
}

QWidget* StudyPlanPanel::makeForm()
{
    auto* body = new QWidget;
    QVBoxLayout* column = centredColumn(body);
    const auto add = [column](QWidget* field) {
        QLabel* label = makeLabel("label");
        column->addWidget(label);
        column->addWidget(field);
        column->addSpacing(scaled(8));
        label->setBuddy(field);
        return label;
    };
    m_name = new QLineEdit;
    m_name->setMaxLength(longestName);
    m_nameLabel = add(m_name);
    m_question = new Segments;
    m_question->setFullWidth(true);
    m_questionLabel = add(m_question);
    m_instruction = new QLineEdit;
    m_instruction->setMaxLength(longestInstruction);
    m_instructionLabel = add(m_instruction);
    column->addWidget(makeLine());
    column->addSpacing(scaled(8));
    column->addWidget(makeSources(), 1);
    return scrolled(body);
}

QWidget* StudyPlanPanel::makeSources()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    m_sourcesLabel = makeLabel("section");
    m_sourcesHint = makeLabel("hint");
    m_sourcesHint->setWordWrap(true);
    m_sourceModel = new QStandardItemModel(0, 2, this);
    m_sources = new QTableView;
    m_sources->setModel(m_sourceModel);
    m_sources->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_sources->setSelectionMode(QAbstractItemView::SingleSelection);
    m_sources->setShowGrid(false);
    m_sources->setTabKeyNavigation(false);
    m_sources->verticalHeader()->hide();
    m_sources->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_sources->horizontalHeader()->setHighlightSections(false);
    m_sources->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_sources->setMinimumHeight(scaled(150));
    m_addAds = new KeyButton({});
    m_addAds->setIconName(u"add"_s);
    m_addFolder = new KeyButton({});
    m_addFolder->setIconName(u"folder"_s);
    m_remove = new KeyButton({}, KeyButton::Kind::Quiet);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(scaled(8));
    for (KeyButton* button : { m_addAds, m_addFolder, m_remove })
        buttons->addWidget(button);
    buttons->addStretch();
    m_items = makeLabel("secondary");
    m_items->setWordWrap(true);
    column->addWidget(m_sourcesLabel);
    column->addWidget(m_sourcesHint);
    column->addWidget(m_sources, 1);
    column->addLayout(buttons);
    column->addWidget(m_items);
    return box;
}

QWidget* StudyPlanPanel::makeFrozen()
{
    auto* body = new QWidget;
    QVBoxLayout* column = centredColumn(body);
    m_frozenName = makeLabel("page");
    m_frozenName->setWordWrap(true);
    m_frozenHint = makeLabel("secondary");
    m_frozenHint->setWordWrap(true);
    m_frozen = new Facts;
    for (int fact = 0; fact < FactCount; ++fact)
        m_frozen->addFact(fact != Question && fact != Sources);
    m_nextVersion = new KeyButton({});
    m_nextVersion->setIconName(u"copy"_s);
    column->addWidget(m_frozenName);
    column->addWidget(m_frozenHint);
    column->addSpacing(scaled(12));
    column->addWidget(m_frozen);
    column->addSpacing(scaled(16));
    auto* row = new QHBoxLayout;
    row->addWidget(m_nextVersion);
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
    return scrolled(body);
}

void StudyPlanPanel::connectParts()
{
    connect(m_empty, &EmptyView::buttonClicked, this, &StudyPlanPanel::newRequested);
    connect(m_name, &QLineEdit::textEdited, this, &StudyPlanPanel::store);
    connect(m_instruction, &QLineEdit::textEdited, this, &StudyPlanPanel::store);
    connect(m_question, &Segments::currentChanged, this, &StudyPlanPanel::store);
    connect(m_addAds, &KeyButton::clicked, this, &StudyPlanPanel::projectAdsRequested);
    connect(m_addFolder, &KeyButton::clicked, this, &StudyPlanPanel::addFolder);
    connect(m_remove, &KeyButton::clicked, this, [this] {
        if (const int row = m_sources->currentIndex().row(); row >= 0)
            m_builder.remove(row);
    });
    connect(m_sourceModel, &QStandardItemModel::itemChanged, this, [this](QStandardItem* item) {
        if (!m_showing && item->column() == 0)
            m_builder.rename(item->row(), item->text());
    });
    connect(m_sources->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_remove->setEnabled(m_sources->currentIndex().isValid() && !m_builder.isNextVersion());
    });
    connect(m_nextVersion, &KeyButton::clicked, this, &StudyPlanPanel::nextVersionRequested);
    // Renaming changes the table under its own editor: after it.
    connect(&m_builder, &StudyBuilder::changed, this, &StudyPlanPanel::showDraft,
            Qt::QueuedConnection);
    connect(&m_desk, &StudyDesk::opened, this, &StudyPlanPanel::showFrozen);
}

QWidget* StudyPlanPanel::firstField() const
{
    if (m_drafting)
        return m_name;
    return m_desk.study() ? static_cast<QWidget*>(m_nextVersion) : m_empty;
}

void StudyPlanPanel::setDrafting(bool drafting)
{
    m_drafting = drafting;
    showDraft();
    showFrozen();
}

void StudyPlanPanel::setProjectAds(int count)
{
    m_projectAds = count;
    showDraft();
}

void StudyPlanPanel::store()
{
    if (m_showing)
        return;
    StudyPlan plan = m_builder.plan();
    plan.name = toStdString(m_name->text());
    plan.instruction = toStdString(m_instruction->text());
    plan.question = static_cast<StudyQuestion>(m_question->current());
    m_builder.setSettings(plan);
}

void StudyPlanPanel::addFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Choose a folder of ads of one source"));
    if (!folder.isEmpty())
        m_builder.addFolder(folder);
}

void StudyPlanPanel::showDraft()
{
    m_showing = true;
    const StudyPlan& plan = m_builder.plan();
    if (m_name->text() != toQString(plan.name))
        m_name->setText(toQString(plan.name));
    if (m_instruction->text() != toQString(plan.instruction))
        m_instruction->setText(toQString(plan.instruction));
    m_question->setCurrent(static_cast<int>(plan.question));
    const int current = m_sources->currentIndex().row();
    m_sourceModel->setRowCount(static_cast<int>(m_builder.sources().size()));
    for (int row = 0; row < m_sourceModel->rowCount(); ++row) {
        const StudyBuilder::Source& source = m_builder.sources()[row];
        auto* label = new QStandardItem(source.label);
        auto* place = new QStandardItem(source.folder.isEmpty() ? tr("as in the version before")
                                                                : source.folder);
        place->setToolTip(source.folder);
        place->setEditable(false);
        m_sourceModel->setItem(row, 0, label);
        m_sourceModel->setItem(row, 1, place);
    }
    if (current >= 0 && current < m_sourceModel->rowCount())
        m_sources->setCurrentIndex(m_sourceModel->index(current, 0));
    const bool next = m_builder.isNextVersion();
    const bool free = !m_builder.isReading() && !next;
    m_addAds->setEnabled(free && m_projectAds > 0);
    m_addAds->setToolTip(m_projectAds > 0 ? QString() : tr("The open project has no ads yet."));
    m_addFolder->setEnabled(free);
    m_remove->setEnabled(free && m_sources->currentIndex().isValid());
    const int items = static_cast<int>(plan.items.size());
    const auto left = static_cast<int>(m_builder.issues().size());
    m_items->setText(m_builder.isReading() ? tr("Reading the ads…")
                         : m_sourceModel->rowCount() < 2
                         ? tr("Add at least two sources. Ads of the same name in all of them are "
                              "compared.")
                         : left > 0
                         ? tr("%n item(s) in all sources, %1 left out", nullptr, items).arg(left)
                         : tr("%n item(s) in all sources", nullptr, items));
    m_items->setToolTip(m_builder.issues().join(u'\n'));
    m_showing = false;
}

void StudyPlanPanel::showFrozen()
{
    const StudyFolder* study = m_desk.study();
    m_stack->setCurrentIndex(m_drafting ? 1 : study ? 2 : 0);
    if (!study)
        return;
    const StudyPlan& plan = study->plan();
    m_frozenName->setText(tr("%1, version %2").arg(toQString(plan.name)).arg(plan.version));
    m_frozenHint->setText(
        study->knowsOrigin()
            ? tr("Frozen when it started. To change anything, make the next version; the votes of "
                 "this one stay with it.")
            : tr("Opened from a package: where the ads come from is not known on this computer. "
                 "Send the votes back to where the study was made."));
    m_nextVersion->setVisible(study->knowsOrigin());
    m_frozen->setValue(Question, questionName(plan.question));
    m_frozen->setValue(Items, QString::number(plan.items.size()));
    m_frozen->setValue(Sources,
                       study->knowsOrigin()
                           ? toQStringList(plan.sources).join(u" · "_s)
                           : tr("%n, unnamed", nullptr, static_cast<int>(plan.sources.size())));
    m_frozen->setValue(Trials, QString::number(studyTrials(plan, 0).size()));
    m_frozen->setValue(Practice, QString::number(plan.practice));
    m_frozen->setValue(Catch,
                       plan.catchEvery > 0 ? tr("1 in %1").arg(plan.catchEvery) : tr("none"));
    m_frozen->setValue(Repeats, u"%1 %"_s.arg(plan.repeatShare * 100));
    m_frozen->setValue(Least, tr("%1 s").arg(plan.minimumSeconds));
    const QString hash = toQString(study->hash());
    m_frozen->setValue(Hash, hash.left(4) + u'…' + hash.right(4));
}

void StudyPlanPanel::retranslate()
{
    m_empty->setContent(u"review"_s, tr("No study yet"),
                        tr("Let several people say blind which ads they would rather see. The "
                           "report says how sure the answer is."),
                        tr("New study"));
    m_nameLabel->setText(tr("Name"));
    m_questionLabel->setText(tr("What raters do"));
    const int question = m_question->current();
    m_question->setChoices({ questionName(StudyQuestion::Pairwise),
                             questionName(StudyQuestion::Rating),
                             questionName(StudyQuestion::BestWorst) });
    m_question->setCurrent(question);
    m_question->setAccessibleName(m_questionLabel->text());
    m_instructionLabel->setText(tr("Question over the ads"));
    m_instruction->setPlaceholderText(tr("The usual words"));
    m_sourcesLabel->setText(tr("Sources"));
    m_sourcesHint->setText(tr("What is compared. Raters never see these names; double click to "
                              "change one."));
    m_sourceModel->setHorizontalHeaderLabels({ tr("Name in the report"), tr("Folder") });
    m_sources->setAccessibleName(tr("Sources"));
    m_addAds->setText(tr("Add ads of this project"));
    m_addFolder->setText(tr("Add a folder…"));
    m_remove->setText(tr("Remove"));
    m_nextVersion->setText(tr("Make the next version"));
    const QStringList facts{ tr("Raters do"),      tr("Items"),      tr("Sources"),
                             tr("Trials a rater"), tr("Practice"),   tr("Catch trials"),
                             tr("Shown twice"),    tr("Least time"), tr("Plan hash") };
    for (int fact = 0; fact < FactCount; ++fact)
        m_frozen->setName(fact, facts[fact]);
    showDraft();
    showFrozen();
}

} // namespace adtailor
