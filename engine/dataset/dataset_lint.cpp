// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/utf8.h"
#include "dataset/columns.h"
#include "dataset/content_hash.h"
#include "dataset/picture_check.h"
#include "dataset/title_words.h"

#include <adtailor/brief.h>
#include <adtailor/dataset_lint.h>

#include <algorithm>

namespace adtailor {

namespace {

constexpr const char* kindNames[lintKinds]
    = { "bad-record",    "missing-image",    "unreadable-image", "no-alpha",
        "cut-off",       "empty-title",      "long-title",       "foreign-title",
        "short-history", "duplicate-record", "duplicate-image" };

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (; !text.empty(); ++count)
        text.remove_prefix(firstUtf8(text).bytes);
    return count;
}

std::string itemName(std::size_t index)
{
    return "History item " + std::to_string(index + 1);
}

std::filesystem::path rootOf(const std::filesystem::path& file, const LintOptions& options)
{
    if (!options.root.empty())
        return options.root;
    return file.has_parent_path() ? file.parent_path() : ".";
}

class Linter
{
public:
    Linter(const std::filesystem::path& file, const LintOptions& options,
           const std::function<void(const LintFinding&)>& visit)
        : m_options(options)
        , m_visit(visit)
        , m_columns(options.columns)
        , m_pictures(rootOf(file, options))
    {
    }

    void check(const Pad1mRecord& record)
    {
        begin(record.number);
        checkAd(record);
        checkCutout(record);
        checkTitles(record);
        checkHistory(record);
        checkCopy(record);
    }

    void reportUnread(const Pad1mIssue& issue)
    {
        begin(issue.number);
        error("", LintKind::BadRecord, issue.reason, "Correct this record, or take it out.");
    }

    const LintSummary& summary() const { return m_summary; }

private:
    void begin(std::int64_t number)
    {
        m_number = number;
        m_hasError = false;
        ++m_summary.records;
    }

    void report(LintFinding finding)
    {
        if (finding.isError && !m_hasError)
            ++m_summary.unusable;
        m_hasError = m_hasError || finding.isError;
        m_summary.warnings += finding.isError ? 0 : 1;
        ++m_summary.counts[static_cast<std::size_t>(finding.kind)];
        finding.number = m_number;
        if (!finding.field.empty())
            finding.field = m_columns.column(finding.field);
        m_visit(finding);
    }
    void error(const char* field, LintKind kind, const std::string& what, const char* remedy)
    {
        report({ .field = field, .kind = kind, .isError = true, .what = what, .remedy = remedy });
    }
    void warn(const char* field, LintKind kind, const std::string& what, const char* remedy)
    {
        report({ .field = field, .kind = kind, .what = what, .remedy = remedy });
    }

    // False when there is nothing more to say about the picture.
    bool checkFile(const char* field, const std::string& subject, const PictureState& state,
                   const std::filesystem::path& path, bool isNeeded)
    {
        const std::string what = subject + " " + path.filename().string();
        if (state.fault == PictureState::Missing)
            error(field, LintKind::MissingImage, what + " does not exist.",
                  "Put the file beneath the picture folder, or correct the path.");
        else if (state.fault == PictureState::Unreadable)
            report({ .field = field,
                     .kind = LintKind::UnreadableImage,
                     .isError = isNeeded,
                     .what = what + " is no PNG, JPEG or WebP picture that can be shown.",
                     .remedy = "Save the picture again." });
        else if (state.isCopy)
            warn(field, LintKind::DuplicateImage, what + " equals another file byte for byte.",
                 "Name one of the two everywhere, so that it is not learnt twice.");
        return state.fault == PictureState::None;
    }

    void checkAd(const Pad1mRecord& record)
    {
        if (record.targetImage.empty())
            error("f_path", LintKind::MissingImage, "The record has no ad picture.",
                  "Name the picture that was clicked.");
        else
            checkFile("f_path", "The ad", m_pictures.look(record.targetImage, false),
                      record.targetImage, true);
    }

    void checkCutout(const Pad1mRecord& record)
    {
        const char* field = record.hasWhiteBackground ? "f_path_white" : "f_path_trans";
        const PictureState state = m_pictures.look(record.cutout, true);
        if (!checkFile(field, "The product", state, record.cutout, true))
            return;
        if (state.isOpaque && !state.hasWhiteBackground)
            warn(field, LintKind::NoAlpha, "The cutout has no transparent pixel.",
                 "Cut the product out, and save it as PNG or WebP with alpha.");
        else if (state.isOpaque && !record.hasWhiteBackground)
            warn(field, LintKind::NoAlpha, "The cutout is opaque, on a plain white background.",
                 "Take the background off, so that white parts of the product stay.");
        if (state.touchesEdge && (!state.isOpaque || state.hasWhiteBackground))
            warn(field, LintKind::CutOff, "The product touches the frame.",
                 "Use a picture that shows all of it, with a margin.");
    }

