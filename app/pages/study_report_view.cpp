// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/study_report_view.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/cell_delegate.h"
#include "widgets/empty_view.h"
#include "widgets/interval_plot.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/win_matrix.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QStringListModel>
#include <QStyledItemDelegate>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int panelWidth = 264;
constexpr int agreementColumns = 5, raterColumns = 7;

// A line of words, as high as a row.
class RowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return { scaled(120), scaled(Look::current().sizes.row) };
    }
};

// At twice the screen's pixels, on the ground of a card.
QImage pictureOf(QWidget* plot)
{
    QImage picture(plot->size() * 2, QImage::Format_RGB32);
    picture.setDevicePixelRatio(2);
    picture.fill(colors().panel);
    plot->render(&picture, {}, {}, QWidget::DrawChildren);
    return picture;
}

enum Count { RaterCount, ItemCount, VoteCount, HashCount, CountCount };

} // namespace

StudyReportView::StudyReportView(StudyDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyView)
    , m_message(new MessageBar)
{
    m_options.slices = false; // the page asks for one slice at a time
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    m_stack->addWidget(m_empty);
    auto* whole = new QWidget;
    auto* panes = new QHBoxLayout(whole);
    panes->setContentsMargins(0, 0, 0, 0);
    panes->setSpacing(0);
    panes->addWidget(makePanel());
    panes->addWidget(makeFrame("vline"));
    panes->addWidget(makeBody(), 1);
    m_stack->addWidget(whole);
    connectParts();
}

QWidget* StudyReportView::makePanel()
{
    m_panel = new Panel;
    m_panel->setMinimumWidth(scaled(panelWidth));
    m_panel->setMaximumWidth(scaled(panelWidth));
    m_sectionNames = new QStringListModel(this);
    m_sections = new QListView;
    m_sections->setModel(m_sectionNames);
    m_sections->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_sections->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sections->setFixedHeight(SectionCount * scaled(Look::current().sizes.row));
    m_sections->setItemDelegate(new RowDelegate(m_sections));
    m_sections->setMouseTracking(true);
    m_panel->addSection()->addWidget(m_sections);
    QVBoxLayout* slices = m_panel->addSection();
    m_sliceName = makeLabel("section");
    slices->addWidget(m_sliceName);
    for (QComboBox*& box : m_slices) {
        box = new QComboBox;
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        slices->addWidget(box);
    }
    m_leaveOut = new QCheckBox;
    slices->addWidget(m_leaveOut);
    m_counts = new Facts;
    for (int count = 0; count < CountCount; ++count)
        m_counts->addFact(true);
    m_panel->addSection()->addWidget(m_counts);
    return m_panel;
}

QWidget* StudyReportView::makeBody()
{
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(scaledMargins(20, 12, 20, 16));
    column->setSpacing(scaled(12));
    column->addWidget(makeFacts());
    m_ranking = new IntervalPlot;
    m_matrix = new WinMatrix;
    m_matrixText = makeLabel("secondary");
    m_matrixText->setContentsMargins(scaledMargins(16, 0, 16, 12));
    m_matrixText->setWordWrap(true);
    auto* matrix = new QWidget;
    auto* matrixColumn = new QVBoxLayout(matrix);
    matrixColumn->setContentsMargins(0, 0, 0, 0);
    matrixColumn->addWidget(m_matrix, 1);
    matrixColumn->addWidget(m_matrixText);
    m_criteria = new IntervalPlot;
    m_agreementModel = new QStandardItemModel(0, agreementColumns, this);
    m_agreement = makeTable(m_agreementModel);
    m_raterModel = new QStandardItemModel(0, raterColumns, this);
    m_raters = makeTable(m_raterModel);
    m_cards[Ranking] = makeCard(m_ranking);
    m_cards[Matrix] = makeCard(matrix);
    m_cards[Criteria] = makeCard(m_criteria);
    m_cards[Agreement] = makeCard(m_agreement);
    m_cards[Raters] = makeCard(m_raters);
    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(12));
    first->addWidget(m_cards[Ranking].frame, 3);
    first->addWidget(m_cards[Matrix].frame, 2);
    column->addLayout(first);
    for (const Section section : { Criteria, Agreement, Raters })
        column->addWidget(m_cards[section].frame);
    m_notes = makeLabel("hint");
    m_notes->setWordWrap(true);
    column->addWidget(m_notes);
    column->addStretch();
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(body);
    return m_scroll;
}

