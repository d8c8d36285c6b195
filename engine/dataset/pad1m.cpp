// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "dataset/csv_records.h"
#include "dataset/pad1m_sax.h"
#include "dataset/path_guard.h"
#include "dataset/record_stream.h"

#include <adtailor/brief.h>
#include <adtailor/pad1m.h>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr std::size_t maximumIssues = 1000;
constexpr std::size_t maximumSellingPoints = 1000;

// Empty parts are left out.
std::vector<std::string> split(std::string_view text, std::string_view separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        const std::string_view part = trimmed(text.substr(0, end));
        if (!part.empty())
            parts.emplace_back(part);
        text.remove_prefix(std::min(end + separator.size(), text.size()));
    }
    return parts;
}

// Sellers write both the Latin and the full-width comma.
std::vector<std::string> splitPoints(const std::string& wordList)
{
    std::vector<std::string> points;
    for (const std::string& part : split(wordList, "，")) {
        for (std::string& point : split(part, ","))
            points.push_back(std::move(point));
    }
    return points;
}

[[noreturn]] void rejectRecord(const std::string& reason)
{
    throw Failure(ErrorCode::InvalidInput, reason);
}

// Turns raw fields into records; throws Failure(InvalidInput) for a record that cannot be used.
class RecordMaker
{
public:
    RecordMaker(const std::filesystem::path& file, const Pad1mOptions& options)
        : m_options(options)
        , m_images(folder(file, options, options.imageFolder), options.checkFiles)
        , m_cutouts(folder(file, options, options.cutoutFolder), options.checkFiles)
    {
    }

    Pad1mRecord make(RawRecord&& raw)
    {
        if (!raw.problem.empty())
            rejectRecord(raw.problem);
        refuseNul(raw);
        Pad1mRecord record;
        record.number = raw.number;
        fillTexts(record, raw);
        fillHistory(record, raw);
        record.hasWhiteBackground = !raw.text("f_path_white").empty();
        const std::string& cutout
            = raw.text(record.hasWhiteBackground ? "f_path_white" : "f_path_trans");
        if (cutout.empty())
            rejectRecord("f_path_trans is missing.");
        record.cutout = m_cutouts.resolve(inFolder(cutout, m_options.cutoutFolder));
        if (!raw.text("f_path").empty())
            record.targetImage
                = m_images.resolve(inFolder(raw.text("f_path"), m_options.imageFolder));
        else if (m_options.needTarget)
            rejectRecord("f_path is missing.");
        return record;
    }

private:
    static std::filesystem::path folder(const std::filesystem::path& file,
                                        const Pad1mOptions& options,
                                        const std::filesystem::path& replacement)
    {
        if (!replacement.empty())
            return replacement;
        if (!options.root.empty())
            return options.root;
        return file.has_parent_path() ? file.parent_path() : ".";
    }

    static std::string inFolder(const std::string& path, const std::filesystem::path& replacement)
    {
        return replacement.empty() ? path : std::filesystem::path(path).filename().string();
    }

    // Half of the world's programs would end the text there.
    static void refuseNul(const RawRecord& raw)
    {
        const auto check = [](std::string_view field, const std::string& text) {
            if (text.find('\0') != std::string::npos)
                rejectRecord(std::string(field) + " holds a NUL character.");
        };
        for (const auto& [field, text] : raw.texts)
            check(field, text);
        for (const std::string& title : raw.historyTitles)
            check("history_titles", title);
    }

    void fillTexts(Pad1mRecord& record, RawRecord& raw) const
    {
        record.caption = raw.text("caption");
        record.user = raw.text("user_id");
        record.description = raw.text("sku_title_cn");
        record.titles = split(raw.text("gt_title_cn"), "<title_split>");
        record.wordList = raw.text("word_list");
        record.sellingPoints = splitPoints(record.wordList);
        if (record.description.empty() && record.sellingPoints.empty())
            rejectRecord("sku_title_cn and word_list are both missing.");
        if (record.sellingPoints.size() > maximumSellingPoints)
            rejectRecord("word_list has more than " + std::to_string(maximumSellingPoints)
                         + " selling points.");
        if (record.titles.empty() && m_options.needTarget)
            rejectRecord("gt_title_cn is missing.");
        record.maxRatio = raw.maxRatio.value_or(1.0);
        if (!std::isfinite(record.maxRatio) || record.maxRatio <= 0)
            rejectRecord("max_ratio must be above 0.");
        record.maxRatio = std::min(record.maxRatio, 1.0);
    }

    void fillHistory(Pad1mRecord& record, RawRecord& raw)
    {
        if (raw.historyImages.size() != raw.historyTitles.size())
            rejectRecord("history_images has " + std::to_string(raw.historyImages.size())
                         + " entries but history_titles " + std::to_string(raw.historyTitles.size())
                         + ".");
        if (!raw.similarities.empty() && raw.similarities.size() != raw.historyTitles.size())
            rejectRecord("text_similarity has another length than history_titles.");
        if (raw.historyTitles.size() > limits::historyItems)
            rejectRecord("the history has more than " + std::to_string(limits::historyItems)
                         + " items.");
        for (const std::string& image : raw.historyImages)
            record.historyImages.push_back(
                m_images.resolve(inFolder(image, m_options.imageFolder)));
        record.historyTitles = std::move(raw.historyTitles);
        record.similarities = std::move(raw.similarities);
    }

    Pad1mOptions m_options;
    PathGuard m_images;
    PathGuard m_cutouts;
};

// Told by the name: a CSV file has no other sign.
void parseRecords(RecordStream& stream, const std::filesystem::path& file,
                  const Pad1mOptions& options, const RecordVisitor& visit)
{
    const std::string name = file.filename().string();
    const Columns columns(options.columns);
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char byte) { return std::tolower(byte); });
    if (extension == ".csv" || extension == ".tsv")
        parseCsv(stream, name, columns, options.needTarget, visit);
    else if (extension == ".jsonl" || extension == ".ndjson")
        parsePad1mLines(stream, name, columns, visit);
    else
        parsePad1m(stream, name, columns, visit);
}

Pad1mSummary read(const std::filesystem::path& file, const Pad1mOptions& options,
                  const std::function<bool(Pad1mRecord&&)>& visit, const JobControl& job)
{
    constexpr std::uint64_t maximumRecordBytes = 16U << 20U;
    RecordStream stream(file, maximumRecordBytes);
    RecordMaker maker(file, options);
    Pad1mSummary summary;
    parseRecords(stream, file, options, [&](RawRecord&& raw) {
        throwIfCancelled(job);
        stream.startRecord();
        const std::int64_t number = raw.number;
        try {
            Pad1mRecord record = maker.make(std::move(raw));
            ++summary.records;
            return visit(std::move(record));
        } catch (const Failure& failure) {
            if (failure.code() != ErrorCode::InvalidInput)
                throw;
            ++summary.skipped;
            const Pad1mIssue issue{ number, failure.what() };
            if (options.skipped)
                options.skipped(issue);
            if (summary.issues.size() < maximumIssues)
                summary.issues.push_back(issue);
            return true;
        }
    });
    return summary;
}

} // namespace

Result<Pad1mSummary> readPad1m(const std::filesystem::path& file, const Pad1mOptions& options,
                               const std::function<bool(Pad1mRecord&&)>& visit,
                               const JobControl& job)
{
    return guarded([&] { return read(file, options, visit, job); });
}

} // namespace adtailor
