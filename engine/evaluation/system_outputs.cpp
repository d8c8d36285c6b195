// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/paths.h"
#include "core/strict_json.h"
#include "dataset/csv_reader.h"
#include "dataset/record_stream.h"

#include <adtailor/brief.h>
#include <adtailor/evaluation.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t mostImportIssues = 20;
constexpr std::size_t mostFiles = 1'000'000;
constexpr std::size_t layoutBytes = 8U << 20U;
constexpr std::uint64_t csvRowBytes = 4U << 20U;

void note(SystemOutputs& outputs, const std::string& issue)
{
    if (outputs.issues.size() < mostImportIssues)
        outputs.issues.push_back(issue);
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

// "12", or the first of several parallel ads, "12_0".
std::optional<std::int64_t> itemNumber(const std::string& stem)
{
    const std::size_t bar = stem.find('_');
    if (bar != std::string::npos && stem.substr(bar) != "_0")
        return std::nullopt;
    return wholeNumber(stem.substr(0, bar));
}

bool isOtherParallelAd(const std::string& stem)
{
    const std::size_t bar = stem.find('_');
    return bar != std::string::npos && wholeNumber(stem.substr(0, bar))
        && wholeNumber(stem.substr(bar + 1));
}

std::vector<fs::path> entriesOf(const fs::path& folder)
{
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entries.size() == mostFiles)
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " holds more than " + std::to_string(mostFiles)
                              + " files; choose a smaller folder.");
        entries.push_back(entry->path());
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

// Folders {step} of a run: pr_image, fusion_image or {step}_batch beside them says so.
std::vector<fs::path> stepsIn(const fs::path& root)
{
    std::vector<fs::path> steps;
    std::error_code error;
    for (const fs::path& entry : entriesOf(root)) {
        std::string name = entry.filename().string();
        if (name.ends_with("_batch"))
            name.resize(name.size() - 6);
        const bool isStep = wholeNumber(name)
            && (fs::is_directory(root / (name + "_batch"), error)
                || fs::is_directory(root / name / "pr_image", error)
                || fs::is_directory(root / name / "fusion_image", error));
        if (isStep && (steps.empty() || steps.back() != root / name))
            steps.push_back(root / name);
    }
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    return steps;
}

// The one {step} at the place or up to two folders beneath it ({out}/test/{run}/{step}).
fs::path findStep(const fs::path& place)
{
    std::error_code error;
    if (fs::is_directory(place / "pr_image", error)
        || fs::is_directory(place / "fusion_image", error))
        return place;
    std::vector<fs::path> level{ place };
    for (int depth = 0; depth <= 2; ++depth) {
        std::vector<fs::path> steps, next;
        for (const fs::path& folder : level) {
            const auto found = stepsIn(folder);
            steps.insert(steps.end(), found.begin(), found.end());
            for (const fs::path& entry : entriesOf(folder)) {
                if (fs::is_directory(entry, error))
                    next.push_back(entry);
            }
        }
        if (steps.size() > 1)
            throw Failure(ErrorCode::InvalidInput,
                          place.string() + " holds several steps or runs, among them "
                              + steps[0].string() + " and " + steps[1].string()
                              + "; name the folder of one.");
        if (steps.size() == 1)
            return steps.front();
        level = std::move(next);
    }
    throw Failure(ErrorCode::InvalidInput,
                  place.string()
                      + " is no output tree: there is no folder like 0/pr_image, 0/fusion_image or "
                        "0_batch in it. Name the folder that holds them, or a CSV file.");
}

class TreeReader
{
public:
    TreeReader(const fs::path& place, std::int64_t records)
        : m_step(findStep(place))
        , m_records(records)
    {
    }

    SystemOutputs read()
    {
        readPictures("pr_image", &SystemOutput::drawn);
        readPictures("fusion_image", &SystemOutput::composed);
        readLayouts();
        if (m_outputs.items.empty())
            throw Failure(ErrorCode::InvalidInput,
                          "No name in " + m_step.string() + " matches one of the "
                              + std::to_string(m_records) + " records"
                              + (m_outputs.issues.empty() ? std::string(": it is empty.")
                                                          : ": " + m_outputs.issues.front()));
        return std::move(m_outputs);
    }

private:
    void readPictures(const char* kind, fs::path SystemOutput::*member)
    {
        for (const fs::path& file : entriesOf(m_step / kind)) {
            const std::string stem = file.stem().string();
            const auto item = itemNumber(stem);
            if (item && *item < m_records)
                m_outputs.items[*item + 1].*member = file;
            else if (!isOtherParallelAd(stem) || (item && *item >= m_records))
                note(m_outputs,
                     file.string() + " is not named by the place of a record, 0 to "
                         + std::to_string(m_records - 1) + ", and was left out.");
        }
    }

    // {b}_{r}_layout.json, b counting batches; our own batches hold the ads of one record.
    void readLayouts()
    {
        const fs::path folder = m_step.parent_path() / (m_step.filename().string() + "_batch");
        std::map<std::int64_t, std::vector<std::string>> batches;
        std::size_t largest = 1;
        for (const fs::path& file : entriesOf(folder)) {
            const std::string name = file.filename().string();
            if (!name.ends_with("_layout.json"))
                continue;
            const auto batch = wholeNumber(name.substr(0, name.find('_')));
            if (!batch)
                note(m_outputs, file.string() + " is not named by a batch and was left out.");
            else if (batches.contains(*batch))
                throw Failure(ErrorCode::InvalidInput,
                              folder.string() + " holds the texts of batch "
                                  + std::to_string(*batch) + " twice, of two runs; remove one.");
            else
                largest = std::max(largest, (batches[*batch] = titlesOf(file)).size());
        }
        std::error_code error;
        const bool isOurs = fs::exists(m_step.parent_path() / "batch.json", error);
        for (const auto& [batch, titles] : batches)
            for (std::size_t i = 0;
                 i < (isOurs ? std::min<std::size_t>(titles.size(), 1) : titles.size()); ++i)
                keepTitle(isOurs ? batch
                                 : batch * static_cast<std::int64_t>(largest)
                                  + static_cast<std::int64_t>(i),
                          titles[i]);
    }

