// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/html.h"
#include "study/plan_json.h"
#include "study/report_writers.h"

#include <algorithm>

namespace adtailor {

namespace {

using html::escaped;

constexpr const char* studyStyle = R"(
td.value { white-space: normal; } svg .thick { stroke: var(--accent); stroke-width: 7; } svg .thin { stroke: var(--accent); stroke-width: 1.5; }
svg circle { fill: var(--ground); stroke: var(--accent); stroke-width: 2; }
td.same { background: repeating-linear-gradient(45deg, transparent 0 6px, var(--line) 6px 7px); } td.flag { background: var(--bad); }
)";

std::string cell(const std::string& content, const char* style = "value")
{
    return "<td class=\"" + std::string(style) + "\">" + content + "</td>";
}

std::string header(const std::vector<std::string>& names)
{
    std::string row = "<thead><tr>";
    for (const std::string& name : names)
        row += "<th>" + escaped(name) + "</th>";
    return row + "</tr></thead>";
}

std::string table(const std::string& head, const std::string& body)
{
    return "<div class=\"scroll\"><table>" + head + "<tbody>" + body + "</tbody></table></div>\n";
}

std::string rowOf(const std::string& name, const std::string& cells)
{
    return "<tr><th>" + escaped(name) + "</th>" + cells + "</tr>";
}

class Page
{
public:
    explicit Page(const StudyReport& report)
        : m_report(report)
    {
    }

    std::string html()
    {
        begin();
        if (m_report.question == StudyQuestion::Rating)
            criteria();
        else
            ranking(m_report.ranking, "Ranking");
        if (m_report.rankingWithoutFlagged)
            ranking(*m_report.rankingWithoutFlagged, "The same without flagged raters");
        if (!m_report.criteriaWithoutFlagged.empty())
            criterionTable(m_report.criteriaWithoutFlagged, "The same without flagged raters");
        agreement();
        quality();
        raters();
        slices();
        method();
        return m_page + "</body></html>\n";
    }

private:
    const std::string& label(int source) const
    {
        return m_report.sources[static_cast<std::size_t>(source)];
    }

    void paragraph(const std::string& text, const char* style = "")
    {
        m_page += "<p class=\"" + std::string(style) + "\">" + escaped(text) + "</p>\n";
    }

    void title(const std::string& text) { m_page += "<h2>" + escaped(text) + "</h2>\n"; }

    void begin()
    {
        m_page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
                 "name=\"viewport\" content=\"width=device-width\"><title>"
            + escaped(m_report.study) + "</title><style>" + html::pageStyle + studyStyle
            + "</style></head><body>\n<h1>" + escaped(m_report.study) + "</h1>\n";
        paragraph("Version " + std::to_string(m_report.version) + ", plan hash "
                      + m_report.hash.substr(0, 12) + ". " + std::to_string(m_report.votes)
                      + " counted votes by " + std::to_string(m_report.raters.size())
                      + " raters on " + std::to_string(m_report.items) + " items.",
                  "quiet");
        m_page += "<ul>";
        for (const auto* list : { &m_report.summary, &m_report.notes, &m_report.ranking.notes }) {
            for (const std::string& sentence : *list)
                m_page += "<li>" + escaped(sentence) + "</li>";
        }
        m_page += "</ul>\n";
    }

    void ranking(const StudyRanking& ranking, const std::string& name)
    {
        title(name);
        m_page += ratingPlot(m_report, ranking);
        paragraph("Thick: 95 % from the model (sandwich). Thin: 95 % by bootstrap. "
                      + ranking.method,
                  "quiet");
        std::string body;
        for (const SourceRank& rank : ranking.sources)
            body += rowOf(label(rank.source),
                          cell(valueText(rank.rating, "%.0f", 1))
                              + cell(valueText(rank.winRate, "%.1f %%", 100))
                              + cell(std::to_string(rank.wins)) + cell(std::to_string(rank.losses))
                              + cell(std::to_string(rank.ties))
                              + cell(std::to_string(rank.bothBad)));
        m_page += table(
            header({ "Source", "Rating", "Win rate", "Won", "Lost", "Equally good", "Both bad" }),
            body);
        matrix(ranking);
    }

    void matrix(const StudyRanking& ranking)
    {
        std::vector<std::string> names{ "Row beats column" };
        std::string body;
        for (const SourceRank& row : ranking.sources) {
            names.push_back(label(row.source));
            std::string cells;
            for (const SourceRank& column : ranking.sources)
                cells += matrixCell(ranking, row.source, column.source);
            body += rowOf(label(row.source), cells);
        }
        m_page += table(header(names), body);
    }

    static std::string matrixCell(const StudyRanking& ranking, int row, int column)
    {
        const auto pair = std::ranges::find_if(ranking.pairs, [&](const SourcePair& one) {
            return one.row == row && one.column == column;
        });
        if (pair == ranking.pairs.end())
            return cell("");
        if (!pair->probability.value)
            return cell(escaped(pair->probability.note), "none");
        const std::string text = valueText(pair->probability, "%.0f %%", 100);
        if (!pair->distinguishable)
            return cell(text + "<span>not distinguishable</span>", "value same");
        return cell(text, *pair->probability.value > 0.5 ? "value better" : "value");
    }

    void criteria()
    {
        title("Acceptable ads");
        std::string body;
        for (const AcceptableResult& one : m_report.acceptable)
            body += rowOf(label(one.source),
                          cell(valueText(one.image, "%.1f %%", 100))
                              + cell(valueText(one.text, "%.1f %%", 100)));
        m_page += table(header({ "Source", "Picture acceptable", "Text acceptable" }), body);
        paragraph("An ad's picture counts as acceptable when realism and layout both are, its text "
                  "when accuracy and fluency both are.",
                  "quiet");
        title("Criteria");
        m_page += criterionPlot(m_report);
        criterionTable(m_report.criteria, "");
    }

