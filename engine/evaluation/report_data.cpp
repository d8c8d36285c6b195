// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/csv_cell.h"
#include "core/utf8.h"
#include "evaluation/report.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

using nlohmann::json;

std::string csvCell(const std::string& text)
{
    return csvQuoted(withoutFormula(repairedUtf8(text)));
}

std::string csvNumber(double value)
{
    return json(value).dump(); // the shortest text that reads back as the same number
}

std::string csvEstimate(const MeanEstimate& estimate)
{
    std::string text = std::to_string(estimate.count);
    if (estimate.count == 0)
        return text + ",,,,";
    text += "," + csvNumber(estimate.mean);
    text += estimate.interval
        ? "," + csvNumber(estimate.interval->low) + "," + csvNumber(estimate.interval->high)
        : ",,";
    return text + (estimate.count > 1 ? "," + csvNumber(estimate.deviation) : ",");
}

json estimateJson(const MeanEstimate& estimate)
{
    json object{ { "n", estimate.count } };
    if (estimate.count == 0)
        return object;
    object["mean"] = estimate.mean;
    object["smallest"] = estimate.smallest;
    object["largest"] = estimate.largest;
    if (estimate.interval) {
        object["deviation"] = estimate.deviation;
        object["low"] = estimate.interval->low;
        object["high"] = estimate.interval->high;
    }
    return object;
}

json systemJson(const SystemResult& system)
{
    json object{ { "name", system.name },         { "label", system.label },
                 { "expected", system.expected }, { "scored", system.scored },
                 { "issues", system.issues },     { "means", json::object() } };
    if (system.distinct1)
        object["distinct_1"] = *system.distinct1 / 100;
    if (system.distinct2)
        object["distinct_2"] = *system.distinct2 / 100;
    for (const auto& [metric, estimate] : system.means)
        object["means"][metric] = estimateJson(estimate);
    return object;
}

json paperJson(const PaperValues& paper)
{
    json tables = json::array();
    for (const PaperTable& table : paper.tables) {
        json rows = json::array();
        for (const PaperRow& row : table.rows) {
            json values = json::object();
            for (const auto& [metric, value] : row.values)
                values[metric] = value ? json{ { "value", value->value },
                                               { "unit", value->unit },
                                               { "source", value->source },
                                               { "verified", value->verified } }
                                       : json(nullptr);
            rows.push_back(
                { { "method", row.method }, { "system", row.system }, { "values", values } });
        }
        tables.push_back({ { "group", table.group }, { "rows", rows } });
    }
    return { { "note", paper.note }, { "tables", tables } };
}

} // namespace

const std::vector<TableGroup>& tableGroups()
{
    static const std::vector<TableGroup> groups{
        { "general", "Table 1. General ad generation" },
        { "personal", "Table 2. Personalised generation and ablation" },
        { "product", "Product fidelity" },
        { "titles", "Titles, further measures" },
        { "pictures", "Pictures, further measures" },
    };
    return groups;
}

std::string reportJson(const Report& report)
{
    json metrics = json::array(), systems = json::array(), comparisons = json::array();
    for (const Metric& metric : report.summary.metrics)
        metrics.push_back({ { "key", metric.key },
                            { "name", metric.name },
                            { "group", metric.group },
                            { "about", metric.about },
                            { "higher_is_better", metric.higherIsBetter },
                            { "missing", metric.missing } });
    for (const SystemResult& system : report.summary.systems)
        systems.push_back(systemJson(system));
    for (const Comparison& comparison : report.summary.comparisons) {
        json object = estimateJson(comparison.difference);
        object["system"] = comparison.system;
        object["against"] = comparison.against;
        object["metric"] = comparison.metric;
        comparisons.push_back(std::move(object));
    }
    return json{
        { "about", report.about },
        { "bootstrap",
          { { "resamples", report.bootstrap.resamples },
            { "level", report.bootstrap.level },
            { "seed", report.bootstrap.seed } } },
        { "metrics", metrics },
        { "systems", systems },
        { "differences", comparisons },
        { "paper", paperJson(report.paper) }
    }.dump(1, ' ', false, json::error_handler_t::replace)
        + "\n";
}

std::string meansCsv(const Report& report)
{
    std::string text = "system,metric,n,mean,low,high,deviation,missing\n";
    for (const SystemResult& system : report.summary.systems)
        for (const Metric& metric : report.summary.metrics) {
            const auto found = system.means.find(metric.key);
            text += csvCell(system.name) + "," + metric.key + ","
                + csvEstimate(found == system.means.end() ? MeanEstimate{} : found->second) + ","
                + (metric.missing.empty() ? "" : csvCell(metric.missing)) + "\n";
        }
    return text;
}

std::string timesCsv(const Report& report)
{
    std::string text = "metrics,ads,seconds\n";
    for (const ScorerTime& time : report.summary.times) {
        std::string metrics;
        for (const std::string& metric : time.metrics)
            metrics += (metrics.empty() ? "" : " ") + metric;
        text
            += metrics + "," + std::to_string(time.ads) + "," + std::to_string(time.seconds) + "\n";
    }
    return text;
}

std::string differencesCsv(const Report& report)
{
    std::string text = "system,against,metric,n,mean,low,high,deviation\n";
    for (const Comparison& comparison : report.summary.comparisons)
        text += csvCell(comparison.system) + "," + csvCell(comparison.against) + ","
            + comparison.metric + "," + csvEstimate(comparison.difference) + "\n";
    return text;
}

std::string itemsCsv(const Report& report)
{
    std::string text = "system,number,user,seed,title,problem";
    for (const Metric& metric : report.summary.metrics)
        text += metric.missing.empty() ? "," + metric.key : "";
    text += "\n";
    for (std::size_t i = 0; i < report.rows.size(); ++i)
        for (const ScoreRow& row : report.rows[i]) {
            text += csvCell(report.summary.systems[i].name) + "," + std::to_string(row.number) + ","
                + csvCell(row.user) + "," + (row.seed ? std::to_string(*row.seed) : "") + ","
                + csvCell(row.title.value_or("")) + "," + csvCell(row.problem);
            for (const Metric& metric : report.summary.metrics) {
                if (!metric.missing.empty())
                    continue;
                const auto found = row.scores.find(metric.key);
                const bool has = found != row.scores.end() && found->second;
                text += "," + (has ? csvNumber(*found->second) : std::string());
            }
            text += "\n";
        }
    return text;
}

} // namespace adtailor
