// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "dataset/json_stream.h"
#include "dataset/pad1m_sax.h"
#include "dataset/path_guard.h"

#include <adtailor/brief.h>
#include <adtailor/pad1m.h>

#include <algorithm>
#include <cmath>
#include <istream>

namespace adtailor {

namespace {

constexpr std::size_t maximumIssues = 1000;
constexpr std::size_t maximumSellingPoints = 1000;

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

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

[[noreturn]] void reject(const std::string& reason)
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
            reject(raw.problem);
        Pad1mRecord record;
        record.number = raw.number;
        fillTexts(record, raw);
        fillHistory(record, raw);
        const std::string& cutout = raw.text("f_path_white").empty() ? raw.text("f_path_trans")
                                                                     : raw.text("f_path_white");
        if (cutout.empty())
            reject("f_path_trans is missing.");
        record.cutout = m_cutouts.resolve(inFolder(cutout, m_options.cutoutFolder));
        if (!raw.text("f_path").empty())
            record.targetImage
                = m_images.resolve(inFolder(raw.text("f_path"), m_options.imageFolder));
        else if (m_options.needTarget)
            reject("f_path is missing.");
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

    void fillTexts(Pad1mRecord& record, RawRecord& raw) const
    {
        record.caption = raw.text("caption");
        record.description = raw.text("sku_title_cn");
        record.titles = split(raw.text("gt_title_cn"), "<title_split>");
        record.wordList = raw.text("word_list");
        record.sellingPoints = splitPoints(record.wordList);
        if (record.description.empty() && record.sellingPoints.empty())
            reject("sku_title_cn and word_list are both missing.");
        if (record.sellingPoints.size() > maximumSellingPoints)
            reject("word_list has more than " + std::to_string(maximumSellingPoints)
                   + " selling points.");
        if (record.titles.empty() && m_options.needTarget)
            reject("gt_title_cn is missing.");
        record.maxRatio = raw.maxRatio.value_or(1.0);
        if (!std::isfinite(record.maxRatio) || record.maxRatio <= 0)
            reject("max_ratio must be above 0.");
        record.maxRatio = std::min(record.maxRatio, 1.0);
    }

    void fillHistory(Pad1mRecord& record, RawRecord& raw)
    {
        if (raw.historyImages.size() != raw.historyTitles.size())
            reject("history_images has " + std::to_string(raw.historyImages.size())
                   + " entries but history_titles " + std::to_string(raw.historyTitles.size())
                   + ".");
        if (!raw.similarities.empty() && raw.similarities.size() != raw.historyTitles.size())
            reject("text_similarity has another length than history_titles.");
        if (raw.historyTitles.size() > limits::historyItems)
            reject("the history has more than " + std::to_string(limits::historyItems) + " items.");
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

Pad1mSummary read(const std::filesystem::path& file, const Pad1mOptions& options,
                  const std::function<bool(Pad1mRecord&&)>& visit, const JobControl& job)
{
    constexpr std::uint64_t maximumRecordBytes = 16U << 20U;
    JsonStream stream(file, maximumRecordBytes);
    RecordMaker maker(file, options);
    Pad1mSummary summary;
    parsePad1m(stream, file.filename().string(), [&](RawRecord&& raw) {
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
            if (summary.issues.size() < maximumIssues)
                summary.issues.push_back({ number, failure.what() });
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