    void checkTitles(const Pad1mRecord& record)
    {
        constexpr const char* field = "gt_title_cn";
        if (record.titles.empty())
            error(field, LintKind::EmptyTitle, "The record has no title.",
                  "Give the title that was clicked.");
        for (const std::string& title : record.titles) {
            if (!checkLength(field, "The title", title))
                continue;
            if (!usesOnlyWords(title, record.sellingPoints))
                warn(field, LintKind::ForeignTitle,
                     "The title says what the word list does not: \"" + title + "\".",
                     "Add its words to the word list, or leave the record out: it teaches the "
                     "model to invent.");
        }
    }

    bool checkLength(const char* field, const std::string& subject, const std::string& title)
    {
        const std::size_t length = characters(title);
        if (length <= m_options.longestTitle && title.size() <= limits::titleBytes)
            return true;
        warn(field, LintKind::LongTitle,
             subject + " has " + std::to_string(length) + " characters, more than "
                 + std::to_string(m_options.longestTitle) + ".",
             "Shorten it to what an ad can show.");
        return false;
    }

    void checkHistory(const Pad1mRecord& record)
    {
        const std::size_t count = record.historyImages.size();
        if (count < m_options.shortestHistory)
            warn("history_images", LintKind::ShortHistory,
                 "The history has " + std::to_string(count) + " items, fewer than "
                     + std::to_string(m_options.shortestHistory) + ".",
                 "Collect more clicks of this person, or use the record for the general stage.");
        for (std::size_t i = 0; i < count; ++i)
            checkItem(record, i);
    }

    void checkItem(const Pad1mRecord& record, std::size_t index)
    {
        const std::filesystem::path& path = record.historyImages[index];
        const std::string item = itemName(index);
        checkFile("history_images", item + ":", m_pictures.look(path, false), path, false);
        const auto& images = record.historyImages;
        const auto before = images.begin() + static_cast<std::ptrdiff_t>(index);
        if (path == record.targetImage)
            warn("history_images", LintKind::DuplicateImage, item + " is the clicked ad itself.",
                 "Take it out: the model would learn to copy.");
        else if (std::find(images.begin(), before, path) != before)
            warn("history_images", LintKind::DuplicateImage,
                 item + " shows a picture that stands in this history before.",
                 "Keep one of the two.");
        const std::string& title = record.historyTitles[index];
        if (title.find_first_not_of(" \t\r\n") == std::string::npos)
            warn("history_titles", LintKind::EmptyTitle, item + " has no title.",
                 "Give its title, or take the item out.");
        else
            checkLength("history_titles", item, title);
    }

    void checkCopy(const Pad1mRecord& record)
    {
        ContentHash hash;
        hash.add(record.user).add(record.targetImage.native()).add(record.cutout.native());
        hash.add(record.description).add(record.wordList);
        for (const std::string& title : record.titles)
            hash.add(title);
        for (std::size_t i = 0; i < record.historyImages.size(); ++i)
            hash.add(record.historyImages[i].native()).add(record.historyTitles[i]);
        const auto [first, isNew] = m_records.try_emplace(hash.value(), record.number);
        if (!isNew)
            warn("", LintKind::DuplicateRecord,
                 "The record is the same as record " + std::to_string(first->second) + ".",
                 "Take one of the two out.");
    }

    const LintOptions& m_options;
    const std::function<void(const LintFinding&)>& m_visit;
    Columns m_columns;
    PictureCheck m_pictures;
    std::unordered_map<std::uint64_t, std::int64_t> m_records; // content -> number
    LintSummary m_summary;
    std::int64_t m_number = 0;
    bool m_hasError = false;
};

LintSummary lint(const std::filesystem::path& file, const LintOptions& options,
                 const std::function<void(const LintFinding&)>& visit, const JobControl& job)
{
    Linter linter(file, options, visit);
    const Pad1mOptions records{ .columns = options.columns,
                                .root = options.root,
                                .checkFiles = false,
                                .skipped
                                = [&](const Pad1mIssue& issue) { linter.reportUnread(issue); } };
    const auto check = [&](Pad1mRecord&& record) {
        linter.check(record);
        if (job.report)
            job.report({ .stage = Stage::Data, .done = record.number });
        return true;
    };
    static_cast<void>(valueOrThrow(readPad1m(file, records, check, job)));
    if (linter.summary().records == 0)
        throw Failure(ErrorCode::InvalidInput,
                      file.string() + ": there is no record in it. Add records.");
    return linter.summary();
}

} // namespace

const char* lintName(LintKind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

Result<LintSummary> lintDataset(const std::filesystem::path& file, const LintOptions& options,
                                const std::function<void(const LintFinding&)>& visit,
                                const JobControl& job)
{
    return guarded([&] { return lint(file, options, visit, job); });
}

} // namespace adtailor
