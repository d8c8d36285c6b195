// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/line_chart.h"

#include "widgets/chart_legend.h"
#include "widgets/look.h"

#include <qcustomplot.h>

#include <QKeyEvent>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int replotEvery = 66; // milliseconds: live widgets repaint at most 15 times a second
constexpr int rawOpacity = 90; // of 255, for the values under their smoothed curve
constexpr double headroom = 0.06; // of the value axis, so that no curve touches the frame
constexpr double endRoom = 0.012; // right of the last step, for half of its square
constexpr double fewOctaves = 6; // up to here a logarithmic axis counts in twos, else in tens
const QString overlayName = QStringLiteral("overlay"); // QCustomPlot makes it, on top

QPen pen(const QColor& color, double width, Qt::PenStyle style = Qt::SolidLine)
{
    return QPen(color, width * std::max(1.0, Look::current().scale), style);
}

} // namespace

class LineChart::Plot final : public QCustomPlot
{
public:
    struct Series
    {
        Style style = Style::Curve;
        int color = 0;
        QString name;
        QCPGraph* raw = nullptr;
        QCPGraph* smooth = nullptr; // of a curve only
        double sum = 0, weight = 0; // of the running mean
    };

    Plot()
    {
        setFocusPolicy(Qt::NoFocus);
        setMouseTracking(true);
        setAutoAddPlottableToLegend(false);
        layer(overlayName)->setMode(QCPLayer::lmBuffered); // moving the pointer draws only this
        m_mark = new QCPItemStraightLine(this);
        m_markText = new QCPItemText(this);
        m_cursor = new QCPItemStraightLine(this);
        m_pointer = new QCPItemStraightLine(this);
        m_box = new QCPItemText(this);
        for (int i = 0; i < itemCount(); ++i) {
            item(i)->setVisible(false);
            item(i)->setSelectable(false);
            if (item(i) != m_mark && item(i) != m_markText)
                item(i)->setLayer(overlayName);
        }
        m_markText->setClipToAxisRect(false); // it stands above the curves
        m_markText->position->setTypeX(QCPItemPosition::ptPlotCoords);
        m_markText->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        m_box->position->setTypeX(QCPItemPosition::ptAbsolute);
        m_box->position->setTypeY(QCPItemPosition::ptAbsolute);
        for (QCPAxis* axis : { xAxis2, yAxis2 })
            axis->setVisible(false);
        m_soon.setSingleShot(true);
        m_soon.setInterval(replotEvery);
        connect(&m_soon, &QTimer::timeout, this, [this] { draw(); });
    }

    std::vector<Series> series;
    double markAt = -1, cursorAt = -1, readAt = -1;
    double wantedEnd = 0, smoothing = 0;
    QString markText, stepText = QStringLiteral("%1");
    bool compact = false, logarithmic = false;

    int add(Style style, int color)
    {
        Series line{ .style = style, .color = color };
        line.raw = addGraph();
        if (style == Style::Curve)
            line.smooth = addGraph();
        series.push_back(line);
        applyLook();
        return static_cast<int>(series.size()) - 1;
    }

    void append(Series& line, double x, double y)
    {
        if (!line.raw->data()->isEmpty() && x <= (line.raw->data()->constEnd() - 1)->key) {
            line.raw->data()->removeAfter(std::nextafter(x, -1e300));
            smooth(line);
        }
        line.raw->addData(x, y);
        if (line.smooth)
            addSmoothed(line, x, y);
        drawSoon();
    }

    // The mean of all values before, each weighted by `smoothing` to the power of its age.
    void addSmoothed(Series& line, double x, double y) const
    {
        if (std::isfinite(y)) {
            line.sum = smoothing * line.sum + (1 - smoothing) * y;
            line.weight = smoothing * line.weight + (1 - smoothing);
        }
        line.smooth->addData(x, std::isfinite(y) ? line.sum / line.weight : NAN);
    }