    void keepTitle(std::int64_t item, const std::string& title)
    {
        if (item < m_records)
            m_outputs.items[item + 1].title = title;
        else
            note(m_outputs,
                 "There is a title for record " + std::to_string(item + 1) + ", but only "
                     + std::to_string(m_records) + " records.");
    }

    static std::vector<std::string> titlesOf(const fs::path& file)
    {
        const json layout = readJsonFile(file, layoutBytes);
        if (!layout.is_object() || !layout.contains("pr_title") || !layout["pr_title"].is_array())
            throw Failure(ErrorCode::FileCorrupt,
                          file.string() + " has no list pr_title; repair or remove it.");
        std::vector<std::string> titles;
        for (const json& title : layout["pr_title"]) {
            if (!title.is_string()
                || title.get_ref<const std::string&>().size() > limits::titleBytes)
                throw Failure(ErrorCode::FileCorrupt,
                              file.string() + " has a title that is no text of up to "
                                  + std::to_string(limits::titleBytes) + " bytes.");
            titles.push_back(title);
        }
        return titles;
    }

    fs::path m_step;
    std::int64_t m_records;
    SystemOutputs m_outputs;
};

class TableReader
{
public:
    TableReader(const fs::path& file, std::int64_t records)
        : m_file(file)
        , m_records(records)
        , m_stream(file, csvRowBytes)
        , m_rows(m_stream, file.string())
    {
        m_number = column("number");
        m_title = column("title");
        m_drawn = column("drawn");
        m_image = column("image");
        if (!m_number || !(m_title || m_drawn || m_image))
            throw Failure(ErrorCode::InvalidInput,
                          file.string()
                              + " needs the column number (a record's place, from 1) and one of "
                                "title, drawn and image in its header.");
    }

    SystemOutputs read()
    {
        CsvRow row;
        while (m_rows.next(row)) {
            m_stream.startRecord();
            if (row.problem.empty())
                keep(row);
            else
                note(m_outputs, row.problem);
        }
        if (m_outputs.items.empty())
            throw Failure(ErrorCode::InvalidInput,
                          m_file.string() + " has no row for one of the "
                              + std::to_string(m_records) + " records"
                              + (m_outputs.issues.empty() ? std::string(".")
                                                          : ": " + m_outputs.issues.front()));
        return std::move(m_outputs);
    }

private:
    std::optional<std::size_t> column(const std::string& name) const
    {
        const auto& header = m_rows.header();
        const auto found = std::find(header.begin(), header.end(), name);
        if (found == header.end())
            return std::nullopt;
        return static_cast<std::size_t>(found - header.begin());
    }

    static std::string cell(const CsvRow& row, std::optional<std::size_t> place)
    {
        return place && *place < row.cells.size() ? row.cells[*place] : std::string();
    }

    void keep(const CsvRow& row)
    {
        const auto number = wholeNumber(cell(row, m_number));
        const std::string where = "Line " + std::to_string(row.line);
        if (!number || *number < 1 || *number > m_records)
            return note(m_outputs,
                        where + " names no record: number must lie between 1 and "
                            + std::to_string(m_records) + ".");
        if (m_outputs.items.contains(*number))
            return note(m_outputs, where + " names record " + std::to_string(*number) + " again.");
        SystemOutput output{ std::nullopt, picture(row, m_drawn), picture(row, m_image) };
        const std::string title = cell(row, m_title);
        if (title.size() > limits::titleBytes)
            note(m_outputs,
                 where + " has a title longer than " + std::to_string(limits::titleBytes)
                     + " bytes.");
        else if (m_title)
            output.title = title;
        m_outputs.items.emplace(*number, std::move(output));
    }

    fs::path picture(const CsvRow& row, std::optional<std::size_t> place)
    {
        const std::string name = cell(row, place);
        if (name.empty())
            return {};
        std::error_code error;
        const fs::path folder = fs::weakly_canonical(fs::absolute(m_file).parent_path(), error);
        const fs::path path = fs::weakly_canonical(folder / name, error);
        if (!error && isBeneath(path, folder))
            return path;
        note(m_outputs,
             "Line " + std::to_string(row.line) + " names a picture outside the file's folder.");
        return {};
    }

    fs::path m_file;
    std::int64_t m_records;
    RecordStream m_stream;
    CsvReader m_rows;
    std::optional<std::size_t> m_number, m_title, m_drawn, m_image;
    SystemOutputs m_outputs;
};

} // namespace

Result<SystemOutputs> readSystemOutputs(const fs::path& place, std::int64_t records)
{
    return guarded([&] {
        std::error_code error;
        if (fs::is_directory(place, error))
            return TreeReader(place, records).read();
        if (!fs::exists(place, error))
            throw Failure(ErrorCode::FileNotFound,
                          "There is no folder or CSV file " + place.string() + ".");
        return TableReader(place, records).read();
    });
}

} // namespace adtailor
