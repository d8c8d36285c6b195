// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/thumbnail_view.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace adtailor {

ThumbnailView::ThumbnailView(QWidget* parent)
    : QListView(parent)
    , m_delegate(new ThumbnailDelegate(this))
    , m_emptyButton(new QPushButton(this))
{
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setResizeMode(QListView::Adjust);
    setMouseTracking(true); // rows show the pointer
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_emptyButton->hide();
    connect(m_emptyButton, &QPushButton::clicked, this, &ThumbnailView::emptyButtonClicked);
    connect(m_delegate, &ThumbnailDelegate::starClicked, this, &ThumbnailView::starClicked);
    setAccessibleName(tr("Pictures"));
    arrange();
}

void ThumbnailView::setModel(QAbstractItemModel* model)
{
    if (this->model())
        this->model()->disconnect(this);
    QListView::setModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &ThumbnailView::refreshEmpty);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &ThumbnailView::refreshEmpty);
        connect(model, &QAbstractItemModel::modelReset, this, &ThumbnailView::refreshEmpty);
    }
    refreshEmpty();
}

void ThumbnailView::setArrangement(Arrangement arrangement)
{
    m_arrangement = arrangement;
    arrange();
}

void ThumbnailView::setTileWidth(int pixels)
{
    m_tileWidth = std::max(80, pixels);
    arrange();
}

void ThumbnailView::setNotes(bool notes)
{
    m_delegate->setNotes(notes);
    arrange();
}

void ThumbnailView::setEmptyText(const QString& sentence, const QString& button,
                                 const QString& icon)
{
    m_emptyText = sentence;
    m_emptyIcon = icon;
    m_emptyButton->setText(button);
    refreshEmpty();
}

void ThumbnailView::arrange()
{
    setFlow(m_arrangement == Arrangement::Rows ? QListView::TopToBottom : QListView::LeftToRight);
    setWrapping(m_arrangement == Arrangement::Grid);
    setVerticalScrollBarPolicy(m_arrangement == Arrangement::Filmstrip ? Qt::ScrollBarAlwaysOff
                                                                       : Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(m_arrangement == Arrangement::Filmstrip ? Qt::ScrollBarAsNeeded
                                                                         : Qt::ScrollBarAlwaysOff);
    switch (m_arrangement) {
    case Arrangement::Grid: {
        setViewportMargins(scaled(8), scaled(4), 0, 0);
        m_delegate->setShape(ThumbnailDelegate::Shape::Tile);
        // The scroll bar's room is always left free, so that its coming does not change the tiles.
        // One pixel less, or QListView's own reckoning may find the last column too wide.
        const int room = viewport()->width()
            - (verticalScrollBar()->isVisible()
                   ? 0
                   : style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, verticalScrollBar()))
            - 1;
        const int columns = std::max(1, room / scaled(m_tileWidth + 12));
        m_delegate->setTileWidth(std::max(scaled(80), room / columns));
        setGridSize(m_delegate->sizeHint(QStyleOptionViewItem(), QModelIndex()));
        break;
    }
    case Arrangement::Filmstrip:
        setViewportMargins(0, 0, 0, 0);
        m_delegate->setShape(ThumbnailDelegate::Shape::Strip);
        setGridSize(m_delegate->sizeHint(QStyleOptionViewItem(), QModelIndex()));
        break;
    case Arrangement::Rows:
        setViewportMargins(0, 0, 0, 0);
        m_delegate->setShape(ThumbnailDelegate::Shape::Row);
        setGridSize({});
        break;
    }
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void ThumbnailView::refreshEmpty()
{
    const bool empty = !model() || model()->rowCount(rootIndex()) == 0;
    m_emptyButton->setVisible(empty && !m_emptyButton->text().isEmpty());
    m_emptyButton->adjustSize();
    m_emptyButton->move((width() - m_emptyButton->width()) / 2, height() / 2 + scaled(16));
    setAccessibleDescription(empty ? m_emptyText : QString());
    viewport()->update();
}

void ThumbnailView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    arrange();
    refreshEmpty();
}

void ThumbnailView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_delegate)
        arrange();
}

void ThumbnailView::keyPressEvent(QKeyEvent* event)
{
    // Ctrl and Alt combinations belong to the page; a list would swallow Enter too.
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) {
        event->ignore();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        emit activated(currentIndex());
        return;
    }
    QListView::keyPressEvent(event);
}

void ThumbnailView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    emit currentRowChanged(current.isValid() ? current.row() : -1);
}

void ThumbnailView::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if ((model() && model()->rowCount(rootIndex()) > 0) || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    const QRect all = viewport()->rect();
    const int middle = all.height() / 2;
    if (!m_emptyIcon.isEmpty()) {
        const int side = scaled(32);
        paintIcon(painter, QRect((all.width() - side) / 2, middle - scaled(84), side, side),
                  m_emptyIcon, colors().textMuted);
    }
    painter.setFont(typeFont(Type::Body));
    painter.setPen(colors().textSecondary);
    painter.drawText(QRect(scaled(16), middle - scaled(46), all.width() - scaled(32), scaled(56)),
                     Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace adtailor
