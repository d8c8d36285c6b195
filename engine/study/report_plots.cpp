// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/html.h"
#include "study/plan_json.h"
#include "study/report_writers.h"

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

constexpr double plotLabelWidth = 220, plotWidth = 420, plotRow = 30, plotTop = 30;

// One mark with two intervals: the inner one thick, the outer one thin.
struct PlotRow
{
    std::string label;
    std::optional<double> value;
    std::optional<Interval> thick, thin;
};

std::string coordinate(double value)
{
    return html::formatted("%.1f", value);
}

class Plot
{
public:
    Plot(std::string title, std::vector<PlotRow> rows, const char* format)
        : m_title(std::move(title))
        , m_rows(std::move(rows))
        , m_format(format)
    {
        bool any = false;
        const auto include = [&](double value) {
            m_low = any ? std::min(m_low, value) : value;
            m_high = any ? std::max(m_high, value) : value;
            any = true;
        };
        for (const PlotRow& row : m_rows) {
            if (row.value)
                include(*row.value);
            for (const auto* interval : { &row.thick, &row.thin }) {
                if (*interval) {
                    include((*interval)->low);
                    include((*interval)->high);
                }
            }
        }
        m_isEmpty = !any;
        const double margin = std::max((m_high - m_low) * 0.06, 1e-6);
        m_low -= margin;
        m_high += margin;
    }

    std::string svg() const
    {
        if (m_isEmpty)
            return {};
        const double bottom = plotTop + plotRow * static_cast<double>(m_rows.size());
        const std::string width = coordinate(plotLabelWidth + plotWidth + 80),
                          height = coordinate(bottom + 26);
        std::string svg = "<svg viewBox=\"0 0 " + width + ' ' + height + "\" width=\"" + width
            + "\" height=\"" + height + "\" role=\"img\" aria-label=\"" + html::escaped(m_title)
            + "\"><text class=\"head\" x=\"0\" y=\"14\">" + html::escaped(m_title) + "</text>";
        for (int tick = 0; tick <= 4; ++tick) {
            const double value = m_low + (m_high - m_low) * tick / 4;
            svg += line("grid", value, value, 22, bottom) + "<text class=\"tick\" x=\"" + at(value)
                + "\" y=\"" + coordinate(bottom + 16) + "\">" + html::formatted(m_format, value)
                + "</text>";
        }
        double y = plotTop + plotRow / 2;
        for (const PlotRow& row : m_rows) {
            svg += rowMarks(row, y);
            y += plotRow;
        }
        return svg + "</svg>\n";
    }

private:
    std::string at(double value) const
    {
        return coordinate(plotLabelWidth + (value - m_low) / (m_high - m_low) * plotWidth);
    }

    std::string line(const char* style, double from, double to, double top, double bottom) const
    {
        return "<line class=\"" + std::string(style) + "\" x1=\"" + at(from) + "\" x2=\"" + at(to)
            + "\" y1=\"" + coordinate(top) + "\" y2=\"" + coordinate(bottom) + "\"/>";
    }

    std::string rowMarks(const PlotRow& row, double y) const
    {
        std::string marks = "<text x=\"0\" y=\"" + coordinate(y + 4) + "\">"
            + html::escaped(row.label) + "</text>";
        if (row.thin)
            marks += line("thin", row.thin->low, row.thin->high, y, y)
                + line("thin", row.thin->low, row.thin->low, y - 5, y + 5)
                + line("thin", row.thin->high, row.thin->high, y - 5, y + 5);
        if (row.thick)
            marks += line("thick", row.thick->low, row.thick->high, y, y);
        if (!row.value)
            return marks;
        return marks + "<circle cx=\"" + at(*row.value) + "\" cy=\"" + coordinate(y)
            + "\" r=\"5\"/><text x=\"" + coordinate(plotLabelWidth + plotWidth + 14) + "\" y=\""
            + coordinate(y + 4) + "\">" + html::formatted(m_format, *row.value) + "</text>";
    }

    std::string m_title;
    std::vector<PlotRow> m_rows;
    const char* m_format;
    double m_low = 0, m_high = 0;
    bool m_isEmpty = true;
};

constexpr std::array criterionWords{ "picture looks real", "layout", "text is accurate",
                                     "text reads well" };

} // namespace

std::string ratingPlot(const StudyReport& report, const StudyRanking& ranking)
{
    std::vector<PlotRow> rows;
    for (const SourceRank& rank : ranking.sources)
        rows.push_back({ report.sources[static_cast<std::size_t>(rank.source)], rank.rating.value,
                         rank.rating.interval, rank.bootstrap });
    return Plot("Bradley–Terry rating, 1000 = average", std::move(rows), "%.0f").svg();
}

std::string criterionPlot(const StudyReport& report)
{
    std::vector<PlotRow> rows;
    for (std::size_t i = 0; i < studyCriteria; ++i) {
        for (const CriterionResult& result : report.criteria) {
            if (result.criterion == static_cast<StudyCriterion>(i))
                rows.push_back({ std::string(criterionWords[i]) + " · "
                                     + report.sources[static_cast<std::size_t>(result.source)],
                                 result.mean.value,
                                 result.mean.interval,
                                 {} });
        }
    }
    return Plot("Mean score, 1 to 5", std::move(rows), "%.2f").svg();
}

std::string sharePercent(double share)
{
    return html::formatted("%.1f %%", 100 * share);
}

std::string valueText(const StudyValue& value, const char* format, double factor)
{
    if (!value.value)
        return html::escaped(value.note.empty() ? "–" : value.note);
    std::string text = "<b>" + html::formatted(format, factor * *value.value) + "</b>";
    if (value.interval)
        text += "<span>" + html::formatted(format, factor * value.interval->low) + " to "
            + html::formatted(format, factor * value.interval->high) + "</span>";
    else if (!value.note.empty())
        text += "<span>" + html::escaped(value.note) + "</span>";
    return text;
}

} // namespace adtailor