    void criterionTable(const std::vector<CriterionResult>& results, const std::string& name)
    {
        if (!name.empty())
            title(name);
        std::string body;
        for (const CriterionResult& one : results)
            body += rowOf(label(one.source),
                          cell(criterionName(static_cast<int>(one.criterion)))
                              + cell(valueText(one.mean, "%.2f", 1))
                              + cell(valueText(one.acceptable, "%.1f %%", 100))
                              + cell(std::to_string(one.mean.count)));
        m_page += table(header({ "Source", "Criterion", "Mean, 1 to 5", "Acceptable", "Ratings" }),
                        body);
    }

    void agreement()
    {
        title("Agreement");
        std::string body;
        for (const StudyAgreement& one : m_report.agreement) {
            StudyValue value = one.value;
            value.note.clear(); // it stands in words beside it
            body += rowOf(one.name,
                          cell(valueText(value, "%.3f", 1)) + cell(std::to_string(value.count))
                              + cell(escaped(one.words)));
        }
        m_page += table(header({ "Coefficient", "Value", "Units", "In words" }), body);
    }

    void quality()
    {
        title("Bias and quality");
        if (m_report.question == StudyQuestion::Pairwise) {
            paragraph(m_report.sideBias.words);
            if (m_report.sideBias.p)
                paragraph("Left " + std::to_string(m_report.sideBias.left) + ", right "
                              + std::to_string(m_report.sideBias.right)
                              + "; exact two-sided binomial test, p = "
                              + html::formatted("%.3g", *m_report.sideBias.p) + '.',
                          "quiet");
        }
        m_page += "<p class=\"value\">The same answer to a repeated trial: "
            + valueText(m_report.repeatConsistency, "%.1f %%", 100) + "</p>\n";
    }

    void raters()
    {
        title("Raters");
        std::string body;
        const auto share = [](int part, int whole) {
            return whole == 0 ? std::string("–")
                              : std::to_string(part) + " of " + std::to_string(whole);
        };
        const auto seconds = [](const std::optional<double>& time) {
            return time ? html::formatted("%.1f s", *time) : std::string("–");
        };
        for (const RaterResult& one : m_report.raters) {
            std::string flags;
            for (const std::string& flag : one.flags)
                flags += (flags.empty() ? "" : " ") + flag;
            if (one.clockJumps > 0)
                flags += " The clock was set back " + std::to_string(one.clockJumps) + " times.";
            body += rowOf(one.label,
                          cell(std::to_string(one.votes))
                              + cell(share(one.catchesPassed, one.catches))
                              + cell(share(one.repeatsSame, one.repeats))
                              + cell(seconds(one.medianSeconds)) + cell(seconds(one.fastestSeconds))
                              + cell(one.leftShare ? sharePercent(*one.leftShare) : "–")
                              + cell(escaped(flags), one.flags.empty() ? "value" : "value flag"));
        }
        m_page += table(header({ "Rater", "Votes", "Catches passed", "Repeats the same",
                                 "Median time", "Fastest", "Left chosen", "Look twice" }),
                        body);
        paragraph("Flagged raters are still counted; nobody is left out without being asked.",
                  "quiet");
    }

    void slices()
    {
        if (m_report.slices.empty())
            return;
        title("Slices");
        std::string body;
        for (const StudySlice& slice : m_report.slices) {
            const std::string name = slice.by + ": " + (slice.name.empty() ? "(none)" : slice.name);
            for (const SourceRank& rank : slice.ranking.sources)
                body += rowOf(name,
                              cell(escaped(label(rank.source)))
                                  + cell(valueText(rank.rating, "%.0f", 1))
                                  + cell(valueText(rank.winRate, "%.1f %%", 100))
                                  + cell(std::to_string(rank.rating.count)));
            for (const CriterionResult& one : slice.criteria)
                body += rowOf(name,
                              cell(escaped(label(one.source)) + ", "
                                   + criterionName(static_cast<int>(one.criterion)))
                                  + cell(valueText(one.mean, "%.2f", 1))
                                  + cell(valueText(one.acceptable, "%.1f %%", 100))
                                  + cell(std::to_string(one.mean.count)));
        }
        const bool rating = m_report.question == StudyQuestion::Rating;
        m_page += table(header({ "Slice", "Source", rating ? "Mean" : "Rating",
                                 rating ? "Acceptable" : "Win rate", "Votes" }),
                        body);
        paragraph("Many slices mean that some differ by chance alone: take these as questions for "
                  "the next study.",
                  "quiet");
    }

    void method()
    {
        title("Method");
        paragraph(
            "Every rater saw a seeded random order; seats were counterbalanced over raters "
            "and stored with every vote; where the ads come from was hidden. Practice, catch "
            "and repeat trials are not counted. Ratings: Bradley–Terry by maximum likelihood, "
            "ties and both bad as half a win for each, ridge 0.01, 1000 + 400 log10 of the "
            "strength. Win rates, means and shares: bootstrap percentiles widened for few "
            "groups; counts of one kind: Wilson. Two sources are distinguishable when both "
            "95 % intervals of their comparison leave out one half. Agreement: intervals over "
            "units; .80 and more reliable, .667 to .80 tentative.");
    }

    const StudyReport& m_report;
    std::string m_page;
};

} // namespace

std::string studyReportHtml(const StudyReport& report)
{
    return Page(report).html();
}

} // namespace adtailor
