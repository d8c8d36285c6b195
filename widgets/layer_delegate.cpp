// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_delegate.h"

#include "widgets/icon.h"
#include "widgets/look.h"
#include "widgets/thumbnail_delegate.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace adtailor {

namespace {

QRect layerEyeRect(const QRect& row)
{
    const int side = scaled(Look::current().sizes.hitMinimum);
    return { row.right() - side - scaled(4), row.center().y() - side / 2, side, side };
}

QRectF layerIconBox(const QPointF& centre)
{
    const double side = scaled(Look::current().sizes.icon);
    return { centre.x() - side / 2, centre.y() - side / 2, side, side };
}

void paintLayerWords(QPainter& painter, const QRect& box, const QModelIndex& index, bool dimmed)
{
    const QFont name = typeFont(Type::Body), detail = typeFont(Type::Small);
    const int high = lineHeight(Type::Body), low = lineHeight(Type::Small);
    const int top = box.center().y() - (high + low) / 2;
    const auto line
        = [&](const QFont& font, const QColor& colour, int y, int height, const QVariant& text) {
              painter.setFont(font);
              painter.setPen(colour);
              painter.drawText(
                  QRect(box.left(), y, box.width(), height), Qt::AlignVCenter,
                  QFontMetrics(font).elidedText(text.toString(), Qt::ElideRight, box.width()));
          };
    line(name, dimmed ? colors().textMuted : colors().text, top, high, index.data());
    line(detail, colors().textMuted, top + high, low, index.data(DetailRole));
}

} // namespace

LayerDelegate::LayerDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const int words = lineHeight(Type::Body) + lineHeight(Type::Small) + scaled(8);
    return { scaled(120), std::max(words, scaled(Look::current().sizes.rowTwoLine)) };
}

void LayerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    painter->save();
    const QRect row = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(row, colors().selected);
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), colors().accent);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, colors().hover);
    }
    painter->setPen(QPen(colors().divider, 1));
    painter->drawLine(row.bottomLeft(), row.bottomRight());
    const QVariant check = index.data(Qt::CheckStateRole);
    const bool shown = !check.isValid() || check.toInt() == Qt::Checked;
    const QColor ink = shown ? colors().textSecondary : colors().textMuted;
    paintIcon(*painter, layerIconBox(QPointF(row.left() + scaled(24), row.center().y())),
              index.data(LayerIconRole).toString(), ink);
    const QRect eye = layerEyeRect(row);
    const int left = row.left() + scaled(44);
    paintLayerWords(*painter, QRect(left, row.top(), eye.left() - left - scaled(4), row.height()),
                    index, !shown);
    const QString sign = !check.isValid() ? QStringLiteral("lock")
        : shown                           ? QStringLiteral("eye")
                                          : QStringLiteral("eye-off");
    paintIcon(*painter, layerIconBox(QRectF(eye).center()), sign, ink);
    painter->restore();
}

bool LayerDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const QVariant check = index.data(Qt::CheckStateRole);
    bool toggles = false;
    if (event->type() == QEvent::MouseButtonRelease)
        toggles = layerEyeRect(option.rect).contains(static_cast<QMouseEvent*>(event)->pos());
    else if (event->type() == QEvent::KeyPress)
        toggles = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    if (!toggles || !check.isValid())
        return false;
    return model->setData(index, check.toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                          Qt::CheckStateRole);
}

} // namespace adtailor
