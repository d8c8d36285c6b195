// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch_tree.h"
#include "commands.h"
#include "core/failure.h"
#include "core/folder_lock.h"
#include "engine_options.h"
#include "pbs_metric.h"
#include "picture_metric.h"
#include "record_request.h"
#include "request_options.h"
#include "text_system.h"

#include <adtailor/evaluation.h>

#include <algorithm>
#include <limits>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

// Our own model, with parts of it switched off: the paper's ablation, and two more.
struct Switches
{
    std::string name, label;
    bool readsHistory = true;
    bool readsAnother = false; // another person's history
    HistorySelection selection = HistorySelection::Pss;
    bool masks = true; // MPE chooses tokens
    bool control = true;
};

const std::vector<Switches>& ownSystems()
{
    static const std::vector<Switches> systems{
        { .name = "none", .label = "No history", .readsHistory = false },
        { .name = "random",
          .label = "Random history",
          .selection = HistorySelection::Random,
          .masks = false },
        { .name = "pss", .label = "PSS", .masks = false },
        { .name = "mpe", .label = "PSS + MPE" },
        { .name = "other", .label = "Another person's history", .readsAnother = true },
        { .name = "no-control", .label = "PSS + MPE, control off", .control = false },
    };
    return systems;
}

struct OwnSystem
{
    Switches switches;
    GenerationRequest pattern;
    BatchTree tree;
};

class Evaluate
{
public:
    Evaluate(const Arguments& arguments, const Context& context)
        : m_arguments(arguments)
        , m_context(context)
    {
        arguments.allowPositionals(1);
        if (arguments.positionals().empty() || !arguments.has("out"))
            throw Failure(ErrorCode::InvalidInput,
                          "Name the PAd1M file and --out FOLDER; see adtailor evaluate --help.");
        m_input = arguments.positionals().front();
        m_options.folder = *arguments.path("out");
        m_options.paperFile
            = arguments.path("paper").value_or(context.resources / "evaluation" / "paper.json");
        m_options.bootstrap.resamples = resamples();
        m_options.bootstrap.seed = arguments.unsignedOr("seed", 0);
        m_options.sheetItems
            = static_cast<int>(std::clamp<std::int64_t>(arguments.integerOr("sheet", 12), 0, 100));
        m_options.scoreAgain = arguments.has("score-again");
        m_options.scorers = standardScorers();
        m_options.placedCutout
            = [](const Pad1mRecord& record) { return placedCutout(record, nullptr); };
    }

