// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch_tree.h"
#include "core/failure.h"
#include "engine_options.h"
#include "record_request.h"
#include "request_options.h"

#include <limits>

namespace adtailor::cli {

namespace {

std::vector<Option> options()
{
    std::vector<Option> list{
        { "out", "FOLDER", "Root of the output tree (default: out)" },
        { "root", "FOLDER",
          "Where relative paths of the records start (default: beside the JSON)" },
        { "columns", "FILE", "JSON object: which column stands for which PAd1M field" },
        { "images", "FOLDER", "Take f_path and history_images from this folder" },
        { "cutouts", "FOLDER", "Take f_path_trans and f_path_white from this folder" },
        { "columns", "FILE",
          "JSON object, PAd1M's field -> your column of a CSV or JSON Lines file" },
        { "limit", "N", "Stop after so many records (default: all)" },
        { "step", "N", "Training step that names the folders (default: 0)" }
    };
    for (const auto& more : { requestOptionList(), engineOptionList() })
        list.insert(list.end(), more.begin(), more.end());
    list.push_back({ "json", "", "Write progress and results as JSON lines" });
    return list;
}

class Batch
{
public:
    Batch(const Arguments& arguments, const Context& context)
        : m_context(context)
        , m_input(inputFile(arguments))
        , m_limit(arguments.integerOr("limit", std::numeric_limits<std::int32_t>::max()))
        , m_engine(loadEngine(arguments, context))
        , m_tree(arguments.path("out").value_or("out"), countRecords(arguments),
                 arguments.integerOr("step", 0))
    {
        applyRequestOptions(arguments, m_template);
        m_options = recordOptions(arguments);
        m_options.skipped = [this](const Pad1mIssue& issue) {
            fail({ .number = issue.number }, { ErrorCode::InvalidInput, issue.reason });
        };
        m_tree.open(requestSettings(m_input, m_engine.info(), m_template));
        if (m_context.console.isJson())
            m_context.console.result(
                "", "{\"event\":\"start\",\"root\":" + jsonQuoted(m_tree.root().string()) + "}");
    }

    int run()
    {
        const auto read = readPad1m(m_input, m_options,
                                    [this](Pad1mRecord&& record) {
                                        if (m_read++ >= m_limit)
                                            return false;
                                        make(record);
                                        return true;
                                    },
                                    { .stop = m_context.stop });
        m_tree.writeResults(m_results); // also of what a stop has left
        if (!read)
            throw Failure(read.error().code, read.error().detail);
        const std::string counts = "\"made\":" + std::to_string(m_made)
            + ",\"kept\":" + std::to_string(m_kept) + ",\"failed\":" + std::to_string(m_failed);
        m_tree.writeReport("{" + counts + ",\"failures\":[" + m_failures + "]}\n");
        m_context.console.result(std::to_string(m_made) + " made, " + std::to_string(m_kept)
                                     + " kept from before, " + std::to_string(m_failed)
                                     + " failed; see " + m_tree.root().string(),
                                 "{\"event\":\"done\"," + counts + "}");
        return m_failed == 0 ? 0 : exitPartial;
    }

private:
    static std::filesystem::path inputFile(const Arguments& arguments)
    {
        arguments.allowPositionals(1);
        if (arguments.positionals().empty())
            throw Failure(ErrorCode::InvalidInput,
                          "Name the file of records; see adtailor batch --help.");
        return arguments.positionals().front();
    }

    static Pad1mOptions recordOptions(const Arguments& arguments)
    {
        Pad1mOptions options;
        if (const auto columns = arguments.path("columns"))
            options.columns = valueOrThrow(readPad1mColumns(*columns));
        options.root = arguments.path("root").value_or("");
        options.imageFolder = arguments.path("images").value_or("");
        options.cutoutFolder = arguments.path("cutouts").value_or("");
        if (const auto columns = arguments.path("columns"))
            options.columns = valueOrThrow(readPad1mColumns(*columns));
        return options;
    }

