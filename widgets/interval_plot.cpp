// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interval_plot.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int plotPadding = 16, singleRow = 40, pointStep = 14, axisRoom = 24, legendRoom = 24;
constexpr double plotHeadroom = 0.05; // of the axis, on both sides of the intervals
constexpr int wantedTicks = 6;
constexpr double widestStretch = 1.6; // of rows, where there is room

QColor plotInk(int color)
{
    const auto& series = colors().series;
    return color < 0 ? colors().outline : series[static_cast<std::size_t>(color) % series.size()];
}

// 1, 2 or 5 times a power of ten.
double roundStep(double span)
{
    const double raw = span / wantedTicks;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    const double times = raw / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

double positionOf(double value, const IntervalPlot::Range& range, const QRectF& plot)
{
    const double share = (value - range.low) / (range.high - range.low);
    return plot.left() + std::clamp(share, 0.0, 1.0) * plot.width();
}

void paintMark(QPainter& painter, const QPointF& at, const QColor& color, bool square,
               double radius)
{
    painter.setPen(QPen(color, 2));
    painter.setBrush(square ? colors().panel : color);
    if (square)
        painter.drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
    else
        painter.drawEllipse(at, radius, radius);
}

} // namespace

IntervalPlot::IntervalPlot(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Values with intervals"));
}

void IntervalPlot::setRows(const QList<Row>& rows)
{
    m_rows = rows;
    describe();
    updateGeometry();
    update();
}

void IntervalPlot::setDecimals(int decimals)
{
    m_decimals = decimals;
    describe();
    update();
}

void IntervalPlot::setAxis(const std::optional<Range>& range)
{
    m_axis = range;
    update();
}

void IntervalPlot::setLegend(const QList<Legend>& legend)
{
    m_legend = legend;
    updateGeometry();
    update();
}

QString IntervalPlot::number(double value) const
{
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    return plain.toString(value, 'f', m_decimals);
}

// What a screen reader says: every value with its intervals.
void IntervalPlot::describe()
{
    QStringList words;
    for (const Row& row : m_rows) {
        if (row.points.isEmpty())
            words.append(tr("%1: %2").arg(row.name, row.note));
        for (const Point& point : row.points) {
            const auto& range = point.thick ? point.thick : point.thin;
            words.append(range ? tr("%1: %2, between %3 and %4")
                                     .arg(row.name, number(point.value), number(range->low),
                                          number(range->high))
                               : tr("%1: %2").arg(row.name, number(point.value)));
        }
    }
    setAccessibleDescription(words.join(QLatin1Char('\n')));
}

IntervalPlot::Range IntervalPlot::shownRange() const
{
    if (m_axis)
        return *m_axis;
    std::optional<Range> all;
    const auto take = [&](double low, double high) {
        all = all ? Range{ std::min(all->low, low), std::max(all->high, high) }
                  : Range{ low, high };
    };
    for (const Row& row : m_rows)
        for (const Point& point : row.points) {
            take(point.value, point.value);
            for (const auto& range : { point.thick, point.thin })
                if (range)
                    take(range->low, range->high);
        }
    if (!all)
        return { 0, 1 };
    const double room
        = std::max((all->high - all->low) * plotHeadroom, 1e-9 + std::abs(all->low) * 1e-3);
    return { all->low - room, all->high + room };
}

int IntervalPlot::nameWidth() const
{
    const QFontMetrics metrics(typeFont(Type::Strong));
    int width = 0;
    for (const Row& row : m_rows)
        width = std::max(width, metrics.horizontalAdvance(row.name));
    return std::min(width + scaled(24), this->width() * 2 / 5);
}

int IntervalPlot::rowHeight(const Row& row) const
{
    const int points = static_cast<int>(row.points.size());
    return std::max(scaled(singleRow), points * scaled(pointStep) + scaled(12));
}

QSize IntervalPlot::sizeHint() const
{
    int height = 2 * scaled(plotPadding) + scaled(axisRoom);
    for (const Row& row : m_rows)
        height += rowHeight(row);
    return { scaled(520), height + layLegend(nullptr, 0) * scaled(legendRoom) };
}

QSize IntervalPlot::minimumSizeHint() const
{
    return { scaled(280), sizeHint().height() };
}

void IntervalPlot::resizeEvent(QResizeEvent*)
{
    updateGeometry(); // the legend may need another line
}

void IntervalPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void IntervalPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool alone = std::all_of(m_rows.begin(), m_rows.end(),
                                   [](const Row& row) { return row.points.size() <= 1; });
    const int values = alone ? scaled(64) : scaled(16); // a lone value stands at the right end
    QRectF plot = QRectF(rect()).adjusted(scaled(plotPadding) + nameWidth(), scaled(plotPadding),
                                          -scaled(plotPadding) - values, -scaled(plotPadding));
    plot.setBottom(plot.bottom() - layLegend(nullptr, 0) * scaled(legendRoom));
    plot.setBottom(plot.bottom() - scaled(axisRoom));
    paintAxis(painter, plot);
    double y = plot.top();
    for (const Row& row : m_rows) {
        const QRectF band(scaled(plotPadding), y, width() - 2 * scaled(plotPadding),
                          rowHeight(row));
        paintRow(painter, row, band, plot);
        y += band.height();
    }
    layLegend(&painter, plot.bottom() + scaled(axisRoom));
}

