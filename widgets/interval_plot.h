// SPDX-License-Identifier: GPL-3.0-or-later
// Values with their intervals on one axis: a thick line for one interval, a thin one for another.
#pragma once

#include <QWidget>

#include <optional>

namespace adtailor {

class IntervalPlot final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IntervalPlot)

public:
    struct Range
    {
        double low = 0, high = 0;
    };
    struct Point
    {
        double value = 0;
        std::optional<Range> thick, thin;
        int color = 0; // of the theme's series colours; -1: quiet
        bool square = false; // beside the colour, so that print without colour tells them apart
    };
    struct Row
    {
        QString name;
        QList<Point> points; // several lie one under the other
        QString note; // said where there is no point
        bool strong = false;
    };
    struct Legend
    {
        enum class Mark { Thick, Thin, Circle, Square } mark = Mark::Thick;
        QString text;
        int color = 0;
    };

    explicit IntervalPlot(QWidget* parent = nullptr);

    void setRows(const QList<Row>& rows);
    void setDecimals(int decimals); // of the printed values, 0 by default
    void setAxis(const std::optional<Range>& range); // none: around what is shown
    void setLegend(const QList<Legend>& legend);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    Range shownRange() const;
    QString number(double value) const;
    int nameWidth() const;
    int rowHeight(const Row& row) const;
    void describe();
    void paintAxis(QPainter& painter, const QRectF& plot) const;
    void paintRow(QPainter& painter, const Row& row, const QRectF& band, const QRectF& plot) const;
    void paintPoint(QPainter& painter, const Point& point, double y, const QRectF& plot,
                    bool alone) const;
    int layLegend(QPainter* painter, double top) const;
    void paintEntry(QPainter& painter, const Legend& entry, const QPointF& at, double mark) const;

    QList<Row> m_rows;
    QList<Legend> m_legend;
    std::optional<Range> m_axis;
    int m_decimals = 0;
};

} // namespace adtailor
