// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue_panel.h"

#include "app/models/job_queue.h"
#include "app/pages/page_parts.h"
#include "widgets/cell_delegate.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/paint_helpers.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

namespace adtailor {

namespace {

constexpr int meterWidth = 180;
using State = QueueEntry::State;

} // namespace

// The finished share as a bar; its number is the cell's text.
class QueuePanel::MeterDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        m_ground.paint(painter, option, {});
        const int high = scaled(6);
        const QRectF bar(option.rect.x() + scaled(8), option.rect.center().y() - high / 2.0,
                         option.rect.width() - scaled(16), high);
        painter->save();
        paintMeter(*painter, bar, index.data(JobQueue::FractionDoneRole).toDouble(),
                   colors().accent);
        painter->restore();
    }

private:
    CellDelegate m_ground;
};

QueuePanel::QueuePanel(JobQueue& queue, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_panel(new Panel)
{
    makeTools();
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_message = new MessageBar;
    column->addWidget(m_message);
    makeTable();
    column->addWidget(m_table, 1);
    m_panel->setBody(body);
    fillWith(this, m_panel);
    connect(&m_queue, &QAbstractItemModel::modelReset, this, &QueuePanel::showState);
    connect(&m_queue, &QAbstractItemModel::rowsInserted, this, &QueuePanel::showState);
    connect(&m_queue, &QAbstractItemModel::rowsRemoved, this, &QueuePanel::showState);
    connect(&m_queue, &QAbstractItemModel::dataChanged, this, &QueuePanel::showState);
    connect(&m_queue, &JobQueue::pausedChanged, this, &QueuePanel::showState);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &QueuePanel::showState);
    connect(m_message, &MessageBar::buttonClicked, this, [this](int button) {
        m_message->clear();
        if (button == 0)
            m_queue.setPaused(false);
        if (button == 2)
            for (int row = m_queue.rowCount() - 1; row >= 0; --row)
                m_queue.remove(m_queue.entries().at(static_cast<std::size_t>(row)).id);
    });
    retranslate();
}