    void smooth(Series& line)
    {
        if (!line.smooth)
            return;
        line.sum = line.weight = 0;
        line.smooth->data()->clear();
        for (auto it = line.raw->data()->constBegin(); it != line.raw->data()->constEnd(); ++it)
            addSmoothed(line, it->key, it->value);
    }

    void drawSoon()
    {
        if (!m_soon.isActive())
            m_soon.start();
    }

    void draw()
    {
        m_soon.stop();
        fitAxes();
        placeMark();
        placePointer();
        replot(QCustomPlot::rpQueuedReplot);
    }

    void fitAxes()
    {
        double low = INFINITY, high = -INFINITY, right = wantedEnd;
        for (const Series& line : series) {
            for (auto it = line.raw->data()->constBegin(); it != line.raw->data()->constEnd();
                 ++it) {
                right = std::max(right, it->key);
                if (std::isfinite(it->value) && (!logarithmic || it->value > 0)) {
                    low = std::min(low, it->value);
                    high = std::max(high, it->value);
                }
            }
        }
        xAxis->setRange(0, (right > 0 ? right : 1) * (1 + endRoom));
        if (low > high)
            low = logarithmic ? 1 : 0, high = 1;
        if (logarithmic)
            fitLogarithmic(low, high);
        else
            fitLinear(low, high);
    }

    void fitLinear(double low, double high)
    {
        // From zero, unless that would press the curve into a small part of the height.
        if (low >= 0 && low < 0.7 * high)
            low = 0;
        const double room = std::max((high - low) * headroom, std::abs(high) * 1e-3);
        yAxis->setRange(low == 0 ? 0 : low - room, high + (room > 0 ? room : 1));
    }

    void fitLogarithmic(double low, double high)
    {
        const double factor = std::pow(std::max(high / low, 1.1), headroom);
        auto ticker = QSharedPointer<QCPAxisTickerLog>::create();
        ticker->setLogBase(std::log2(high / low) < fewOctaves ? 2 : 10);
        yAxis->setTicker(ticker);
        yAxis->setRange(low / factor, high * factor);
    }

    static void placeLine(QCPItemStraightLine& line, double x)
    {
        line.setVisible(x >= 0);
        line.point1->setCoords(x, 1); // 1 is on a logarithmic axis too
        line.point2->setCoords(x, 2);
    }