void IntervalPlot::paintAxis(QPainter& painter, const QRectF& plot) const
{
    const Range range = shownRange();
    const double step = roundStep(range.high - range.low);
    const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    painter.setFont(typeFont(Type::Number));
    double free = -1; // the right end of the last number
    for (double at = std::ceil(range.low / step - 1e-9) * step; at <= range.high + step * 1e-9;
         at += step) {
        const double x = std::round(positionOf(at, range, plot)) + 0.5;
        painter.setPen(QPen(colors().grid, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const QString text = plain.toString(std::abs(at) < step / 2 ? 0.0 : at, 'f', decimals);
        const double half = painter.fontMetrics().horizontalAdvance(text) / 2.0;
        if (x - half < free)
            continue;
        free = x + half + scaled(6);
        painter.setPen(colors().axis);
        painter.drawText(QRectF(x - half - 2, plot.bottom() + scaled(4), 2 * half + 4, scaled(18)),
                         Qt::AlignCenter, text);
    }
}

void IntervalPlot::paintRow(QPainter& painter, const Row& row, const QRectF& band,
                            const QRectF& plot) const
{
    painter.setFont(typeFont(row.strong ? Type::Strong : Type::Body));
    painter.setPen(colors().text);
    const int room = nameWidth() - scaled(16);
    painter.drawText(QRectF(band.left(), band.top(), room, band.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.name, Qt::ElideRight, room));
    if (row.points.isEmpty()) {
        painter.setFont(typeFont(Type::Small));
        painter.setPen(colors().textMuted);
        painter.drawText(QRectF(plot.left(), band.top(), plot.width(), band.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, row.note);
        return;
    }
    const double step = scaled(pointStep);
    double y = band.center().y() - step * double(row.points.size() - 1) / 2;
    for (const Point& point : row.points) {
        paintPoint(painter, point, y, plot, row.points.size() == 1);
        y += step;
    }
}

void IntervalPlot::paintPoint(QPainter& painter, const Point& point, double y, const QRectF& plot,
                              bool alone) const
{
    const Range range = shownRange();
    const QColor color = plotInk(point.color);
    const double x = positionOf(point.value, range, plot);
    double left = x;
    if (point.thin) {
        const double from = positionOf(point.thin->low, range, plot);
        const double to = positionOf(point.thin->high, range, plot);
        const double tick = scaled(alone ? 5 : 0);
        painter.setPen(QPen(color, 1.5));
        painter.drawLine(QPointF(from, y), QPointF(to, y));
        painter.drawLine(QPointF(from, y - tick), QPointF(from, y + tick));
        painter.drawLine(QPointF(to, y - tick), QPointF(to, y + tick));
        left = from;
    }
    if (point.thick) {
        const double from = positionOf(point.thick->low, range, plot);
        const double to = positionOf(point.thick->high, range, plot);
        const double half = scaled(6) / 2.0;
        painter.fillRect(QRectF(from, y - half, std::max(to - from, 1.0), 2 * half), color);
        left = std::min(left, from);
    }
    if (alone) {
        painter.setPen(QPen(color, 2.5));
        painter.setBrush(colors().panel);
        painter.drawEllipse(QPointF(x, y), scaled(6), scaled(6));
    } else {
        paintMark(painter, { x, y }, color, point.square, scaled(4));
    }
    painter.setFont(typeFont(Type::Number));
    painter.setPen(colors().text);
    const QString text = number(point.value);
    const QRectF where = alone
        ? QRectF(plot.right() + scaled(16), y - scaled(10), scaled(64), scaled(20))
        : QRectF(left - scaled(72), y - scaled(10), scaled(64), scaled(20));
    painter.drawText(where, (alone ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, text);
}

// Places the entries from the left, on as many lines as they need; answers the lines.
int IntervalPlot::layLegend(QPainter* painter, double top) const
{
    const QFontMetrics metrics(typeFont(Type::Small));
    const double left = scaled(plotPadding), right = width() - scaled(plotPadding);
    double x = left;
    int line = 0;
    for (const Legend& entry : m_legend) {
        const bool stroke = entry.mark == Legend::Mark::Thick || entry.mark == Legend::Mark::Thin;
        const double mark = scaled(stroke ? 22 : 10);
        const double whole = mark + scaled(8) + metrics.horizontalAdvance(entry.text) + 2;
        if (x > left && x + whole > right) {
            x = left;
            ++line;
        }
        if (painter)
            paintEntry(*painter, entry, { x, top + (line + 0.5) * scaled(legendRoom) }, mark);
        x += whole + scaled(18);
    }
    return m_legend.isEmpty() ? 0 : line + 1;
}

void IntervalPlot::paintEntry(QPainter& painter, const Legend& entry, const QPointF& at,
                              double mark) const
{
    const QColor color = plotInk(entry.color);
    if (entry.mark == Legend::Mark::Thick || entry.mark == Legend::Mark::Thin) {
        const double half = entry.mark == Legend::Mark::Thick ? scaled(6) / 2.0 : 0.75;
        painter.fillRect(QRectF(at.x(), at.y() - half, mark, 2 * half), color);
    } else {
        paintMark(painter, { at.x() + mark / 2, at.y() }, color, entry.mark == Legend::Mark::Square,
                  scaled(4));
    }
    painter.setFont(typeFont(Type::Small));
    painter.setPen(colors().textSecondary);
    const double words = painter.fontMetrics().horizontalAdvance(entry.text) + 2;
    painter.drawText(QRectF(at.x() + mark + scaled(8), at.y() - scaled(10), words, scaled(20)),
                     Qt::AlignLeft | Qt::AlignVCenter, entry.text);
}

} // namespace adtailor
