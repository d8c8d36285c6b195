// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/study_rate_panel.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/cell_delegate.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int machinesWidth = 320;
constexpr int mostParts = 996;
enum Column { Name, Number, Done, State, ColumnCount };

} // namespace

StudyRatePanel::StudyRatePanel(StudyDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_message(new MessageBar)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(makePanes(nullptr, makeCentre(), makeMachines(), 0, machinesWidth), 1);
    connectParts();
}

QWidget* StudyRatePanel::makeCentre()
{
    m_stack = new QStackedWidget;
    m_noStudy = new EmptyView;
    m_nobody = new EmptyView;
    m_model = new QStandardItemModel(0, ColumnCount, this);
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(Look::current().sizes.row + 2));
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(Name, QHeaderView::Stretch);
    for (QWidget* view : { static_cast<QWidget*>(m_noStudy), static_cast<QWidget*>(m_nobody),
                           static_cast<QWidget*>(m_table) })
        m_stack->addWidget(view);
    return m_stack;
}

QWidget* StudyRatePanel::makeMachines()
{
    m_panel = new Panel;
    const auto add = [](QVBoxLayout* section, QLabel*& name, QLabel*& hint) {
        name = makeLabel("section");
        hint = makeLabel("hint");
        hint->setWordWrap(true);
        section->addWidget(name);
        section->addWidget(hint);
        section->addSpacing(scaled(4));
    };
    QVBoxLayout* away = m_panel->addSection();
    add(away, m_awayName, m_awayHint);
    auto* row = new QHBoxLayout;
    m_partName = makeLabel("body");
    m_part = new QSpinBox;
    m_part->setRange(1, mostParts);
    row->addWidget(m_partName, 1);
    row->addWidget(m_part);
    away->addLayout(row);
    const auto addButton = [](QVBoxLayout* section, const QString& icon) {
        auto* button = new KeyButton({});
        button->setIconName(icon);
        section->addWidget(button);
        return button;
    };
    m_savePackage = addButton(away, u"export"_s);
    QVBoxLayout* back = m_panel->addSection();
    add(back, m_backName, m_backHint);
    m_saveVotes = addButton(back, u"export"_s);
    m_merge = addButton(back, u"import"_s);
    return m_panel;
}

void StudyRatePanel::connectParts()
{
    connect(m_noStudy, &EmptyView::buttonClicked, this, &StudyRatePanel::planRequested);
    connect(m_savePackage, &KeyButton::clicked, this, &StudyRatePanel::savePackage);
    connect(m_saveVotes, &KeyButton::clicked, this, &StudyRatePanel::saveVotes);
    connect(m_merge, &KeyButton::clicked, this, &StudyRatePanel::chooseVotes);
    connect(m_message, &MessageBar::buttonClicked, this, [this] {
        m_message->clear();
        if (!m_places.isEmpty())
            m_desk.merge(std::exchange(m_places, {}), true);
    });
    connect(&m_desk, &StudyDesk::opened, this, [this] {
        m_message->clear();
        showStudy();
    });
    connect(&m_desk, &StudyDesk::ratersChanged, this, &StudyRatePanel::showRaters);
    connect(&m_desk, &StudyDesk::workChanged, this, &StudyRatePanel::showStudy);
    connect(&m_desk, &StudyDesk::merged, this, &StudyRatePanel::showMerged);
    connect(&m_desk, &StudyDesk::packed, this, [this](const QString& file) {
        m_message->showMessage(MessageBar::Kind::Success,
                               tr("Saved as %1.").arg(QFileInfo(file).fileName()));
    });
}

void StudyRatePanel::showStudy()
{
    const StudyFolder* study = m_desk.study();
    const bool free = study && m_desk.work() == StudyDesk::Work::None;
    const bool own = study && study->knowsOrigin();
    m_savePackage->setEnabled(free && own);
    m_part->setEnabled(own);
    m_saveVotes->setEnabled(free && !m_desk.raters().empty());
    m_merge->setEnabled(free && own);
    const QString elsewhere
        = study && !own ? tr("This study came as a package; only its votes go back.") : QString();
    m_savePackage->setToolTip(elsewhere);
    m_merge->setToolTip(elsewhere);
    m_stack->setCurrentIndex(!study ? 0 : m_desk.raters().empty() ? 1 : 2);
}

