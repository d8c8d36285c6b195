// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_system.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/folder_lock.h"
#include "core/input_file.h"
#include "engine_options.h"
#include "record_request.h"
#include "request_options.h"

#include <adtailor/evaluation.h>
#include <adtailor/title_writer.h>

#include <map>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

constexpr int usualHistory = 10; // items, as many as Uni-AdGen reads
constexpr int plainAnswer = 128, thoughtAnswer = 4096; // tokens
constexpr std::size_t largestTextSettings = 1U << 16U;

using Titles = std::map<std::int64_t, std::string>; // by record, from 1

std::string csvOf(const Titles& titles)
{
    std::string text = "number,title\n";
    for (const auto& [number, title] : titles) {
        std::string cell;
        for (const char letter : title)
            cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        text += std::to_string(number) + ",\"" + cell + "\"\n";
    }
    return text;
}

Titles titlesIn(const fs::path& file, std::int64_t lastRecord)
{
    Titles titles;
    std::error_code error;
    if (!fs::exists(file, error))
        return titles;
    for (const auto& [number, output] : valueOrThrow(readSystemOutputs(file, lastRecord)).items) {
        if (output.title)
            titles[number] = *output.title;
    }
    return titles;
}

struct TextRun
{
    TitleWriterOptions options;
    PreferenceOptions preference;
    int history = usualHistory;
    std::string precision;
};

TextRun textRun(const Arguments& arguments, bool alwaysThinks)
{
    GenerationRequest pattern;
    applyRequestOptions(arguments, pattern);
    TextRun run;
    run.preference = pattern.preference;
    run.history = pattern.preference.count > 0 ? pattern.preference.count : usualHistory;
    run.options.thinks = arguments.has("thinking");
    run.options.seed = pattern.seed;
    if (arguments.has("text-temperature")) // the likeliest title otherwise
        run.options.sampling = pattern.text;
    run.options.maxTokens = static_cast<int>(arguments.integerOr(
        "answer-tokens", run.options.thinks || alwaysThinks ? thoughtAnswer : plainAnswer));
    run.precision = arguments.textOr("precision", "float32");
    return run;
}

std::string settingsJson(const fs::path& input, const std::string& model, const TextRun& run)
{
    const SamplingOptions& sampling = run.options.sampling;
    return "{\n \"input\": " + jsonQuoted(fs::absolute(input).string()) + ",\n \"model\": "
        + jsonQuoted(model) + ",\n \"seed\": " + std::to_string(run.options.seed)
        + ",\n \"sampling\": [" + std::to_string(sampling.temperature) + ", "
        + std::to_string(sampling.topK) + ", " + std::to_string(sampling.topP)
        + "],\n \"answer_tokens\": " + std::to_string(run.options.maxTokens)
        + ",\n \"thinking\": " + (run.options.thinks ? "true" : "false") + ",\n \"selection\": "
        + std::to_string(static_cast<int>(run.preference.selection)) + ",\n \"history\": "
        + std::to_string(run.history) + ",\n \"precision\": " + jsonQuoted(run.precision) + "\n}\n";
}

// Claims the folder for one kind of run, so that a resumed one never mixes two.
void claim(const fs::path& folder, const std::string& settings)
{
    std::error_code error;
    fs::create_directories(folder, error);
    const fs::path file = folder / "settings.json";
    if (!fs::exists(file, error))
        writeFileAtomically(file, settings);
    else if (readTextFile(file, largestTextSettings) != settings)
        throw Failure(ErrorCode::InvalidInput,
                      folder.string()
                          + " holds titles of another model or other settings; choose another "
                            "--out folder or another name.");
}

} // namespace

TextSystem::TextSystem(std::string name, fs::path model, fs::path folder)
    : m_name(std::move(name))
    , m_model(std::move(model))
    , m_folder(std::move(folder))
{
}

void TextSystem::write(const Arguments& arguments, const Context& context, const fs::path& input,
                       const std::vector<Pad1mRecord>& records, std::int64_t lastRecord) const
{
    const auto job = watchedJob(context);
    const auto writer = valueOrThrow(TitleWriter::load(findModel(m_model.string(), context),
                                                       engineOptions(arguments, m_model), job));
    const TextRun run = textRun(arguments, writer.alwaysThinks());
    const auto lock = FolderLock::ofEvaluation(m_folder.parent_path().parent_path());
    claim(m_folder, settingsJson(input, writer.hash(), run));
    Titles titles = titlesIn(file(), lastRecord);
    for (const Pad1mRecord& record : records) {
        if (titles.contains(record.number))
            continue;
        TitleWriterOptions options = run.options;
        options.seed += static_cast<std::uint64_t>(record.number);
        const auto title = writer.write({ record.description, record.sellingPoints,
                                          readTitles(record, run.preference, run.history) },
                                        options, { .stop = context.stop });
        const std::string name = "Record " + std::to_string(record.number) + ", " + m_name + ": ";
        if (!title && title.error().code != ErrorCode::InvalidInput)
            throw Failure(title.error().code, title.error().detail);
        if (!title) {
            context.console.warn(name + title.error().detail);
            continue;
        }
        titles[record.number] = *title;
        writeFileAtomically(file(), csvOf(titles));
        context.console.result(name + *title,
                               "{\"event\":\"item\",\"number\":" + std::to_string(record.number)
                                   + ",\"system\":" + jsonQuoted(m_name)
                                   + ",\"title\":" + jsonQuoted(*title) + "}");
    }
    if (titles.empty())
        throw Failure(ErrorCode::InvalidInput,
                      "The text model " + m_model.string() + " wrote no title for any record.");
}

} // namespace adtailor::cli
