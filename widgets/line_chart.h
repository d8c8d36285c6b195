// LineChart: curves over the steps of a run, growing while it runs: smoothed, read out, marked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace adtailor {

class ChartLegend;

class LineChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LineChart)

public:
    enum class Style {
        Curve, // every value thin, the smoothed one over it
        Checks // now and then: squares joined by dashes, never smoothed
    };

    explicit LineChart(QWidget* parent = nullptr);

    // color: which of the theme's series colours. Answers the number of the series.
    int addSeries(Style style, int color);
    void setSeriesName(int series, const QString& name);
    // The names; stands above the plot until it is put elsewhere.
    QWidget* legend() const;

    // x grows. A value at or before the last x takes the place of everything from there on: that
    // part of the run was done again. A value that is not finite is a gap.
    void append(int series, double x, double y);
    void clear(); // the values, not the series
    void setEnd(double x); // the axis reaches at least to here
    void setSmoothing(double share); // of the past in each value, 0 to below 1
    void setLogarithmic(bool logarithmic);
    void setMark(double x, const QString& text); // a dotted line with its words; empty: none
    void setCursor(double x); // a quiet line; negative: none
    void setCompact(bool compact); // a curve alone, without axes
    // What a value is called when it is read out: "step %1".
    void setStepText(const QString& text);

    // The values nearest to x in words, as the pointer and the arrow keys show them; negative:
    // none.
    void showReadOut(double x);
    QString readOut() const;
    std::vector<double> smoothed(int series) const;
    QRectF shownRange() const; // of both axes: left, lowest value, width, height

    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Plot;

    void applyLook();

    Plot* m_plot = nullptr;
    ChartLegend* m_legend = nullptr;
};

} // namespace adtailor