void StudyRatePanel::showRaters()
{
    m_model->setRowCount(0);
    for (const StudyRater& rater : m_desk.raters()) {
        QList<QStandardItem*> row;
        for (int column = 0; column < ColumnCount; ++column)
            row.append(new QStandardItem);
        row[Name]->setText(toQString(rater.name));
        row[Number]->setText(QString::number(rater.number + 1));
        row[Done]->setText(u"%1 / %2"_s.arg(rater.cast).arg(rater.total));
        for (const Column column : { Number, Done })
            row[column]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        const bool done = rater.cast >= rater.total;
        row[State]->setData(done ? tr("Done") : tr("Under way"), StatusRole);
        row[State]->setData(static_cast<int>(done ? StatusKind::Success : StatusKind::Running),
                            StatusKindRole);
        m_model->appendRow(row);
    }
    showStudy();
}

void StudyRatePanel::savePackage()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the study for another computer"),
        u"%1-%2.adstudy"_s.arg(toQString(m_desk.study()->plan().name)).arg(m_part->value()),
        tr("Study packages (*.adstudy)"));
    if (file.isEmpty())
        return;
    m_desk.exportPackage(file, m_part->value());
    m_part->setValue(m_part->value() + 1); // the next machine gets other seats
}

void StudyRatePanel::saveVotes()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the votes of this computer"),
        u"%1.advotes"_s.arg(toQString(m_desk.study()->plan().name)), tr("Votes (*.advotes)"));
    if (!file.isEmpty())
        m_desk.exportVotes(file);
}

void StudyRatePanel::chooseVotes()
{
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Merge the votes of other computers"), {}, tr("Votes (*.advotes *.jsonl)"));
    if (files.isEmpty())
        return;
    m_places = files;
    m_desk.merge(files, false);
}

void StudyRatePanel::showMerged(const StudyMerge& result)
{
    const QString told = tr("%1 new, %2 with more votes, %3 already here.")
                             .arg(result.added)
                             .arg(result.extended)
                             .arg(result.unchanged);
    if (result.refused.empty()) {
        m_places.clear();
        m_message->showMessage(MessageBar::Kind::Success, told);
        return;
    }
    m_message->showMessage(
        MessageBar::Kind::Warning,
        tr("%n log(s) not merged", nullptr, static_cast<int>(result.refused.size())),
        told + u'\n' + toQStringList(result.refused).join(u'\n'),
        m_places.isEmpty() ? QStringList()
                           : QStringList{ tr("Equal names are different people: merge") });
}

void StudyRatePanel::retranslate()
{
    m_noStudy->setContent(u"review"_s, tr("No study is open"),
                          tr("Choose one under Plan, or start a new one there."), tr("Go to Plan"));
    m_nobody->setContent(u"people"_s, tr("Nobody has rated yet"),
                         tr("Start the rating and hand the computer to the first person. Several "
                            "people can take turns."));
    m_model->setHorizontalHeaderLabels({ tr("Rater"), tr("Number"), tr("Done"), tr("State") });
    m_table->setAccessibleName(tr("Raters"));
    m_panel->setTitle(tr("Other computers"));
    m_awayName->setText(tr("There"));
    m_awayHint->setText(tr("One file holds the pictures and the questions, and nothing about where "
                           "the ads come from. Give every computer a number of its own."));
    m_partName->setText(tr("Computer number"));
    m_part->setAccessibleName(m_partName->text());
    m_savePackage->setText(tr("Save a package…"));
    m_backName->setText(tr("And back"));
    m_backHint->setText(tr("Merging the same votes again changes nothing. Edited votes and votes "
                           "of another version are refused."));
    m_saveVotes->setText(tr("Save the votes…"));
    m_merge->setText(tr("Merge votes…"));
    showRaters();
}

} // namespace adtailor