QWidget* StudyReportView::makeFacts()
{
    auto* row = new QWidget;
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(scaled(12));
    for (Fact& fact : m_facts) {
        QFrame* card = makeFrame("card");
        auto* column = new QVBoxLayout(card);
        column->setContentsMargins(scaledMargins(16, 12, 16, 12));
        column->setSpacing(scaled(2));
        fact = { makeLabel("label"), makeLabel("page"), makeLabel("hint") };
        for (QLabel* label : { fact.name, fact.value, fact.detail }) {
            label->setWordWrap(true);
            column->addWidget(label);
        }
        column->addStretch();
        across->addWidget(card, 1);
    }
    m_cards[Summary].frame = nullptr;
    return row;
}

StudyReportView::Card StudyReportView::makeCard(QWidget* content)
{
    Card card{ makeFrame("card"), makeLabel("strong"), makeLabel("secondary") };
    auto* column = new QVBoxLayout(card.frame);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(scaledMargins(16, 8, 16, 8));
    head->setSpacing(scaled(8));
    head->addWidget(card.title);
    card.note->setWordWrap(true);
    head->addWidget(card.note, 1);
    column->addLayout(head);
    column->addWidget(makeLine());
    column->addWidget(content, 1);
    return card;
}

QTableView* StudyReportView::makeTable(QStandardItemModel* model)
{
    auto* table = new QTableView;
    table->setModel(model);
    table->setItemDelegate(new CellDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

void StudyReportView::connectParts()
{
    connect(m_sections->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                QFrame* frame = index.isValid()
                    ? m_cards[static_cast<std::size_t>(index.row())].frame
                    : nullptr;
                m_scroll->verticalScrollBar()->setValue(frame ? frame->y() - scaled(12) : 0);
            });
    for (QComboBox* box : m_slices)
        connect(box, &QComboBox::activated, this, [this] {
            const auto chosen = [this](std::size_t slice) {
                return toStdString(m_slices[slice]->currentData().toString());
            };
            m_options.category = chosen(0);
            m_options.person = chosen(1);
            m_options.language = chosen(2);
            refresh();
        });
    connect(m_leaveOut, &QCheckBox::clicked, this, [this](bool leaveOut) {
        m_options.leaveOutFlagged = leaveOut;
        refresh();
    });
    connect(m_matrix, &WinMatrix::currentChanged, this, [this](int row, int column) {
        m_matrixText->setText(m_matrix->cellText(row, column));
    });
    connect(m_empty, &EmptyView::buttonClicked, this, [this] {
        if (m_desk.study())
            emit rateRequested();
        else
            emit planRequested();
    });
    connect(&m_desk, &StudyDesk::opened, this, [this] {
        m_report.reset();
        m_options = {};
        m_options.slices = false;
        m_leaveOut->setChecked(false);
        fillSlices();
        retranslate();
    });
    connect(&m_desk, &StudyDesk::reported, this, &StudyReportView::show);
    connect(&m_desk, &StudyDesk::reportFailed, this, [this](const Error& error) {
        m_report.reset();
        retranslate();
        // Nobody has voted, or nobody in this slice: the page says so in its place.
        if (error.code != ErrorCode::InvalidInput || !m_desk.raters().empty())
            m_message->showMessage(MessageBar::Kind::Warning, Messages::forStudy(error).sentence,
                                   toQString(error.detail));
        emit reportChanged();
    });
}

void StudyReportView::refresh()
{
    m_message->clear();
    m_desk.report(m_options);
    retranslate();
}

void StudyReportView::fillSlices()
{
    const StudyFolder* study = m_desk.study();
    std::array<QSet<QString>, 3> values;
    if (study)
        for (const StudyItem& item : study->plan().items) {
            values[0].insert(toQString(item.category));
            values[1].insert(toQString(item.person));
            values[2].insert(toQString(item.language));
        }
    const QStringList all{ tr("All categories"), tr("All people"), tr("All languages") };
    for (std::size_t i = 0; i < values.size(); ++i) {
        const QString kept = m_slices[i]->currentData().toString();
        m_slices[i]->clear();
        m_slices[i]->addItem(all[static_cast<qsizetype>(i)]);
        QStringList names(values[i].begin(), values[i].end());
        names.removeAll(QString());
        names.sort();
        for (const QString& name : names)
            m_slices[i]->addItem(name, name);
        m_slices[i]->setCurrentIndex(std::max(0, m_slices[i]->findData(kept)));
        m_slices[i]->setVisible(names.size() > 1);
    }
    m_sliceName->setVisible(m_slices[0]->isVisibleTo(m_panel) || m_slices[1]->isVisibleTo(m_panel)
                            || m_slices[2]->isVisibleTo(m_panel));
}

void StudyReportView::show(const StudyReport& report)
{
    m_report = report;
    retranslate();
    emit reportChanged();
}

QList<QImage> StudyReportView::plots() const
{
    QList<QImage> all;
    if (!m_report)
        return all;
    const auto take = [&](QWidget* plot) {
        if (plot->isVisibleTo(m_stack))
            all.append(pictureOf(plot));
    };
    take(m_ranking);
    take(m_matrix);
    take(m_criteria);
    return all;
}

bool StudyReportView::takeKey(int key)
{
    if (key >= Qt::Key_1 && key < int(Qt::Key_1) + SectionCount)
        m_sections->setCurrentIndex(m_sectionNames->index(key - Qt::Key_1));
    else if (key == Qt::Key_F && m_leaveOut->isEnabled())
        m_leaveOut->click();
    else
        return false;
    return true;
}

QWidget* StudyReportView::firstFocus() const
{
    return m_report ? static_cast<QWidget*>(m_sections) : m_empty;
}

void StudyReportView::retranslate()
{
    m_sectionNames->setStringList({ tr("Summary"), tr("Ranking"), tr("Win probabilities"),
                                    tr("Criteria"), tr("Agreement"), tr("Raters") });
    m_sections->setAccessibleName(tr("Sections"));
    m_sliceName->setText(tr("Slice by"));
    m_leaveOut->setText(tr("Leave out flagged raters"));
    const QStringList counts{ tr("Raters"), tr("Items"), tr("Votes"), tr("Plan hash") };
    for (int count = 0; count < CountCount; ++count)
        m_counts->setName(count, counts[count]);
    fillSlices();
    const StudyFolder* study = m_desk.study();
    const bool computing = study && m_desk.isReporting() && !m_report;
    if (computing)
        m_empty->setContent(u"review"_s, tr("Computing the report…"));
    else if (!study)
        m_empty->setContent(u"review"_s, tr("No study is open"),
                            tr("Choose one under Plan, or start a new one there."),
                            tr("Go to Plan"));
    else
        m_empty->setContent(u"review"_s, tr("No votes to report yet"),
                            tr("The report grows with every vote that is stored."),
                            tr("Go to Rate"));
    m_stack->setCurrentIndex(m_report ? 1 : 0);
    if (!m_report)
        return;
    m_panel->setTitle(toQString(m_report->study));
    m_panel->setCount(tr("v%1").arg(m_report->version));
    const QString hash = toQString(m_report->hash);
    m_counts->setValue(RaterCount, QString::number(m_report->raters.size()));
    m_counts->setValue(ItemCount, QString::number(m_report->items));
    m_counts->setValue(VoteCount, QString::number(m_report->votes));
    m_counts->setValue(HashCount, hash.left(4) + u'…' + hash.right(4));
    m_leaveOut->setEnabled(m_report->flagged > 0 || m_options.leaveOutFlagged);
    showFacts();
    showRanking();
    showCriteria();
    showAgreement();
    showRaters();
    showNotes();
}

} // namespace adtailor
