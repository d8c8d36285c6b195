// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/folder_lock.h"
#include "core/seconds_since.h"
#include "core/sha256.h"
#include "evaluation/contact_sheet.h"
#include "evaluation/report.h"

#include <adtailor/imaging.h>
#include <adtailor/text_metrics.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostIssues = 20;

std::string joined(const std::vector<std::int64_t>& numbers)
{
    constexpr std::size_t shown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(numbers.size(), shown); ++i)
        text += (i ? ", " : "") + std::to_string(numbers[i]);
    return text + (numbers.size() > shown ? ", ..." : "");
}

// Size and time of the last change; empty when there is no such file.
std::string versionOf(const fs::path& file)
{
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error)
        return {};
    const auto changed = fs::last_write_time(file, error).time_since_epoch().count();
    return std::to_string(size) + ' ' + std::to_string(changed);
}

// A record or a picture that has changed is scored again.
std::string identityOf(const Pad1mRecord& record, const SystemOutput& output)
{
    std::string text
        = record.cutout.string() + '\n' + record.targetImage.string() + '\n' + record.wordList;
    for (const std::string& title : record.titles)
        text += '\n' + title;
    for (const fs::path& file :
         { record.cutout, record.targetImage, output.drawn, output.composed })
        text += '\n' + versionOf(file);
    return sha256Hex(text).substr(0, 16);
}

bool isScored(const ScoreRow& row, const Scorer& scorer)
{
    return std::all_of(scorer.metrics.begin(), scorer.metrics.end(), [&](const Metric& metric) {
        const auto by = row.scoredBy.find(metric.key);
        return row.scores.contains(metric.key)
            && (by == row.scoredBy.end() ? std::string() : by->second) == scorer.identity;
    });
}

class Evaluation
{
public:
    Evaluation(const std::vector<Pad1mRecord>& records, const EvaluationOptions& options,
               const JobControl& job)
        : m_records(records)
        , m_options(options)
        , m_job(job)
    {
        check();
        if (!options.paperFile.empty())
            m_report.paper = readPaperValues(options.paperFile);
        for (const EvaluatedSystem& system : options.systems) {
            const auto count = static_cast<std::int64_t>(records.size());
            m_outputs.push_back(valueOrThrow(readSystemOutputs(system.outputs, lastNumber())));
            m_report.summary.systems.push_back(
                { .name = system.name, .label = system.label, .expected = count });
            m_report.summary.systems.back().issues = m_outputs.back().issues;
        }
        m_lock.reset(new FolderLock(FolderLock::ofEvaluation(options.folder)));
        for (const EvaluatedSystem& system : options.systems)
            m_rows.emplace_back(options.folder, system);
        m_report.rows.resize(options.systems.size());
        m_times.resize(options.scorers.size());
    }

    EvaluationSummary run()
    {
        for (std::size_t i = 0; i < m_records.size(); ++i) {
            throwIfCancelled(m_job);
            scoreRecord(m_records[i]);
            if (m_job.report)
                m_job.report({ .stage = Stage::Data,
                               .done = static_cast<std::int64_t>(i) + 1,
                               .total = static_cast<std::int64_t>(m_records.size()) });
        }
        summarize();
        m_report.sheet = contactSheet(m_records, m_options, m_report.rows);
        writeReport();
        return m_report.summary;
    }

private:
    // The pictures of a record that all systems are compared with, loaded when first asked for.
    struct Reference
    {
        const Pad1mRecord& record;
        bool loaded = false;
        Image target, placed; // of scoredSide
        Image wholeTarget; // as its file holds it
        std::string problem;
    };

    void check() const
    {
        if (m_records.empty())
            throw Failure(ErrorCode::InvalidInput,
                          "The data set has no usable record; run adtailor dataset lint on it.");
        if (m_options.systems.empty())
            throw Failure(ErrorCode::InvalidInput, "Name at least one system to evaluate.");
        std::set<std::string> names;
        for (const EvaluatedSystem& system : m_options.systems) {
            const bool plain = !system.name.empty() && system.name.front() != '.'
                && system.name.size() <= 64
                && std::all_of(system.name.begin(), system.name.end(), [](unsigned char c) {
                       return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
                   });
            if (!plain)
                throw Failure(ErrorCode::InvalidInput,
                              "The system's name \"" + system.name.substr(0, 64)
                                  + "\" must be of up to 64 letters, digits, dots, - and _, and "
                                    "not begin with a dot.");
            if (!names.insert(system.name).second)
                throw Failure(ErrorCode::InvalidInput,
                              "Two systems are called " + system.name + "; rename one.");
        }
    }

