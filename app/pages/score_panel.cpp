// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/score_panel.h"

#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "widgets/cell_delegate.h"
#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int rowsShown = 3;

} // namespace

ScorePanel::ScorePanel(ProjectSession& session, AdScores& scores, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_scores(scores)
    , m_model(session.board().model(), scores)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeLine());
    QHBoxLayout* head = addToolBar(column);
    m_toggle = makeToolButton(QStringLiteral("chevron-down"));
    m_name = makeLabel("section");
    m_count = makeLabel("hint");
    m_shortlist = makeLabel("hint");
    m_up = makeToolButton(QStringLiteral("chevron-up"));
    m_down = makeToolButton(QStringLiteral("chevron-down"));
    head->addWidget(m_toggle);
    head->addWidget(m_name);
    head->addWidget(m_count);
    head->addStretch();
    head->addWidget(m_shortlist);
    head->addWidget(m_up);
    head->addWidget(m_down);
    buildTable();
    column->addWidget(m_table);
    connect(m_toggle, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
    connect(m_up, &QToolButton::clicked, this, [this] { rank(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { rank(1); });
    connect(&m_model, &ScoreTableModel::shortlistRequested, this, [this](int number, bool listed) {
        if (const int row = m_session.board().model().rowOf(number); row >= 0)
            m_session.board().star(row, listed);
    });
    connect(&m_scores, &AdScores::changed, this, &ScorePanel::showHead);
    retranslate();
}

void ScorePanel::buildTable()
{
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(&m_model);
    m_sorted->setSortRole(ScoreTableModel::SortRole);
    m_table = new QTableView;
    m_table->setModel(m_sorted);
    auto* cells = new CellDelegate(m_table);
    cells->setDense(true);
    m_table->setItemDelegate(cells);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ScoreTableModel::FirstMetric, Qt::DescendingOrder);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setResizeContentsPrecision(0); // what is seen, not all rows
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ScoreTableModel::TitleColumn,
                                                      QHeaderView::Stretch);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showHead();
        if (const int number = currentNumber())
            emit adChosen(number);
    });
}

void ScorePanel::fitColumns()
{
    const int row = scaled(36);
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rowsShown * row + 2);
}

void ScorePanel::setOpen(bool open)
{
    m_open = open;
    m_table->setVisible(open);
    retranslate();
}

void ScorePanel::readAds()
{
    m_model.readAds();
    showHead();
}

int ScorePanel::currentNumber() const
{
    return m_table->currentIndex().data(ScoreTableModel::NumberRole).toInt();
}

void ScorePanel::setCurrent(int number)
{
    const QSignalBlocker quiet(m_table->selectionModel());
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        if (m_sorted->index(row, 0).data(ScoreTableModel::NumberRole).toInt() == number)
            m_table->setCurrentIndex(m_sorted->index(row, 0));
    m_table->viewport()->update();
    showHead();
}

void ScorePanel::rank(int places)
{
    m_session.board().moveInShortlist(currentNumber(), places);
}

void ScorePanel::showHead()
{
    const int ads = m_model.rowCount();
    const QString who = m_scores.referenceName();
    m_count->setText(who.isEmpty() ? tr("%n ad(s)", nullptr, ads)
                                   : tr("%n ad(s) · compared with %1 click(s) of %2", nullptr, ads)
                                         .arg(m_scores.referenceCount())
                                         .arg(who));
    const QList<int> listed = m_session.board().shortlist();
    m_shortlist->setText(tr("Shortlist: %1 of %2").arg(listed.size()).arg(ads));
    const qsizetype place = listed.indexOf(currentNumber());
    m_up->setEnabled(place > 0);
    m_down->setEnabled(place >= 0 && place + 1 < listed.size());
}

void ScorePanel::keyPressEvent(QKeyEvent* event)
{
    const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
    if (event->modifiers().testFlag(Qt::AltModifier) && (up || down))
        return rank(up ? -1 : 1);
    QWidget::keyPressEvent(event);
}

void ScorePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ScorePanel::retranslate()
{
    m_name->setText(tr("Scores"));
    m_table->setAccessibleName(m_name->text());
    m_toggle->setIcon(
        icon(m_open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    describeButton(m_toggle, m_open ? tr("Hide the scores") : tr("Show the scores"));
    describeButton(m_up, tr("Rank higher"), QStringLiteral("Alt+↑"));
    describeButton(m_down, tr("Rank lower"), QStringLiteral("Alt+↓"));
    m_model.retranslate();
    fitColumns();
    showHead();
}

} // namespace adtailor