    // The tree's name holds the number of records, as the reference's does.
    std::int64_t countRecords(const Arguments& arguments) const
    {
        std::int64_t count = 0;
        Pad1mOptions options = recordOptions(arguments);
        options.checkFiles = false;
        valueOrThrow(readPad1m(m_input, options, [&](Pad1mRecord&&) { return ++count < m_limit; },
                               { .stop = m_context.stop }));
        return count;
    }

    void make(const Pad1mRecord& record)
    {
        if (m_tree.isDone(record.number)) {
            ++m_kept;
            const std::string title = m_tree.titleOf(record.number);
            m_results.push_back(resultOf(record, "kept", title));
            tell(record, "kept", title);
            return;
        }
        const auto done = guarded([&] {
            const GenerationRequest request
                = requestOf(record, m_template, m_engine.info().historyLength, &m_context.console);
            const auto ads = valueOrThrow(m_engine.generate(request, watchedJob(m_context)));
            m_tree.write(record, request.brief.product.cutout, ads);
            ++m_made;
            m_results.push_back(resultOf(record, "made", ads.front().title));
            tell(record, "item", ads.front().title);
        });
        if (done)
            return;
        const ErrorCode code = done.error().code;
        if (code == ErrorCode::Cancelled || code == ErrorCode::DiskFull)
            throw Failure(code, done.error().detail); // the next item would end the same way
        fail(record, done.error());
    }

    // What was kept from before is told to programs only.
    void tell(const Pad1mRecord& record, const char* event, const std::string& title)
    {
        if (std::string_view(event) == "kept" && !m_context.console.isJson())
            return;
        m_context.console.result(std::to_string(record.number) + "  " + title,
                                 std::string("{\"event\":\"") + event
                                     + "\",\"number\":" + std::to_string(record.number)
                                     + ",\"title\":" + jsonQuoted(title) + "}");
    }

    BatchResult resultOf(const Pad1mRecord& record, const char* state,
                         const std::string& text) const
    {
        return { record.number, record.user, record.description, state, text };
    }

    void fail(const Pad1mRecord& record, const Error& error)
    {
        const std::int64_t number = record.number;
        ++m_failed;
        m_results.push_back(resultOf(record, "failed", error.detail));
        if (m_context.console.isJson())
            m_context.console.result("",
                                     "{\"event\":\"failed\",\"number\":" + std::to_string(number)
                                         + ",\"detail\":" + jsonQuoted(error.detail) + "}");
        m_failures += (m_failures.empty() ? "" : ",");
        m_failures += "\n {\"number\":" + std::to_string(number) + ",\"code\":\""
            + errorName(error.code) + "\",\"detail\":" + jsonQuoted(error.detail) + "}";
        m_context.console.warn("Record " + std::to_string(number) + ": " + error.detail);
    }

    const Context& m_context;
    std::filesystem::path m_input;
    std::int64_t m_limit;
    Engine m_engine;
    BatchTree m_tree;
    Pad1mOptions m_options;
    GenerationRequest m_template;
    std::int64_t m_read = 0, m_made = 0, m_kept = 0, m_failed = 0;
    std::string m_failures;
    std::vector<BatchResult> m_results;
};

int batch(const Arguments& arguments, const Context& context)
{
    return Batch(arguments, context).run();
}

} // namespace

Command batchCommand()
{
    CommandHelp help{ .name = "batch",
                      .usage = "batch RECORDS [OPTIONS]",
                      .summary
                      = "Make ads for every record of a PAd1M JSON, JSON Lines or CSV file; may be "
                        "resumed.",
                      .options = options(),
                      .examples = { "batch valid.json --out out --limit 20",
                                    "batch test.json --images /data/images --cutouts /data/cutouts",
                                    "batch catalogue.csv --columns columns.json" } };
    return { help, batch };
}

} // namespace adtailor::cli