    void placeMark()
    {
        placeLine(*m_mark, markText.isEmpty() ? -1 : markAt);
        m_markText->setVisible(m_mark->visible() && !compact);
        m_markText->setText(markText);
        const bool right = markAt > xAxis->range().center();
        m_markText->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft)
                                         | Qt::AlignBottom);
        m_markText->position->setCoords(markAt, 0.0);
    }

    void placePointer()
    {
        placeLine(*m_cursor, cursorAt);
        placeLine(*m_pointer, readAt);
        const QString text = readOut(QLatin1Char('\n'));
        m_box->setVisible(!text.isEmpty() && !compact);
        m_box->setText(text);
        const double x = xAxis->coordToPixel(readAt);
        const bool right = readAt > xAxis->range().center();
        m_box->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
        m_box->position->setCoords(x + scaled(right ? -8 : 8), axisRect()->top() + scaled(24));
    }

    void read(double x)
    {
        readAt = x < 0 ? -1 : nearest(x);
        placePointer();
        layer(overlayName)->replot();
    }

    // The step nearest to x at which any series has a value.
    double nearest(double x) const
    {
        double best = -1;
        for (const Series& line : series) {
            const auto found = valueNear(line, x);
            if (found != line.raw->data()->constEnd()
                && (best < 0 || std::abs(found->key - x) < std::abs(best - x)))
                best = found->key;
        }
        return best;
    }

    static QCPGraphDataContainer::const_iterator valueNear(const Series& line, double x)
    {
        const auto& data = *line.raw->data();
        auto found = data.findBegin(x, false);
        if (found == data.constEnd() && !data.isEmpty())
            --found;
        if (found != data.constEnd() && found != data.constBegin()
            && std::abs((found - 1)->key - x) <= std::abs(found->key - x))
            --found;
        return found;
    }

    QString readOut(QChar between) const
    {
        if (readAt < 0)
            return {};
        QStringList words{ stepText.arg(QLocale().toString(readAt, 'f', 0)) };
        for (const Series& line : series) {
            const auto found = valueNear(line, readAt);
            if (found != line.raw->data()->constEnd() && found->key == readAt)
                words << QStringLiteral("%1 %2").arg(line.name,
                                                     QLocale().toString(found->value, 'g', 4));
        }
        return words.join(between);
    }

    void applyLook()
    {
        const Colors& c = colors();
        setBackground(c.panel);
        for (QCPAxis* axis : { xAxis, yAxis }) {
            axis->setBasePen(pen(c.divider, 1));
            axis->setTickPen(Qt::NoPen);
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(c.axis);
            axis->setTickLabelFont(typeFont(Type::Number));
            axis->grid()->setPen(pen(c.grid, 1));
            axis->grid()->setZeroLinePen(Qt::NoPen);
            axis->setTickLabels(!compact);
        }
        xAxis->setNumberFormat(QStringLiteral("f"));
        xAxis->setNumberPrecision(0);
        yAxis->setNumberFormat(QStringLiteral("gb"));
        yAxis->setNumberPrecision(3);
        yAxis->setBasePen(Qt::NoPen);
        xAxis->grid()->setVisible(false);
        yAxis->grid()->setVisible(!compact);
        const int side = scaled(2);
        axisRect()->setMinimumMargins(compact ? QMargins(side, side, side, side)
                                              : scaledMargins(36, 22, 12, 24));
        for (const Series& line : series)
            dress(line);
        dressItems();
    }

    void dress(const Series& line) const
    {
        const QColor color = ChartLegend::seriesColor(line.color);
        if (line.style == Style::Checks) {
            line.raw->setPen(pen(color, 1.5, Qt::DashLine));
            line.raw->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, pen(color, 1.5),
                                                      colors().panel, scaled(8)));
            return;
        }
        QColor thin = color;
        thin.setAlpha(smoothing > 0 ? rawOpacity : 0);
        line.raw->setPen(pen(thin, 1));
        line.smooth->setPen(pen(color, compact ? 1.5 : 2));
    }

    void dressItems()
    {
        const Colors& c = colors();
        m_mark->setPen(pen(c.success, 2, Qt::DotLine));
        m_markText->setColor(c.success);
        m_markText->setFont(typeFont(Type::Small));
        m_markText->setPadding(scaledMargins(6, 0, 6, 0));
        m_cursor->setPen(pen(c.outline, 1));
        m_pointer->setPen(pen(c.text, 1));
        m_box->setColor(c.text);
        m_box->setFont(typeFont(Type::Number));
        m_box->setBrush(c.raised);
        m_box->setPen(pen(c.outline, 1));
        m_box->setTextAlignment(Qt::AlignLeft);
        m_box->setPadding(scaledMargins(8, 4, 8, 4));
    }

protected:
    void mouseMoveEvent(QMouseEvent* event) override
    {
        read(axisRect()->rect().contains(event->pos()) ? xAxis->pixelToCoord(event->pos().x())
                                                       : -1);
    }
    void leaveEvent(QEvent*) override { read(-1); }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); } // the page scrolls

private:
    QCPItemStraightLine* m_mark = nullptr;
    QCPItemText* m_markText = nullptr;
    QCPItemStraightLine* m_cursor = nullptr;
    QCPItemStraightLine* m_pointer = nullptr;
    QCPItemText* m_box = nullptr;
    QTimer m_soon;
};

