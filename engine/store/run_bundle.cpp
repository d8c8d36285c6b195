// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/safetensors_header.h"
#include "core/strict_json.h"
#include "models/licence_line.h"

#include <adtailor/run_bundle.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t pieceBytes = 1U << 20U;
constexpr std::size_t largestTokenizer = 64U << 20U;
const std::string averagePrefix = "average."; // of the weights' moving average in a checkpoint

// Where one tensor's bytes lie.
struct Place
{
    const InputFile* file = nullptr;
    std::uint64_t offset = 0;
    TensorEntry entry;
};

using Places = std::map<std::string, Place>;

// prefix: only names that begin with it, and without it.
void addTensors(Places& places, const InputFile& file, const std::string& prefix = {})
{
    std::uint64_t begin = 0;
    for (TensorEntry& entry : readSafetensorsHeader(file, begin).tensors) {
        if (!entry.name.starts_with(prefix))
            continue;
        entry.name.erase(0, prefix.size());
        const std::uint64_t offset = begin + entry.begin;
        places.insert_or_assign(entry.name, Place{ &file, offset, entry });
    }
}

void writeTensors(const Places& places, const fs::path& target, const JobControl& job)
{
    SafetensorsHeader header;
    header.metadata["format"] = "pt";
    std::uint64_t total = 0, done = 0;
    for (const auto& [name, place] : places) {
        header.tensors.push_back(place.entry);
        total += place.entry.end - place.entry.begin;
    }
    const std::string head = buildSafetensorsHeader(header);
    AtomicFile output(target, head.size() + total);
    output.write(head);
    std::vector<std::byte> piece(pieceBytes);
    for (const TensorEntry& entry : header.tensors) {
        const Place& place = places.at(entry.name);
        const std::uint64_t bytes = place.entry.end - place.entry.begin;
        for (std::uint64_t at = 0; at < bytes; at += pieceBytes) {
            throwIfCancelled(job);
            const auto part
                = std::span(piece).first(std::min<std::uint64_t>(pieceBytes, bytes - at));
            place.file->readAt(place.offset + at, part);
            output.write(part);
            done += part.size();
        }
        if (job.report)
            job.report({ .stage = Stage::Data,
                         .done = static_cast<std::int64_t>(done),
                         .total = static_cast<std::int64_t>(total) });
    }
    output.commit();
}

class Bundler
{
public:
    Bundler(fs::path run, std::int64_t step, const JobControl& job)
        : m_run(std::move(run))
        , m_step(step)
        , m_job(job)
        , m_settings(readJsonFile(m_run / "run.json", limits::jsonStringBytes))
    {
        if (!m_settings.is_object() || !m_settings.contains("model")
            || !m_settings["model"].is_object())
            throw Failure(ErrorCode::ModelMismatch,
                          (m_run / "run.json").string()
                              + " has no \"model\": no bundle can be made of this run.");
    }

    fs::path run() const
    {
        const std::string step = "step_" + std::to_string(m_step);
        // So that a folder in a list says whose it is.
        const std::string name = fs::absolute(m_run).lexically_normal().filename().string();
        const fs::path folder = m_run / "bundles" / (m_step == 0 ? name : name + "-" + step);
        if (fs::exists(folder / "config.json")) // written last
            return folder;
        fs::create_directories(folder);
        if (m_step == 0)
            linkOrCopy(m_run / "model.safetensors", folder / "model.safetensors");
        else
            writeCheckpoint(m_run / "checkpoints" / step, folder / "model.safetensors");
        writeFileAtomically(folder / "tokenizer.json",
                            readTextFile(path("tokenizer"), largestTokenizer));
        if (const fs::path sentence = path("instruction"); !sentence.empty())
            writeFileAtomically(folder / "instruction.txt",
                                readTextFile(sentence, limits::jsonStringBytes));
        writeCard(folder);
        json config = m_settings["model"];
        config["name"] = title();
        writeFileAtomically(folder / "config.json", config.dump(1));
        return folder;
    }

private:
    std::string text(const char* key) const
    {
        const auto found = m_settings.find(key);
        return found != m_settings.end() && found->is_string() ? found->get<std::string>() : "";
    }
    fs::path path(const char* key) const
    {
        const std::string relative = text(key);
        return relative.empty() ? fs::path() : m_run / relative; // an absolute one stands
    }
    std::string title() const
    {
        std::string name = text("name");
        if (name.empty())
            name = m_run.filename().string();
        return m_step == 0 ? name : name + ", step " + std::to_string(m_step);
    }

    // The same file twice costs no room where the file system allows that.
    static void linkOrCopy(const fs::path& from, const fs::path& to)
    {
        if (!fs::is_regular_file(from))
            throw Failure(ErrorCode::FileNotFound,
                          from.string() + " is not there: the run has not finished.");
        std::error_code error;
        fs::remove(to, error);
        fs::create_hard_link(from, to, error);
        if (!error)
            return;
        const InputFile file(from);
        Places places;
        addTensors(places, file);
        writeTensors(places, to, {});
    }

    void writeCheckpoint(const fs::path& checkpoint, const fs::path& target) const
    {
        if (!fs::exists(checkpoint / "manifest.json"))
            throw Failure(ErrorCode::FileNotFound,
                          checkpoint.string()
                              + " is not there any more: only the newest checkpoints and the "
                                "best one are kept. Use one of these.");
        const InputFile weights(checkpoint / "weights.safetensors");
        const InputFile optimizer(checkpoint / "optimizer.safetensors");
        Places places;
        std::unique_ptr<InputFile> base;
        if (const fs::path initial = path("initial"); !initial.empty()) {
            base = std::make_unique<InputFile>(initial);
            addTensors(places, *base);
        }
        addTensors(places, weights);
        addTensors(places, optimizer, averagePrefix); // where there is one, it is the result
        writeTensors(places, target, m_job);
    }

    void writeCard(const fs::path& folder) const
    {
        const std::string licence = licenceLine(path("initial").parent_path());
        std::string card = licence.empty() ? "" : "---\nlicense: " + licence + "\n---\n";
        card += "# " + title() + "\n\nTrained by AdTailor in " + m_run.string() + " from "
            + path("initial").string() + " on " + path("records").string()
            + ". Settings: run.json there; SHA-256 of all inputs: inputs.json there.\n";
        writeFileAtomically(folder / "README.md", card);
    }

    fs::path m_run;
    std::int64_t m_step;
    const JobControl& m_job;
    json m_settings;
};

} // namespace

Result<fs::path> bundleRun(const fs::path& runFolder, std::int64_t step, const JobControl& job)
{
    return guarded([&] { return Bundler(runFolder, step, job).run(); });
}

} // namespace adtailor