    std::int64_t lastNumber() const
    {
        std::int64_t last = m_options.lastRecord;
        for (const Pad1mRecord& record : m_records)
            last = std::max(last, record.number);
        return last;
    }

    void scoreRecord(const Pad1mRecord& record)
    {
        Reference reference{ record, false, {}, {}, {}, {} };
        for (std::size_t i = 0; i < m_options.systems.size(); ++i) {
            const auto& items = m_outputs[i].items;
            const auto output = items.find(record.number);
            if (output == items.end()) {
                m_report.rows[i].push_back(
                    { .number = record.number, .user = record.user, .problem = "no ad" });
                continue;
            }
            const auto known = m_options.scoreAgain ? std::nullopt : m_rows[i].find(record.number);
            ScoreRow row = startRow(record, output->second, i);
            const bool isSame = known && known->version == row.version && known->title == row.title
                && known->drawn == row.drawn && known->composed == row.composed;
            if (isSame)
                row = *known;
            if (score(row, reference))
                m_rows[i].keep(row);
            m_report.rows[i].push_back(std::move(row));
        }
    }

    ScoreRow startRow(const Pad1mRecord& record, const SystemOutput& output,
                      std::size_t system) const
    {
        ScoreRow row{ .number = record.number, .user = record.user };
        row.version = identityOf(record, output);
        row.title = output.title;
        row.drawn = output.drawn;
        row.composed = output.composed;
        const auto& seeds = m_options.systems[system].seeds;
        if (const auto seed = seeds.find(record.number); seed != seeds.end())
            row.seed = seed->second;
        return row;
    }

    // Computes what the row lacks; false when it lacked nothing.
    bool score(ScoreRow& row, Reference& reference)
    {
        std::optional<AdToScore> ad;
        for (const Scorer& scorer : m_options.scorers) {
            const bool isComplete = !scorer.score || isScored(row, scorer);
            if (isComplete)
                continue;
            if (!ad)
                ad = load(row, reference);
            const auto start = std::chrono::steady_clock::now();
            const auto values = guarded([&] { return scorer.score(*ad); });
            keepTime(scorer, secondsSince(start));
            if (!values)
                blame(row, values.error());
            for (std::size_t i = 0; i < scorer.metrics.size(); ++i)
                keepScore(row, scorer, scorer.metrics[i], values ? values->at(i) : std::nullopt);
        }
        return ad.has_value();
    }

    void keepTime(const Scorer& scorer, double seconds)
    {
        ScorerTime& time = m_times[static_cast<std::size_t>(&scorer - m_options.scorers.data())];
        ++time.ads;
        time.seconds += seconds;
    }

    static void keepScore(ScoreRow& row, const Scorer& scorer, const Metric& metric,
                          std::optional<double> value)
    {
        if (value && !std::isfinite(*value)) {
            blame(row, { ErrorCode::InvalidInput, metric.name + " is not a number." });
            value.reset();
        }
        row.scores[metric.key] = value;
        row.scoredBy.erase(metric.key);
        if (!scorer.identity.empty())
            row.scoredBy[metric.key] = scorer.identity;
    }

    AdToScore load(ScoreRow& row, Reference& reference)
    {
        if (!reference.loaded)
            loadReference(reference);
        if (!reference.problem.empty())
            blame(row, { ErrorCode::InvalidInput, reference.problem });
        const Image drawn = picture(row.drawn, row), composed = picture(row.composed, row);
        return { .record = &reference.record,
                 .title = row.title,
                 .drawn = scored(drawn),
                 .composed = scored(composed),
                 .target = reference.target,
                 .placed = reference.placed,
                 .whole = composed.isEmpty() ? drawn : composed,
                 .wholeTarget = reference.wholeTarget };
    }

    void loadReference(Reference& reference) const
    {
        reference.loaded = true;
        const auto done = guarded([&] {
            const Image placed = m_options.placedCutout(reference.record);
            reference.placed = imaging::resize(placed, scoredSide, scoredSide);
            if (!reference.record.targetImage.empty())
                reference.wholeTarget = valueOrThrow(imaging::load(reference.record.targetImage));
            reference.target = scored(reference.wholeTarget);
        });
        if (!done)
            reference.problem = done.error().detail;
    }

    // RGB of scoredSide, or empty.
    static Image scored(const Image& whole)
    {
        if (whole.isEmpty())
            return {};
        return imaging::onWhite(imaging::resize(whole, scoredSide, scoredSide));
    }

    // As the file holds it, or empty with the reason in the row.
    static Image picture(const fs::path& file, ScoreRow& row)
    {
        if (file.empty())
            return {};
        const auto image = imaging::load(file);
        if (!image) {
            blame(row, image.error());
            return {};
        }
        if (image->width() != image->height()) {
            blame(row,
                  { ErrorCode::InvalidInput,
                    file.string() + " has " + std::to_string(image->width()) + " x "
                        + std::to_string(image->height())
                        + " pixels; ads are square, so it was not scored." });
            return {};
        }
        return *image;
    }

