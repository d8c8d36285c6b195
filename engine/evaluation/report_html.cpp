// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/html_parts.h"
#include "evaluation/report.h"

#include <algorithm>

namespace adtailor {

namespace {

using html::escaped;

std::vector<Metric> metricsOf(const Report& report, const std::string& group)
{
    std::vector<Metric> metrics;
    for (const Metric& metric : report.summary.metrics) {
        if (metric.group == group)
            metrics.push_back(metric);
    }
    return metrics;
}

const PaperTable* paperTable(const Report& report, const std::string& group)
{
    for (const PaperTable& table : report.paper.tables) {
        if (table.group == group)
            return &table;
    }
    return nullptr;
}

const PaperRow* publishedRow(const PaperTable* table, const std::string& system)
{
    if (table == nullptr)
        return nullptr;
    const auto found = std::find_if(table->rows.begin(), table->rows.end(),
                                    [&](const PaperRow& row) { return row.system == system; });
    return found == table->rows.end() ? nullptr : &*found;
}

std::optional<PaperValue> paperValue(const PaperRow* row, const std::string& metric)
{
    if (row == nullptr || !row->values.contains(metric))
        return std::nullopt;
    return row->values.at(metric);
}

// The paper's column stands only where the file names the metric at all.
bool hasPaperColumn(const PaperTable* table, const std::string& metric)
{
    return table != nullptr
        && std::any_of(table->rows.begin(), table->rows.end(),
                       [&](const PaperRow& row) { return row.values.contains(metric); });
}

std::string measuredCell(const SystemResult* system, const Metric& metric)
{
    if (system == nullptr)
        return "<td class=\"none\">not run</td>";
    const auto found = system->means.find(metric.key);
    if (found != system->means.end())
        return html::estimateCell(found->second);
    return "<td class=\"none\">" + escaped(metric.missing.empty() ? "–" : metric.missing) + "</td>";
}

std::string tableHead(const std::vector<Metric>& metrics, const PaperTable* paper)
{
    std::string head = "<thead><tr><th>System</th>";
    for (const Metric& metric : metrics) {
        head += "<th title=\"" + escaped(metric.about) + "\">" + escaped(metric.name)
            + (metric.higherIsBetter ? " ↑" : " ↓") + "</th>";
        if (hasPaperColumn(paper, metric.key))
            head += "<th class=\"paper\">" + escaped(metric.name) + ", paper</th>";
    }
    return head + "</tr></thead>";
}

std::string tableRow(const std::string& label, const SystemResult* system,
                     const std::vector<Metric>& metrics, const PaperTable* paper,
                     const PaperRow* published)
{
    std::string row = "<tr><th>" + escaped(label);
    if (published != nullptr && published->method != label)
        row += "<div class=\"quiet\">paper: " + escaped(published->method) + "</div>";
    row += "</th>";
    for (const Metric& metric : metrics) {
        row += measuredCell(system, metric);
        if (hasPaperColumn(paper, metric.key))
            row += html::paperCell(paperValue(published, metric.key));
    }
    return row + "</tr>\n";
}

std::string metricTable(const Report& report, const TableGroup& group)
{
    const auto metrics = metricsOf(report, group.key);
    if (metrics.empty())
        return {};
    const PaperTable* paper = paperTable(report, group.key);
    std::string text = "<h2>" + escaped(group.title) + "</h2><div class=\"scroll\"><table>"
        + tableHead(metrics, paper) + "<tbody>\n";
    for (const SystemResult& system : report.summary.systems)
        text += tableRow(system.label, &system, metrics, paper, publishedRow(paper, system.name));
    const auto isRun = [&](const PaperRow& row) {
        return std::any_of(report.summary.systems.begin(), report.summary.systems.end(),
                           [&](const SystemResult& system) { return system.name == row.system; });
    };
    for (const PaperRow& row : paper ? paper->rows : std::vector<PaperRow>{}) {
        if (!isRun(row))
            text += tableRow(row.method, nullptr, metrics, paper, &row);
    }
    text += "</tbody></table></div>\n";
    std::string notes;
    for (const Metric& metric : metrics)
        notes += (notes.empty() ? "" : "; ") + escaped(metric.name) + ": " + escaped(metric.about);
    return text + "<p class=\"quiet\">" + notes + ".</p>\n";
}

std::string labelOf(const Report& report, const std::string& name)
{
    for (const SystemResult& system : report.summary.systems) {
        if (system.name == name)
            return system.label;
    }
    return name;
}

std::vector<Metric> measuredMetrics(const Report& report)
{
    std::vector<Metric> metrics;
    for (const Metric& metric : report.summary.metrics) {
        const bool isMeasured = std::any_of(
            report.summary.systems.begin(), report.summary.systems.end(),
            [&](const SystemResult& system) { return system.means.contains(metric.key); });
        if (isMeasured)
            metrics.push_back(metric);
    }
    return metrics;
}

std::string differenceTable(const Report& report)
{
    const auto metrics = measuredMetrics(report);
    std::string rows;
    for (std::size_t i = 0; i < report.summary.comparisons.size();) {
        const Comparison& first = report.summary.comparisons[i];
        std::map<std::string, MeanEstimate> differences;
        for (; i < report.summary.comparisons.size()
             && report.summary.comparisons[i].system == first.system
             && report.summary.comparisons[i].against == first.against;
             ++i)
            differences[report.summary.comparisons[i].metric]
                = report.summary.comparisons[i].difference;
        rows += "<tr><th>" + escaped(labelOf(report, first.system)) + "<div class=\"quiet\">less "
            + escaped(labelOf(report, first.against)) + "</div></th>";
        for (const Metric& metric : metrics)
            rows += differences.contains(metric.key)
                ? html::differenceCell(differences[metric.key], metric.higherIsBetter)
                : "<td class=\"none\">–</td>";
        rows += "</tr>\n";
    }
    if (rows.empty())
        return {};
    return "<h2>Paired differences</h2><p class=\"quiet\">Mean of the differences, record by "
           "record, "
           "over the records that both systems have. Shaded: the interval excludes 0. The "
           "intervals "
           "are not corrected for the number of comparisons.</p><div class=\"scroll\"><table>"
        + tableHead(metrics, nullptr) + "<tbody>" + rows + "</tbody></table></div>\n";
}

std::string charts(const Report& report)
{
    std::string text;
    for (const Metric& metric : measuredMetrics(report)) {
        std::vector<html::ChartRow> rows;
        for (const SystemResult& system : report.summary.systems) {
            const auto found = system.means.find(metric.key);
            const auto published = paperValue(
                publishedRow(paperTable(report, metric.group), system.name), metric.key);
            rows.push_back({ system.label,
                             found == system.means.end() ? MeanEstimate{} : found->second,
                             published ? std::optional(published->value) : std::nullopt });
        }
        text += html::chart(metric.name + (metric.higherIsBetter ? " ↑" : " ↓"), rows);
    }
    if (text.empty())
        return {};
    return "<h2>Plots</h2><p class=\"quiet\">Dots: means, bars: their intervals, hollow diamonds: "
           "the "
           "paper's values (unverified unless the table says otherwise), measured on other "
           "data.</p>"
           "<div class=\"charts\">"
        + text + "</div>\n";
}

std::string sheetCell(const SheetItem::Cell& cell)
{
    const std::string picture = cell.picture.empty()
        ? std::string("<div class=\"blank\">no picture</div>")
        : "<img alt=\"\" src=\"" + escaped(cell.picture) + "\">";
    return "<td>" + picture + escaped(cell.title) + "</td>";
}

std::string contactSheetTable(const Report& report)
{
    if (report.sheet.empty())
        return {};
    std::string text = "<h2>Contact sheet</h2><p class=\"quiet\">"
        + std::to_string(report.sheet.size())
        + " records, spread evenly over all.</p><div class=\"scroll\"><table "
          "class=\"sheet\"><thead><tr><th>Record</th><th>Product</th><th>Clicked</th>";
    for (const SystemResult& system : report.summary.systems)
        text += "<th>" + escaped(system.label) + "</th>";
    text += "</tr></thead><tbody>\n";
    for (const SheetItem& item : report.sheet) {
        text += "<tr><th>" + std::to_string(item.number) + "</th>"
            + sheetCell({ item.product, item.description }) + sheetCell(item.clicked);
        for (const SheetItem::Cell& cell : item.systems)
            text += sheetCell(cell);
        text += "</tr>\n";
    }
    return text + "</tbody></table></div>\n";
}

std::string systemList(const Report& report)
{
    std::string text = "<h2>Systems</h2><div class=\"scroll\"><table><thead><tr><th>System</th>"
                       "<th>Records</th><th>Distinct-1</th><th>Distinct-2</th><th>Notes</th></tr>"
                       "</thead><tbody>\n";
    const auto share = [](const std::optional<double>& value) {
        return value ? html::number(*value / 100) : std::string("–");
    };
    for (const SystemResult& system : report.summary.systems) {
        text += "<tr><th>" + escaped(system.label) + "</th><td class=\"value\">"
            + std::to_string(system.scored) + " of " + std::to_string(system.expected)
            + "</td><td class=\"value\">" + share(system.distinct1) + "</td><td class=\"value\">"
            + share(system.distinct2) + "</td><td>";
        for (const std::string& issue : system.issues)
            text += "<div>" + escaped(issue) + "</div>";
        text += system.issues.empty() ? "–</td></tr>\n" : "</td></tr>\n";
    }
    return text + "</tbody></table></div>\n";
}

std::string methodParagraph(const Report& report)
{
    char level[16];
    std::snprintf(level, sizeof level, "%g", report.bootstrap.level * 100);
    return std::string("<p>Numbers are means over records with ") + level
        + " % percentile bootstrap intervals (" + std::to_string(report.bootstrap.resamples)
        + " resamples, seed " + std::to_string(report.bootstrap.seed)
        + "). The columns “paper” repeat what a secondary source reports for the paper; "
          "they were measured on other data with other models, and stand here for orientation "
          "only. "
          "What is “not installed” was not computed.</p>\n";
}

} // namespace

std::string reportHtml(const Report& report)
{
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width\">"
                       "<title>AdTailor evaluation</title><style>"
        + std::string(html::pageStyle)
        + "</style></head><body>\n<h1>Evaluation</h1>\n<p class=\"quiet\">" + escaped(report.about)
        + "</p>\n" + methodParagraph(report) + systemList(report);
    for (const TableGroup& group : tableGroups())
        page += metricTable(report, group);
    page += differenceTable(report) + charts(report) + contactSheetTable(report);
    if (!report.paper.note.empty())
        page += "<h2>About the paper's values</h2><p>" + escaped(report.paper.note) + "</p>\n";
    return page + "</body></html>\n";
}

} // namespace adtailor
