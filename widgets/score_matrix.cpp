// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/score_matrix.h"

#include "widgets/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int cellGap = 2;
constexpr int extraGap = 8; // before the column of the person
constexpr int mostCellWidth = 52;
constexpr int cellHeight = 32;
constexpr int scaleHeight = 34;

double luminance(const QColor& color)
{
    const auto linear
        = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

// Black or white, whichever contrasts more: at least 4.5 on any ground.
QColor inkOn(const QColor& ground)
{
    const double light = luminance(ground) + 0.05;
    return 1.05 / light > light / 0.05 ? Qt::white : Qt::black;
}

QColor groundOf(double value)
{
    const auto& scale = colors().matrix;
    const double place = std::clamp(value, 0.0, 1.0) * (scale.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const auto high = std::min(low + 1, scale.size() - 1);
    const double t = place - static_cast<double>(low);
    const auto mix = [t](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * t)); };
    return { mix(scale[low].red(), scale[high].red()), mix(scale[low].green(), scale[high].green()),
             mix(scale[low].blue(), scale[high].blue()) };
}

} // namespace

ScoreMatrix::ScoreMatrix(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ScoreMatrix::setScores(const QStringList& names, const QStringList& shortNames,
                            const Values& values)
{
    m_names = names;
    m_shortNames = shortNames;
    m_shortNames.resize(m_names.size());
    m_values = values;
    m_values.resize(static_cast<std::size_t>(count()) * count());
    m_extra.clear();
    setCurrent(m_row, m_column);
    updateGeometry();
}

void ScoreMatrix::setExtraColumn(const QString& name, const Values& values)
{
    m_extraName = name;
    m_extra = values;
    if (!m_extra.empty())
        m_extra.resize(static_cast<std::size_t>(count()));
    setCurrent(m_row, m_column);
}

void ScoreMatrix::setEnds(const QString& low, const QString& high)
{
    m_low = low;
    m_high = high;
    update();
}

void ScoreMatrix::setCurrent(int row, int column)
{
    const bool inside = row >= 0 && row < count() && column >= 0 && column < columns();
    m_row = inside ? row : -1;
    m_column = inside ? column : -1;
    describe();
    update();
}

std::optional<double> ScoreMatrix::value(int row, int column) const
{
    if (column == count())
        return m_extra[static_cast<std::size_t>(row)];
    return m_values[static_cast<std::size_t>(row) * count() + column];
}

QString ScoreMatrix::cellText(int row, int column) const
{
    if (row == column)
        return QStringLiteral("–");
    const auto score = value(row, column);
    return score ? QLocale().toString(*score, 'f', 2) : QStringLiteral("…");
}

QString ScoreMatrix::cellSentence(int row, int column) const
{
    const QString other = column == count() ? m_extraName : m_names[column];
    if (row == column)
        return m_names[row];
    return tr("%1 and %2: %3").arg(m_names[row], other, cellText(row, column));
}

void ScoreMatrix::describe()
{
    setAccessibleDescription(m_row < 0 ? tr("No cell is chosen.") : cellSentence(m_row, m_column));
}

double ScoreMatrix::headWidth() const
{
    const QFontMetrics metrics(typeFont(Type::Small));
    int widest = scaled(24);
    for (const QString& name : m_names)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    return std::min(widest, scaled(84)) + scaled(8);
}

double ScoreMatrix::headHeight() const
{
    return lineHeight(Type::Small) + scaled(4);
}

QRectF ScoreMatrix::cellRect(int row, int column) const
{
    const double gap = m_extra.empty() ? 0 : scaled(extraGap);
    const double room = width() - headWidth() - gap;
    const double wide = std::min<double>(scaled(mostCellWidth), room / std::max(1, columns()));
    const double x = headWidth() + column * wide + (column == count() ? gap : 0);
    return { x, headHeight() + row * scaled(cellHeight), wide - cellGap,
             static_cast<double>(scaled(cellHeight) - cellGap) };
}

bool ScoreMatrix::cellAt(const QPointF& point, int& row, int& column) const
{
    for (row = 0; row < count(); ++row)
        for (column = 0; column < columns(); ++column)
            if (cellRect(row, column).contains(point))
                return true;
    return false;
}

int ScoreMatrix::heightForWidth(int) const
{
    return static_cast<int>(headHeight()) + count() * scaled(cellHeight) + scaled(scaleHeight);
}

QSize ScoreMatrix::sizeHint() const
{
    return { scaled(340), heightForWidth(0) };
}

QSize ScoreMatrix::minimumSizeHint() const
{
    return { static_cast<int>(headWidth()) + columns() * scaled(36) + scaled(extraGap),
             heightForWidth(0) };
}

void ScoreMatrix::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintNames(painter);
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < columns(); ++column)
            paintCell(painter, row, column);
    if (m_row >= 0) {
        painter.setPen(QPen(colors().focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cellRect(m_row, m_column).adjusted(0, 0, -1, -1));
    }
    paintScale(painter);
}

