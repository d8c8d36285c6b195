// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/html_parts.h"

#include "core/utf8.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace adtailor::html {

namespace {

std::string formatted(const char* format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string intervalText(const Interval& interval)
{
    return "[" + number(interval.low) + ", " + number(interval.high) + "]";
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string safe;
    for (const char c : repairedUtf8(text)) {
        if (c == '&')
            safe += "&amp;";
        else if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (c == '"')
            safe += "&quot;";
        else if (c == '\'')
            safe += "&#39;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            safe += c;
    }
    return safe;
}

std::string number(double value)
{
    return formatted(std::abs(value) < 100 ? "%.3f" : "%.4g", value);
}

std::string signedNumber(double value)
{
    return formatted(std::abs(value) < 100 ? "%+.3f" : "%+.4g", value);
}

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

const char* const pageStyle = R"(
:root { color-scheme: light dark; --text: #1c2430; --quiet: #5b6675; --line: #d5dbe3; --paper: #f4f1e8; --ground: #fff; --accent: #1f5fbf; --good: #e2f2e6; --bad: #fbe5e3; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaf0; --quiet: #a3aebb; --line: #3a4452; --paper: #37332a; --ground: #171c23; --accent: #7fb0ff; --good: #1e3a29; --bad: #472523; } }
body { font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: var(--text); background: var(--ground); margin: 2rem auto; max-width: 1500px; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin-bottom: .2rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
p, li { max-width: 75ch; } .quiet, figcaption { color: var(--quiet); font-size: .86rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: .5rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
.scroll table:not(.sheet) tbody th { min-width: 12rem; } .scroll th .quiet { font-weight: normal; } thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; font-size: .86rem; }
td.value, td.paper, td.none { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.value span, td.paper span { display: block; color: var(--quiet); font-size: .78rem; }
td.paper, th.paper { background: var(--paper); } td.none { color: var(--quiet); }
td.better { background: var(--good); } td.worse { background: var(--bad); }
.charts { display: flex; flex-wrap: wrap; gap: 1.2rem 2rem; } svg text { font-size: 12px; fill: var(--text); } svg .head { font-weight: 600; font-size: 13px; }
svg .tick { text-anchor: middle; fill: var(--quiet); font-size: 11px; } svg .grid { stroke: var(--line); } svg .bar { stroke: var(--accent); stroke-width: 2; } svg circle { fill: var(--accent); }
svg path.paper { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.sheet td { border: 0; padding: .3rem; width: 132px; font-size: .8rem; line-height: 1.3; overflow-wrap: anywhere; } .sheet img { display: block; width: 128px; height: 128px; object-fit: contain; border-radius: 4px; background: #fff; }
.sheet th { font-size: .8rem; padding: .3rem; } .sheet tbody th { border: 0; } .blank { display: grid; place-items: center; width: 128px; height: 128px; border: 1px dashed var(--line); border-radius: 4px; color: var(--quiet); }
@media print { body { max-width: none; margin: 0; } }
)";

} // namespace adtailor::html