void QueuePanel::makeTools()
{
    m_hold = makeToolButton(QStringLiteral("play"));
    m_up = makeToolButton(QStringLiteral("chevron-up"));
    m_down = makeToolButton(QStringLiteral("chevron-down"));
    m_remove = makeToolButton(QStringLiteral("trash"));
    m_pause = makeToolButton(QStringLiteral("pause"));
    m_pause->setCheckable(true);
    m_pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_pause->setProperty("kind", QStringLiteral("text"));
    for (QToolButton* button : { m_hold, m_up, m_down, m_remove, m_pause })
        m_panel->addTool(button);
    connect(m_hold, &QToolButton::clicked, this, &QueuePanel::holdOrRetry);
    connect(m_up, &QToolButton::clicked, this, [this] { moveChosen(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveChosen(1); });
    connect(m_remove, &QToolButton::clicked, this, &QueuePanel::removeChosen);
    connect(m_pause, &QToolButton::clicked, &m_queue, &JobQueue::setPaused);
}

void QueuePanel::makeTable()
{
    m_table = new QTableView;
    m_table->setModel(&m_queue);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setItemDelegateForColumn(JobQueue::Done, new MeterDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setDragEnabled(true);
    m_table->setAcceptDrops(true);
    m_table->setDragDropMode(QAbstractItemView::InternalMove);
    m_table->setDragDropOverwriteMode(false);
    m_table->setDropIndicatorShown(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(Look::current().sizes.row));
    m_table->setMinimumHeight(scaled(Look::current().sizes.row));
    QHeaderView* header = m_table->horizontalHeader();
    header->hide();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(JobQueue::Name, QHeaderView::Stretch);
    header->setSectionResizeMode(JobQueue::What, QHeaderView::Stretch);
    m_table->setColumnWidth(JobQueue::Done, scaled(meterWidth));
    m_table->setColumnWidth(JobQueue::Left, scaled(100));
    m_table->installEventFilter(this);
}

void QueuePanel::addTool(QWidget* tool)
{
    m_panel->addTool(tool);
}

QWidget* QueuePanel::firstFocus() const
{
    return m_table;
}

qint64 QueuePanel::chosen() const
{
    const int row = m_table->currentIndex().row();
    return row < 0 ? 0 : m_queue.entries().at(static_cast<std::size_t>(row)).id;
}

void QueuePanel::holdOrRetry()
{
    const qint64 id = chosen();
    if (!id)
        return;
    const State state = m_queue.entries().at(static_cast<std::size_t>(m_queue.rowOf(id))).state;
    if (state == State::Failed)
        m_queue.retry(id);
    else
        m_queue.hold(id, state == State::Waiting);
}

void QueuePanel::moveChosen(int by)
{
    const int row = m_table->currentIndex().row();
    m_queue.move(row, row + by);
}

void QueuePanel::removeChosen()
{
    const qint64 id = chosen();
    if (!id)
        return;
    if (m_queue.entries().at(static_cast<std::size_t>(m_queue.rowOf(id))).state == State::Running)
        emit stopRequested();
    else
        m_queue.remove(id);
}

void QueuePanel::askToResume()
{
    const int ads = m_queue.waitingAds();
    if (ads == 0)
        return m_message->clear();
    m_message->showMessage(MessageBar::Kind::Info,
                           tr("%n ad(s) were waiting when AdTailor closed.", nullptr, ads),
                           tr("Nothing was lost. The queue is paused."),
                           { tr("Resume queue"), tr("Keep paused"), tr("Discard") });
}

void QueuePanel::showState()
{
    const int going = m_queue.count(State::Waiting) + m_queue.count(State::Running)
        + m_queue.count(State::Held);
    const int failed = m_queue.count(State::Failed);
    QString words
        = going + failed == 0 ? tr("Nothing waits.") : tr("%n running or waiting", nullptr, going);
    if (failed > 0)
        words = tr("%1 · %2").arg(words, tr("%n failed", nullptr, failed));
    if (m_queue.isPaused() && going > 0)
        words = tr("%1 · paused").arg(words);
    m_panel->setCount(words);
    m_pause->setChecked(m_queue.isPaused());
    m_pause->setText(m_queue.isPaused() ? tr("Resume") : tr("Pause"));
    const int row = m_table->currentIndex().row();
    const bool any = row >= 0 && row < m_queue.rowCount();
    const State state
        = any ? m_queue.entries().at(static_cast<std::size_t>(row)).state : State::Running;
    m_hold->setEnabled(any && state != State::Running);
    describeButton(m_hold,
                   state == State::Failed     ? tr("Try this one again")
                       : state == State::Held ? tr("Let this one run")
                                              : tr("Hold this one back"),
                   tr("Space"));
    m_up->setEnabled(any && row > 0);
    m_down->setEnabled(any && row + 1 < m_queue.rowCount());
    m_remove->setEnabled(any);
    if (m_queue.rowCount() == 0 || !m_queue.isPaused())
        m_message->clear();
}

bool QueuePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool alt = key->modifiers() == Qt::AltModifier;
    if (alt && key->key() == Qt::Key_Up)
        moveChosen(-1);
    else if (alt && key->key() == Qt::Key_Down)
        moveChosen(1);
    else if (key->key() == Qt::Key_Space)
        holdOrRetry();
    else if (key->key() == Qt::Key_Delete)
        removeChosen();
    else
        return false;
    return true;
}

void QueuePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void QueuePanel::retranslate()
{
    m_panel->setTitle(tr("Queue"));
    m_table->setAccessibleName(tr("Queue"));
    describeButton(m_up, tr("Earlier"), QStringLiteral("Alt+↑"));
    describeButton(m_down, tr("Later"), QStringLiteral("Alt+↓"));
    describeButton(m_remove, tr("Take out of the queue"), tr("Delete"));
    m_pause->setToolTip(tr("Starts no further ads until it is resumed"));
    showState();
}

} // namespace adtailor