LineChart::LineChart(QWidget* parent)
    : QWidget(parent)
    , m_plot(new Plot)
    , m_legend(new ChartLegend)
{
    setFocusPolicy(Qt::TabFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    applyLook();
}

int LineChart::addSeries(Style style, int color)
{
    return m_plot->add(style, color);
}

void LineChart::setSeriesName(int series, const QString& name)
{
    m_plot->series.at(static_cast<std::size_t>(series)).name = name;
    std::vector<ChartLegend::Entry> entries;
    for (const Plot::Series& line : m_plot->series)
        entries.push_back({ line.name, line.color, line.style == Style::Checks });
    m_legend->setEntries(std::move(entries));
}

QWidget* LineChart::legend() const
{
    return m_legend;
}

void LineChart::append(int series, double x, double y)
{
    m_plot->append(m_plot->series.at(static_cast<std::size_t>(series)), x, y);
}

void LineChart::clear()
{
    for (Plot::Series& line : m_plot->series) {
        line.raw->data()->clear();
        m_plot->smooth(line);
    }
    m_plot->readAt = m_plot->cursorAt = -1;
    m_plot->markText.clear();
    m_plot->draw();
}

void LineChart::setEnd(double x)
{
    m_plot->wantedEnd = x;
    m_plot->drawSoon();
}

void LineChart::setSmoothing(double share)
{
    m_plot->smoothing = std::clamp(share, 0.0, 0.999);
    for (Plot::Series& line : m_plot->series)
        m_plot->smooth(line);
    applyLook();
}

void LineChart::setLogarithmic(bool logarithmic)
{
    m_plot->logarithmic = logarithmic;
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (!logarithmic)
        m_plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    m_plot->draw();
}

void LineChart::setMark(double x, const QString& text)
{
    m_plot->markAt = x;
    m_plot->markText = text;
    m_plot->drawSoon();
}

void LineChart::setCursor(double x)
{
    m_plot->cursorAt = x;
    m_plot->drawSoon();
}

void LineChart::setCompact(bool compact)
{
    m_plot->compact = compact;
    m_legend->setVisible(!compact);
    setFocusPolicy(compact ? Qt::NoFocus : Qt::TabFocus);
    applyLook();
}

void LineChart::setStepText(const QString& text)
{
    m_plot->stepText = text;
}

void LineChart::showReadOut(double x)
{
    m_plot->read(x);
    setAccessibleDescription(readOut());
}

QString LineChart::readOut() const
{
    return m_plot->readOut(QLatin1Char(' '));
}

std::vector<double> LineChart::smoothed(int series) const
{
    std::vector<double> values;
    const Plot::Series& line = m_plot->series.at(static_cast<std::size_t>(series));
    const auto points = (line.smooth ? line.smooth : line.raw)->data();
    for (auto it = points->constBegin(); it != points->constEnd(); ++it)
        values.push_back(it->value);
    return values;
}

QRectF LineChart::shownRange() const
{
    m_plot->fitAxes();
    const QCPRange x = m_plot->xAxis->range(), y = m_plot->yAxis->range();
    return { x.lower, y.lower, x.size(), y.size() };
}

QSize LineChart::sizeHint() const
{
    return m_plot->compact ? QSize(scaled(140), scaled(48)) : QSize(scaled(480), scaled(280));
}

void LineChart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyLook();
    QWidget::changeEvent(event);
}

void LineChart::keyPressEvent(QKeyEvent* event)
{
    const bool left = event->key() == Qt::Key_Left;
    if (!left && event->key() != Qt::Key_Right)
        return QWidget::keyPressEvent(event);
    if (m_plot->readAt < 0)
        return showReadOut(m_plot->xAxis->range().upper);
    // The next step is wherever the nearest value changes.
    const double pixel = m_plot->xAxis->range().size() / std::max(1, m_plot->width());
    double x = m_plot->readAt;
    for (int i = 1; i <= m_plot->width() && x == m_plot->readAt; ++i)
        x = m_plot->nearest(m_plot->readAt + (left ? -i : i) * pixel);
    showReadOut(x);
}

void LineChart::applyLook()
{
    m_plot->applyLook();
    m_plot->drawSoon();
    m_legend->updateGeometry();
    m_legend->update();
}

} // namespace adtailor