    static void blame(ScoreRow& row, const Error& error)
    {
        if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::OutOfMemory)
            throw Failure(error.code, error.detail);
        if (row.problem.empty())
            row.problem = error.detail;
    }

    void summarize()
    {
        EvaluationSummary& summary = m_report.summary;
        for (std::size_t i = 0; i < m_times.size(); ++i) {
            if (m_times[i].ads == 0)
                continue;
            summary.times.push_back(m_times[i]);
            for (const Metric& metric : m_options.scorers[i].metrics)
                summary.times.back().metrics.push_back(metric.key);
        }
        for (const Scorer& scorer : m_options.scorers)
            summary.metrics.insert(summary.metrics.end(), scorer.metrics.begin(),
                                   scorer.metrics.end());
        for (std::size_t i = 0; i < summary.systems.size(); ++i)
            summarizeSystem(summary.systems[i], m_report.rows[i]);
        for (std::size_t i = 1; i < summary.systems.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                compare(i, j);
    }

    std::vector<std::optional<double>> column(std::size_t system, const std::string& metric) const
    {
        std::vector<std::optional<double>> values;
        for (const ScoreRow& row : m_report.rows[system]) {
            const auto found = row.scores.find(metric);
            values.push_back(found == row.scores.end() ? std::nullopt : found->second);
        }
        return values;
    }

    void summarizeSystem(SystemResult& result, const std::vector<ScoreRow>& rows) const
    {
        std::vector<std::int64_t> absent;
        std::vector<std::string> titles;
        for (const ScoreRow& row : rows) {
            const bool hasAny = row.title || !row.drawn.empty() || !row.composed.empty();
            if (!hasAny)
                absent.push_back(row.number);
            else if (!row.problem.empty() && result.issues.size() < mostIssues)
                result.issues.push_back("Record " + std::to_string(row.number) + ": "
                                        + row.problem);
            if (row.title)
                titles.push_back(*row.title);
        }
        result.scored = result.expected - static_cast<std::int64_t>(absent.size());
        if (!absent.empty())
            result.issues.insert(result.issues.begin(),
                                 std::to_string(absent.size()) + " of "
                                     + std::to_string(result.expected)
                                     + " records have no ad of this system: " + joined(absent)
                                     + ". Means and intervals are over the others.");
        result.distinct1 = distinctShare(titles, 1);
        result.distinct2 = distinctShare(titles, 2);
        const auto system = static_cast<std::size_t>(&result - m_report.summary.systems.data());
        for (const Metric& metric : m_report.summary.metrics) {
            std::vector<double> values;
            for (const auto& value : column(system, metric.key)) {
                if (value)
                    values.push_back(*value);
            }
            if (!values.empty())
                result.means[metric.key] = estimateMean(values, m_options.bootstrap);
        }
    }

    void compare(std::size_t system, std::size_t against)
    {
        for (const Metric& metric : m_report.summary.metrics) {
            const auto difference = estimateDifference(
                column(system, metric.key), column(against, metric.key), m_options.bootstrap);
            if (difference.count > 0)
                m_report.summary.comparisons.push_back({ m_options.systems[system].name,
                                                         m_options.systems[against].name,
                                                         metric.key, difference });
        }
    }

    void writeReport()
    {
        m_report.about = m_options.about;
        m_report.bootstrap = m_options.bootstrap;
        const auto write = [&](const char* name, const std::string& text) {
            writeFileAtomically(m_options.folder / name, text);
        };
        write("items.csv", itemsCsv(m_report));
        write("means.csv", meansCsv(m_report));
        write("differences.csv", differencesCsv(m_report));
        write("report.json", reportJson(m_report));
        write("report.html", reportHtml(m_report));
        if (!m_report.summary.times.empty())
            write("times.csv", timesCsv(m_report));
    }

    const std::vector<Pad1mRecord>& m_records;
    const EvaluationOptions& m_options;
    const JobControl& m_job;
    std::vector<SystemOutputs> m_outputs;
    std::unique_ptr<FolderLock> m_lock;
    std::vector<ScoreRows> m_rows;
    std::vector<ScorerTime> m_times; // by scorer
    Report m_report;
};

} // namespace

Result<EvaluationSummary> evaluate(const std::vector<Pad1mRecord>& records,
                                   const EvaluationOptions& options, const JobControl& job)
{
    return guarded([&] { return Evaluation(records, options, job).run(); });
}

} // namespace adtailor
