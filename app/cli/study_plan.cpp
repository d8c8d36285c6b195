// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/strict_json.h"
#include "engine_options.h"
#include "study_verbs.h"

#include <adtailor/evaluation.h>

#include <nlohmann/json.hpp>

#include <limits>

namespace adtailor::cli {

namespace {

constexpr std::size_t itemFileBytes = 16U << 20U;

std::pair<std::string, std::string> splitSource(const std::string& word)
{
    const std::size_t split = word.find('=');
    if (split == 0 || split == std::string::npos || split + 1 == word.size())
        throw Failure(ErrorCode::InvalidInput,
                      "--source needs LABEL=FOLDER, not \"" + word.substr(0, 80) + "\".");
    return { word.substr(0, split), word.substr(split + 1) };
}

StudyDraft draftOfFolders(const std::vector<std::string>& words)
{
    std::vector<LabelledFolder> sources;
    for (const std::string& word : words) {
        const auto [label, folder] = splitSource(word);
        sources.push_back({ label, folder });
    }
    return valueOrThrow(studyFromFolders(sources));
}

// Outputs of a batch or another system, numbered by the records of a data set.
StudyDraft draftOfRecords(const Arguments& arguments, const std::vector<std::string>& words,
                          const Context& context)
{
    Pad1mOptions options;
    options.root = arguments.path("root").value_or("");
    std::vector<Pad1mRecord> records;
    valueOrThrow(readPad1m(*arguments.path("records"), options,
                           [&](Pad1mRecord&& record) {
                               records.push_back(std::move(record));
                               return true;
                           },
                           { .stop = context.stop }));
    const std::int64_t last = records.empty() ? 0 : records.back().number;
    std::vector<std::pair<std::string, SystemOutputs>> sources;
    for (const std::string& word : words) {
        const auto [label, place] = splitSource(word);
        sources.emplace_back(label, valueOrThrow(readSystemOutputs(place, last)));
    }
    return valueOrThrow(studyFromRecords(records, sources));
}

// {"lamp1": {"product": …, "person": …, "category": …, "language": …}}
void describeItems(StudyPlan& plan, const std::filesystem::path& file)
{
    const auto described = readJsonFile(file, itemFileBytes);
    try {
        for (StudyItem& item : plan.items) {
            const auto found = described.find(item.id);
            if (found == described.end())
                continue;
            item.product = found->value("product", item.product);
            item.person = found->value("person", item.person);
            item.category = found->value("category", item.category);
            item.language = found->value("language", item.language);
        }
    } catch (const nlohmann::json::exception&) {
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " is not an object of items with texts.");
    }
}

int boundedInteger(const Arguments& arguments, const char* name, int fallback)
{
    const std::int64_t value = arguments.integerOr(name, fallback);
    if (value < 0 || value > std::numeric_limits<int>::max())
        throw Failure(ErrorCode::InvalidInput, "--" + std::string(name) + " is out of range.");
    return static_cast<int>(value);
}

void applyPlanOptions(const Arguments& arguments, StudyPlan& plan)
{
    plan.name = arguments.textOr("name", plan.name.empty() ? "Study" : plan.name);
    plan.instruction = arguments.textOr("instruction", plan.instruction);
    plan.question = static_cast<StudyQuestion>(
        arguments.choiceOr("question", { "pairwise", "rating", "best-worst" },
                           static_cast<std::size_t>(plan.question)));
    plan.seed = arguments.unsignedOr("seed", plan.seed);
    plan.trialsPerRater = boundedInteger(arguments, "trials", plan.trialsPerRater);
    plan.catchEvery = boundedInteger(arguments, "catch-every", plan.catchEvery);
    plan.repeatShare = arguments.numberOr("repeats", plan.repeatShare);
    plan.practice = boundedInteger(arguments, "practice", plan.practice);
    plan.minimumSeconds = arguments.numberOr("minimum-time", plan.minimumSeconds);
    plan.breakEvery = boundedInteger(arguments, "break-every", plan.breakEvery);
    if (const auto before = arguments.path("follows")) {
        const StudyFolder study = valueOrThrow(StudyFolder::open(*before));
        plan.name = arguments.textOr("name", study.plan().name);
        plan.version = study.plan().version + 1;
        plan.follows = study.hash();
    }
}

} // namespace

StudyPlan studyPlanOf(const Arguments& arguments, const Context& context)
{
    StudyPlan plan;
    const auto words = arguments.all("source");
    const bool fromFile = arguments.positionals().size() == 2;
    if (fromFile == !words.empty())
        throw Failure(
            ErrorCode::InvalidInput,
            "Give create a plan as a JSON file, or --source LABEL=FOLDER for each source.");
    if (fromFile) {
        plan = valueOrThrow(readStudyPlan(arguments.positionals()[1]));
    } else {
        const StudyDraft draft = arguments.has("records")
            ? draftOfRecords(arguments, words, context)
            : draftOfFolders(words);
        for (const std::string& issue : draft.issues)
            context.console.warn(issue);
        plan = draft.plan;
    }
    if (const auto file = arguments.path("items"))
        describeItems(plan, *file);
    applyPlanOptions(arguments, plan);
    return plan;
}

} // namespace adtailor::cli