void ScoreMatrix::paintNames(QPainter& painter) const
{
    painter.setFont(typeFont(Type::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    for (int i = 0; i < count(); ++i) {
        painter.setPen(colors().textSecondary);
        const QRectF row = cellRect(i, 0);
        painter.drawText(QRectF(0, row.top(), headWidth() - scaled(8), row.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_names[i], Qt::ElideRight,
                                            static_cast<int>(headWidth()) - scaled(8)));
    }
    for (int i = 0; i < columns(); ++i) {
        const QRectF cell = cellRect(0, i);
        const QString name = i == count() ? m_extraName : m_shortNames[i];
        painter.setPen(i == count() ? colors().personText : colors().textSecondary);
        painter.drawText(
            QRectF(cell.left() - 4, 0, cell.width() + 8, headHeight()), Qt::AlignCenter,
            metrics.elidedText(name, Qt::ElideRight, static_cast<int>(cell.width()) + 8));
    }
}

void ScoreMatrix::paintCell(QPainter& painter, int row, int column) const
{
    const QRectF cell = cellRect(row, column);
    const auto score = row == column ? std::nullopt : value(row, column);
    const QColor ground = score ? groundOf(*score) : colors().raised;
    painter.fillRect(cell, ground);
    painter.setFont(typeFont(Type::Number));
    painter.setPen(score ? inkOn(ground) : colors().textMuted);
    painter.drawText(cell, Qt::AlignCenter, cellText(row, column));
}

void ScoreMatrix::paintScale(QPainter& painter) const
{
    if (m_low.isEmpty() || count() == 0)
        return;
    painter.setFont(typeFont(Type::Small));
    painter.setPen(colors().textSecondary);
    const QFontMetrics metrics = painter.fontMetrics();
    const double top = height() - scaled(scaleHeight - 6);
    const double low = metrics.horizontalAdvance(m_low), high = metrics.horizontalAdvance(m_high);
    const double wide = std::clamp<double>(width() - low - high - scaled(20), 0, scaled(150));
    const double line = lineHeight(Type::Small);
    painter.drawText(QRectF(0, top, low + 1, line), Qt::AlignVCenter, m_low);
    const QRectF bar(low + scaled(8), top + (line - scaled(10)) / 2, wide, scaled(10));
    constexpr int parts = 5;
    for (int i = 0; i < parts; ++i)
        painter.fillRect(QRectF(bar.left() + bar.width() * i / parts, bar.top(),
                                bar.width() / parts + 0.5, bar.height()),
                         colors().matrix[static_cast<std::size_t>(i)]);
    painter.setPen(QPen(colors().outline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
    painter.setPen(colors().textSecondary);
    painter.drawText(QRectF(bar.right() + scaled(8), top, high + 1, line), Qt::AlignVCenter,
                     m_high);
}

void ScoreMatrix::choose(int row, int column)
{
    if (row == m_row && column == m_column)
        return;
    setCurrent(row, column);
    if (m_row >= 0)
        emit cellChosen(m_row, m_column);
}

void ScoreMatrix::mousePressEvent(QMouseEvent* event)
{
    int row = 0, column = 0;
    if (event->button() == Qt::LeftButton && cellAt(event->position(), row, column))
        choose(row, column);
}

void ScoreMatrix::mouseDoubleClickEvent(QMouseEvent*)
{
    if (m_row >= 0)
        emit cellActivated(m_row, m_column);
}

void ScoreMatrix::keyPressEvent(QKeyEvent* event)
{
    const int row = std::max(0, m_row), column = std::max(0, m_column);
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(row, std::max(0, column - 1));
    case Qt::Key_Right:
        return choose(row, std::min(columns() - 1, column + 1));
    case Qt::Key_Up:
        return choose(std::max(0, row - 1), column);
    case Qt::Key_Down:
        return choose(std::min(count() - 1, row + 1), column);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_row >= 0)
            emit cellActivated(m_row, m_column);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ScoreMatrix::focusInEvent(QFocusEvent* event)
{
    if (m_row < 0 && count() > 1 && event->reason() != Qt::MouseFocusReason)
        setCurrent(0, 1);
    QWidget::focusInEvent(event);
}

bool ScoreMatrix::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        int row = 0, column = 0;
        if (cellAt(help->pos(), row, column))
            QToolTip::showText(help->globalPos(), cellSentence(row, column).toHtmlEscaped());
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace adtailor
