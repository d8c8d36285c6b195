// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/win_matrix.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int matrixPadding = 16, matrixHeader = 26, cellHeight = 42, narrowestCell = 64;

QString matrixPercent(double share)
{
    return QStringLiteral("%1 %").arg(QLocale().toString(share * 100, 'f', 0));
}

} // namespace

WinMatrix::WinMatrix(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Row beats column"));
}

void WinMatrix::setMatrix(const QStringList& names, const QList<QList<Cell>>& cells)
{
    m_names = names;
    m_cells = cells;
    m_current = { count() > 1 ? 1 : 0, 0 };
    if (count() > 0)
        setAccessibleDescription(cellText(m_current.y(), m_current.x()));
    updateGeometry();
    update();
}

QString WinMatrix::cellText(int row, int column) const
{
    const QString left = m_names.value(row), right = m_names.value(column);
    if (row == column)
        return left;
    const Cell cell = m_cells.value(row).value(column);
    if (!cell.share)
        return tr("%1 and %2 were never compared.").arg(left, right);
    return cell.distinct
        ? tr("%1 is chosen before %2 in %3.").arg(left, right, matrixPercent(*cell.share))
        : tr("%1 and %2 cannot be told apart: %3.").arg(left, right, matrixPercent(*cell.share));
}

int WinMatrix::nameWidth() const
{
    const QFontMetrics metrics(typeFont(Type::Small));
    int width = 0;
    for (const QString& name : m_names)
        width = std::max(width, metrics.horizontalAdvance(name));
    return std::min(width + scaled(12), this->width() / 3);
}

QRectF WinMatrix::cellRect(int row, int column) const
{
    const double left = scaled(matrixPadding) + nameWidth(),
                 top = scaled(matrixPadding + matrixHeader);
    const double wide = (width() - scaled(matrixPadding) - left) / std::max(count(), 1);
    const double high = (height() - scaled(matrixPadding) - top) / std::max(count(), 1);
    return { left + column * wide, top + row * high, wide - 2, high - 2 };
}

QSize WinMatrix::sizeHint() const
{
    return { scaled(420), scaled(2 * matrixPadding + matrixHeader) + count() * scaled(cellHeight) };
}

QSize WinMatrix::minimumSizeHint() const
{
    return { scaled(2 * matrixPadding + 60) + count() * scaled(narrowestCell),
             sizeHint().height() };
}

void WinMatrix::moveTo(int row, int column)
{
    const QPoint next(std::clamp(column, 0, count() - 1), std::clamp(row, 0, count() - 1));
    if (count() == 0 || next == m_current)
        return;
    m_current = next;
    setAccessibleDescription(cellText(next.y(), next.x()));
    emit currentChanged(next.y(), next.x());
    update();
}

void WinMatrix::mousePressEvent(QMouseEvent* event)
{
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < count(); ++column)
            if (cellRect(row, column).contains(event->position()))
                moveTo(row, column);
}

void WinMatrix::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo(m_current.y(), m_current.x() - 1);
    case Qt::Key_Right:
        return moveTo(m_current.y(), m_current.x() + 1);
    case Qt::Key_Up:
        return moveTo(m_current.y() - 1, m_current.x());
    case Qt::Key_Down:
        return moveTo(m_current.y() + 1, m_current.x());
    default:
        QWidget::keyPressEvent(event);
    }
}

bool WinMatrix::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < count(); ++column)
            if (cellRect(row, column).contains(help->pos()))
                QToolTip::showText(help->globalPos(), cellText(row, column), this);
    return true;
}

void WinMatrix::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(typeFont(Type::Small));
    painter.setPen(colors().textSecondary);
    for (int i = 0; i < count(); ++i) {
        const QRectF cell = cellRect(i, i);
        const auto elided = [&](double room) {
            return painter.fontMetrics().elidedText(m_names[i], Qt::ElideRight, int(room));
        };
        painter.drawText(
            QRectF(cell.left(), scaled(matrixPadding), cell.width(), scaled(matrixHeader)),
            Qt::AlignCenter, elided(cell.width() - 4));
        const double room = nameWidth() - scaled(10);
        painter.drawText(QRectF(scaled(matrixPadding), cell.top(), room, cell.height()),
                         Qt::AlignRight | Qt::AlignVCenter, elided(room));
    }
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < count(); ++column)
            paintCell(painter, row, column);
}

void WinMatrix::paintCell(QPainter& painter, int row, int column) const
{
    const QRectF box = cellRect(row, column);
    const Cell cell = m_cells.value(row).value(column);
    painter.save();
    if (row == column) {
        painter.fillRect(box, colors().window);
    } else if (!cell.distinct) {
        paintHatch(painter, box);
    } else {
        painter.fillRect(box, *cell.share > 0.5 ? colors().accentSoft : colors().raised);
    }
    const bool cursor = hasFocus() && m_current == QPoint(column, row);
    painter.setPen(QPen(cursor ? colors().accent : colors().divider, cursor ? 2 : 1));
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    if (row != column) {
        const QString number = cell.share ? matrixPercent(*cell.share) : QStringLiteral("–");
        painter.setPen(colors().text);
        painter.setFont(typeFont(Type::Number));
        const bool words = !cell.distinct && cell.share;
        const QPointF half(0, words ? lineHeight(Type::Caption) / 2.0 : 0);
        painter.drawText(box.translated(-half), Qt::AlignCenter, number);
        if (words) {
            painter.setFont(typeFont(Type::Caption));
            painter.setPen(colors().textSecondary);
            painter.drawText(box.translated(half), Qt::AlignCenter,
                             painter.fontMetrics().elidedText(tr("cannot tell"), Qt::ElideRight,
                                                              int(box.width()) - 4));
        }
    }
    painter.restore();
}

} // namespace adtailor
