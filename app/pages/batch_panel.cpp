// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/batch_panel.h"

#include "app/ad_board.h"
#include "app/pages/page_parts.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/thumbnail_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace adtailor {

BatchPanel::BatchPanel(AdBoard& board, QWidget* parent)
    : QWidget(parent)
    , m_board(board)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    m_filter = new QSortFilterProxyModel(this);
    m_filter->setSourceModel(&board.model());
    m_filter->setFilterRole(AdListModel::BatchRole);
    m_list = new ThumbnailView;
    m_list->setArrangement(ThumbnailView::Arrangement::Rows);
    m_list->setModel(m_filter);
    m_panel->setBody(m_list);
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(scaledMargins(16, 8, 16, 8));
    m_why = new KeyButton({}, KeyButton::Kind::Plain);
    m_why->setIconName(QStringLiteral("heat"));
    m_compare = new KeyButton({}, KeyButton::Kind::Plain);
    m_compare->setIconName(QStringLiteral("compare"));
    row->addWidget(m_why);
    row->addWidget(m_compare);
    row->addStretch();
    m_panel->setFooter(footer);
    connect(m_compare, &KeyButton::clicked, this, &BatchPanel::compareRequested);
    connect(m_why, &KeyButton::clicked, this, &BatchPanel::askWhy);
    connect(m_list, &ThumbnailView::currentRowChanged, this, [this] {
        showButtons();
        emit adChanged();
    });
    connect(m_list, &ThumbnailView::starClicked, this, [this](const QModelIndex& index) {
        const int at = m_filter->mapToSource(index).row();
        m_board.star(at, !m_board.model().at(at).starred);
    });
    connect(&board, &AdBoard::grown, this, &BatchPanel::follow);
    retranslate();
    follow();
}

void BatchPanel::follow()
{
    const quint64 group = m_board.lastGroup();
    if (group != m_shown || m_filter->filterRegularExpression().pattern().isEmpty()) {
        m_shown = group;
        m_filter->setFilterRegularExpression(QStringLiteral("^%1$").arg(group));
        if (m_filter->rowCount() > 0)
            m_list->setCurrentIndex(m_filter->index(0, 0));
    }
    int done = 0;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        done += m_filter->index(row, 0).data(AdListModel::ShownRole).toBool() ? 1 : 0;
    m_panel->setCount(m_filter->rowCount() > 0
                          ? tr("%1 of %2 done").arg(done).arg(m_filter->rowCount())
                          : QString());
    showButtons();
    emit adChanged();
}

void BatchPanel::setRunning(bool running)
{
    m_running = running;
    showButtons();
}

void BatchPanel::showButtons()
{
    m_compare->setEnabled(!m_board.ads().empty() && !m_running);
    m_why->setEnabled(current());
}

int BatchPanel::sourceRow() const
{
    QModelIndex index = m_list->currentIndex();
    if (!index.isValid() && m_filter->rowCount() > 0)
        index = m_filter->index(0, 0);
    return index.isValid() ? m_filter->mapToSource(index).row() : -1;
}

const AdItem* BatchPanel::current() const
{
    const int row = sourceRow();
    return row < 0 ? nullptr : &m_board.model().at(row);
}

int BatchPanel::place() const
{
    return std::max(0, m_list->currentIndex().row()) + 1;
}

int BatchPanel::count() const
{
    return m_filter->rowCount();
}

QList<int> BatchPanel::numbers() const
{
    QList<int> numbers;
    for (int row = 0; row < count(); ++row)
        numbers.append(
            m_board.model().at(m_filter->mapToSource(m_filter->index(row, 0)).row()).number);
    return numbers;
}

void BatchPanel::step(int direction)
{
    const int row = place() - 1 + direction;
    if (row >= 0 && row < count())
        m_list->setCurrentIndex(m_filter->index(row, 0));
}

void BatchPanel::choose(int number)
{
    const QModelIndex source = m_board.model().index(m_board.model().rowOf(number));
    if (const QModelIndex index = m_filter->mapFromSource(source); index.isValid())
        m_list->setCurrentIndex(index);
}

void BatchPanel::askWhy()
{
    if (const AdItem* ad = current())
        emit whyRequested(ad->number);
}

void BatchPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void BatchPanel::retranslate()
{
    m_panel->setTitle(tr("This batch"));
    m_list->setAccessibleName(tr("This batch"));
    m_list->setEmptyText(tr("The ads of a batch are listed here."));
    m_compare->setText(tr("Compare"));
    m_why->setText(tr("Why"));
    m_why->setToolTip(tr("What of the history this ad was made from (W)"));
}

} // namespace adtailor