    int run()
    {
        readSystems();
        readRecords();
        if (!m_own.empty() && !m_arguments.has("no-generate"))
            makeAds();
        for (const Switches& own : m_own)
            fillOwn(own);
        if (!m_arguments.has("no-generate"))
            writeTitles();
        installMetrics();
        m_options.about = about();
        const auto summary = valueOrThrow(evaluate(m_records, m_options, watchedJob(m_context)));
        return show(summary);
    }

private:
    int resamples() const
    {
        const std::int64_t count = m_arguments.integerOr("resamples", 2000);
        if (count < 100 || count > 100'000)
            throw Failure(ErrorCode::InvalidInput, "--resamples must lie between 100 and 100000.");
        return static_cast<int>(count);
    }

    // "mpe", or "NAME=PATH" of ads that another system made.
    void readSystems()
    {
        auto words = m_arguments.all("system");
        if (words.empty())
            words = { "none", "random", "pss", "mpe" };
        for (const std::string& word : words) {
            const std::size_t split = word.find('=');
            if (split != std::string::npos) {
                const std::string name = word.substr(0, split);
                const std::string path = word.substr(split + 1);
                if (path.starts_with(TextSystem::mark)) {
                    const fs::path folder = m_options.folder / "systems" / name;
                    m_texts.emplace_back(name, path.substr(TextSystem::mark.size()), folder);
                    m_options.systems.push_back({ name, name, m_texts.back().file(), {} });
                    continue;
                }
                m_options.systems.push_back({ name, name, word.substr(split + 1), {} });
                continue;
            }
            const auto& known = ownSystems();
            const auto own = std::find_if(known.begin(), known.end(),
                                          [&](const Switches& one) { return one.name == word; });
            if (own == known.end())
                throw Failure(ErrorCode::InvalidInput,
                              "There is no system \"" + word.substr(0, 80) + "\": " + ownNames()
                                  + " are ours, and NAME=FOLDER or NAME=FILE.csv brings another.");
            m_own.push_back(*own);
            m_options.systems.push_back({ own->name, own->label, systemFolder(*own), {} });
        }
    }

    static std::string ownNames()
    {
        std::string names;
        for (const Switches& own : ownSystems())
            names += (names.empty() ? "" : ", ") + own.name;
        return names;
    }

    fs::path systemFolder(const Switches& own) const
    {
        return m_options.folder / "systems" / own.name;
    }

    void readRecords()
    {
        Pad1mOptions options;
        options.root = m_arguments.path("root").value_or("");
        options.imageFolder = m_arguments.path("images").value_or("");
        options.cutoutFolder = m_arguments.path("cutouts").value_or("");
        if (const auto columns = m_arguments.path("columns"))
            options.columns = valueOrThrow(readPad1mColumns(*columns));
        const std::int64_t limit
            = m_arguments.integerOr("limit", std::numeric_limits<std::int32_t>::max());
        const auto summary = valueOrThrow(readPad1m(m_input, options,
                                                    [&](Pad1mRecord&& record) {
                                                        m_options.lastRecord = record.number;
                                                        if (std::ssize(m_records) < limit)
                                                            m_records.push_back(std::move(record));
                                                        return true;
                                                    },
                                                    { .stop = m_context.stop }));
        for (const Pad1mIssue& issue : summary.issues)
            m_context.console.warn("Record " + std::to_string(issue.number) + ": " + issue.reason);
        if (m_records.empty())
            throw Failure(ErrorCode::InvalidInput,
                          m_input.string()
                              + " has no usable record; adtailor dataset lint says why.");
    }

    GenerationRequest patternOf(const Switches& own) const
    {
        GenerationRequest pattern;
        applyRequestOptions(m_arguments, pattern);
        pattern.count = 1;
        pattern.preference.selection = own.selection;
        if (!own.masks)
            pattern.preference.masks = MaskSampling::KeepAll;
        if (!own.control)
            pattern.controlStrength = 0;
        return pattern;
    }

    void installMetrics()
    {
        const fs::path shipped = m_context.resources / "pbs_mini";
        std::error_code error;
        fs::path pbs = m_arguments.path("pbs").value_or(
            fs::is_directory(shipped, error) ? shipped : fs::path("none"));
        EngineOptions options;
        options.device = m_arguments.textOr("device", options.device);
        options.threads = static_cast<int>(m_arguments.integerOr("threads", 0));
        if (pbs != "none")
            installScorer(m_options.scorers, pbsMetric(pbs, options, { .stop = m_context.stop }));
        for (Scorer& scorer : pictureMetrics(m_arguments, options, { .stop = m_context.stop }))
            installScorer(m_options.scorers, std::move(scorer));
    }

    // Model after model: each is in memory alone.
    void writeTitles()
    {
        for (const TextSystem& system : m_texts)
            system.write(m_arguments, m_context, m_input, m_records, m_options.lastRecord);
    }

    // Record by record through all systems, so that a stopped run can be compared as it is.
    void makeAds()
    {
        const Engine engine = loadEngine(m_arguments, m_context);
        const auto lock = FolderLock::ofEvaluation(m_options.folder);
        m_modelName = engine.info().name;
        std::vector<OwnSystem> systems;
        for (const Switches& own : m_own) {
            systems.push_back(
                { own, patternOf(own), BatchTree(systemFolder(own), m_options.lastRecord, 0) });
            systems.back().tree.open(
                requestSettings(m_input, engine.info(), systems.back().pattern));
        }
        for (std::size_t i = 0; i < m_records.size(); ++i) {
            for (OwnSystem& system : systems) {
                if (!system.tree.isDone(m_records[i].number))
                    make(engine, system, i);
            }
        }
    }

    void make(const Engine& engine, OwnSystem& system, std::size_t place)
    {
        const Pad1mRecord& record = m_records[place];
        const std::string name
            = "Record " + std::to_string(record.number) + ", " + system.switches.name + ": ";
        const auto made = guarded([&] {
            const GenerationRequest request
                = requestOf(switched(place, system.switches), system.pattern,
                            engine.info().historyLength, nullptr);
            const auto ads = valueOrThrow(engine.generate(request, watchedJob(m_context)));
            system.tree.write(record, request.brief.product.cutout, ads);
            m_context.console.result(name + ads.front().title,
                                     "{\"event\":\"item\",\"number\":"
                                         + std::to_string(record.number)
                                         + ",\"system\":" + jsonQuoted(system.switches.name)
                                         + ",\"title\":" + jsonQuoted(ads.front().title) + "}");
        });
        if (made)
            return;
        if (made.error().code == ErrorCode::Cancelled || made.error().code == ErrorCode::DiskFull)
            throw Failure(made.error().code, made.error().detail);
        m_context.console.warn(name + made.error().detail);
    }

    Pad1mRecord switched(std::size_t place, const Switches& own) const
    {
        Pad1mRecord record = m_records[place];
        if (own.readsHistory && !own.readsAnother)
            return record;
        record.historyImages.clear();
        record.historyTitles.clear();
        record.similarities.clear();
        if (own.readsAnother) { // with their similarities: the items that person's own ad reads
            const Pad1mRecord& other = anotherPerson(place);
            record.historyImages = other.historyImages;
            record.historyTitles = other.historyTitles;
            record.similarities = other.similarities;
        }
        return record;
    }

    // Of half the file away, so that neighbours by theme are no partners.
    const Pad1mRecord& anotherPerson(std::size_t place) const
    {
        const std::size_t count = m_records.size();
        for (std::size_t step = 0; step < count; ++step) {
            const Pad1mRecord& other = m_records[(place + count / 2 + step) % count];
            const bool isSame = other.historyImages == m_records[place].historyImages
                || (!other.user.empty() && other.user == m_records[place].user);
            if (!isSame && !other.historyImages.empty())
                return other;
        }
        throw Failure(ErrorCode::InvalidInput,
                      "No other person of the data set has a history; evaluate more records.");
    }

    void fillOwn(const Switches& own)
    {
        for (EvaluatedSystem& system : m_options.systems) {
            if (system.name != own.name)
                continue;
            const std::uint64_t seed = patternOf(own).seed;
            for (const Pad1mRecord& record : m_records)
                system.seeds[record.number] = seed + static_cast<std::uint64_t>(record.number);
        }
    }

    std::string about() const
    {
        std::string text
            = std::to_string(m_records.size()) + " records of " + m_input.filename().string();
        if (!m_modelName.empty())
            text += ", own systems drawn by " + m_modelName;
        return text + ", adtailor " ADTAILOR_VERSION;
    }

    int show(const EvaluationSummary& summary)
    {
        bool isWhole = true;
        for (const SystemResult& system : summary.systems) {
            isWhole = isWhole && system.scored == system.expected;
            std::string line = system.label + ": " + std::to_string(system.scored) + " of "
                + std::to_string(system.expected) + " records";
            for (const char* metric : { "pbs", "bleu", "rouge" }) {
                const auto found = system.means.find(metric);
                if (found != system.means.end())
                    line += std::string(", ") + metric + " "
                        + std::to_string(found->second.mean).substr(0, 6);
            }
            for (const std::string& issue : system.issues)
                m_context.console.warn(system.label + ": " + issue);
            m_context.console.result(line,
                                     "{\"event\":\"system\",\"name\":" + jsonQuoted(system.name)
                                         + ",\"scored\":" + std::to_string(system.scored)
                                         + ",\"expected\":" + std::to_string(system.expected)
                                         + "}");
        }
        const std::string report = (m_options.folder / "report.html").string();
        m_context.console.result("The report is in " + report,
                                 "{\"event\":\"done\",\"report\":" + jsonQuoted(report) + "}");
        return isWhole ? 0 : exitPartial;
    }

    const Arguments& m_arguments;
    const Context& m_context;
    fs::path m_input;
    EvaluationOptions m_options;
    std::vector<Switches> m_own;
    std::vector<TextSystem> m_texts;
    std::vector<Pad1mRecord> m_records;
    std::string m_modelName;
};

int runEvaluation(const Arguments& arguments, const Context& context)
{
    return Evaluate(arguments, context).run();
}

std::vector<Option> evaluateOptions()
{
    std::vector<Option> list{
        { "out", "FOLDER",
          "Gets ads, rows and the report; the same command goes on where it stopped" },
        { "system", "SYSTEM",
          "Ours: none, random, pss, mpe, other (another person's history) or no-control; or "
          "NAME=FOLDER (the public output tree) or NAME=FILE.csv (number from 1, title, drawn, "
          "image); or NAME=chat:FOLDER, titles by Qwen2.5, Qwen3 or DeepSeek-R1-Distill. Default: "
          "none, random, pss, mpe",
          true },
        { "pbs", "PATH",
          "Feature model of PBS: a checkpoint, its folder, or none (default: the shipped one, if "
          "any)" },
        { "clip", "FOLDER",
          "CLIP ViT-L/14 for CLIP and CLIP-I, or none (default: metrics/clip among the user's "
          "data, "
          "if any; so below)" },
        { "aesthetic", "FILE", "The LAION aesthetic predictor's layers on top of --clip" },
        { "pick-score", "FOLDER", "PickScore_v1" },
        { "image-reward", "FOLDER", "ImageReward.pt with vocab.txt of bert-base-uncased" },
        { "dino", "FOLDER", "DINOv2 for the DINO similarity" },
        { "answer-tokens", "N",
          "Most tokens of a text model's answer (default: 128, or 4096 when "
          "it thinks)" },
        { "thinking", "", "Let Qwen3 think before it answers; DeepSeek-R1 always does" },
        { "limit", "N", "The first so many records (default: all)" },
        { "root", "FOLDER",
          "Where relative paths of the records start (default: beside the file)" },
        { "images", "FOLDER", "Take f_path and history_images from this folder" },
        { "cutouts", "FOLDER", "Take f_path_trans and f_path_white from this folder" },
        { "columns", "FILE", "JSON object, PAd1M's field -> your column of a CSV file" },
        { "no-generate", "", "Score the ads that are there, make no more" },
        { "score-again", "", "Compute every score anew" },
        { "resamples", "N", "Of the bootstrap (default: 2000)" },
        { "sheet", "N", "Records on the contact sheet (default: 12)" },
        { "paper", "FILE", "Published values to show beside (default: the shipped ones)" }
    };
    for (Option& option : requestOptionList()) {
        const bool isSwitch
            = option.name == "count" || option.name == "title" || option.name == "selection";
        if (!isSwitch)
            list.push_back(std::move(option));
    }
    for (Option& option : engineOptionList())
        list.push_back(std::move(option));
    list.push_back({ "json", "", "Write progress and results as JSON lines" });
    return list;
}

} // namespace

Command evaluateCommand()
{
    CommandHelp help{
        .name = "evaluate",
        .usage = "evaluate RECORDS.json --out FOLDER [--system SYSTEM]... [OPTIONS]",
        .summary = "Score systems on a data set and write a report; may be resumed.",
        .options = evaluateOptions(),
        .examples
        = { "evaluate test.json --root scenes --out eval --limit 50",
            "evaluate test.json --out eval --system mpe --system other --system no-control",
            "evaluate test.json --out eval --system mpe --system Pigeon=pigeon/test "
            "--system GPT-4o=gpt4o.csv",
            "evaluate test.json --out eval --system mpe --system Qwen3=chat:models/Qwen3-0.6B",
            "evaluate test.json --out eval --no-generate --score-again" }
    };
    return { help, runEvaluation };
}

} // namespace adtailor::cli
