// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/html_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace adtailor::html {

namespace {

std::string intervalText(const Interval& interval)
{
    return "[" + number(interval.low) + ", " + number(interval.high) + "]";
}

} // namespace

std::string estimateCell(const MeanEstimate& estimate)
{
    std::string cell = "<td class=\"value\"><b>" + number(estimate.mean) + "</b>";
    if (estimate.interval)
        cell += "<span>" + intervalText(*estimate.interval) + "</span>";
    return cell + "<span>n = " + std::to_string(estimate.count) + "</span></td>";
}

std::string differenceCell(const MeanEstimate& difference, bool higherIsBetter)
{
    std::string mark;
    if (difference.interval && difference.interval->excludesZero())
        mark = (difference.mean > 0) == higherIsBetter ? "better" : "worse";
    std::string cell
        = "<td class=\"value " + mark + "\"><b>" + signedNumber(difference.mean) + "</b>";
    if (difference.interval)
        cell += "<span>" + intervalText(*difference.interval) + "</span>";
    cell += "<span>n = " + std::to_string(difference.count);
    return cell + (mark.empty() ? "" : ", " + mark) + "</span></td>";
}

std::string paperCell(const std::optional<PaperValue>& value)
{
    if (!value)
        return "<td class=\"paper\">n/a</td>";
    const std::string mark = value->verified ? "" : "<span>unverified</span>";
    const std::string shown
        = value->unit == "%" ? formatted("%.1f %%", value->value) : number(value->value);
    return "<td class=\"paper\" title=\"" + escaped(value->source) + "\">" + shown + mark + "</td>";
}

std::string chart(const std::string& title, const std::vector<ChartRow>& rows)
{
    constexpr double labelWidth = 170, plotWidth = 250, rowHeight = 26, top = 26;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto include = [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (const ChartRow& row : rows) {
        if (row.estimate.count > 0) {
            include(row.estimate.mean);
            include(row.estimate.interval ? row.estimate.interval->low : row.estimate.mean);
            include(row.estimate.interval ? row.estimate.interval->high : row.estimate.mean);
        }
        if (row.paper)
            include(*row.paper);
    }
    if (!(low <= high))
        return {};
    const double margin = std::max((high - low) * 0.06, 1e-9);
    const auto place = [&](double value) {
        return formatted(
            "%.1f", labelWidth + (value - low + margin) / (high - low + 2 * margin) * plotWidth);
    };
    const double bottom = top + rowHeight * static_cast<double>(rows.size());
    const std::string height = formatted("%.0f", bottom + 24);
    std::string svg = "<svg viewBox=\"0 0 440 " + height + "\" width=\"440\" height=\"" + height
        + "\" role=\"img\" aria-label=\"" + escaped(title)
        + "\"><text class=\"head\" x=\"0\" y=\"14\">" + escaped(title) + "</text>";
    std::vector<double> ticks{ low };
    if (high > low)
        ticks.insert(ticks.end(), { (low + high) / 2, high });
    for (const double value : ticks)
        svg += "<line class=\"grid\" x1=\"" + place(value) + "\" x2=\"" + place(value)
            + "\" y1=\"20\" y2=\"" + formatted("%.0f", bottom) + "\"/><text class=\"tick\" x=\""
            + place(value) + "\" y=\"" + formatted("%.0f", bottom + 15) + "\">" + number(value)
            + "</text>";
    double y = top + rowHeight / 2;
    for (const ChartRow& row : rows) {
        const std::string at = formatted("%.1f", y);
        svg += "<text x=\"0\" y=\"" + formatted("%.1f", y + 4) + "\">" + escaped(row.label)
            + "</text>";
        if (row.estimate.interval)
            svg += "<line class=\"bar\" x1=\"" + place(row.estimate.interval->low) + "\" x2=\""
                + place(row.estimate.interval->high) + "\" y1=\"" + at + "\" y2=\"" + at + "\"/>";
        if (row.estimate.count > 0)
            svg += "<circle cx=\"" + place(row.estimate.mean) + "\" cy=\"" + at + "\" r=\"4\"/>";
        if (row.paper)
            svg += "<path class=\"paper\" d=\"M " + place(*row.paper) + " "
                + formatted("%.1f", y - 5) + " l 5 5 l -5 5 l -5 -5 z\"/>";
        y += rowHeight;
    }
    return svg + "</svg>\n";
}

} // namespace adtailor::html
