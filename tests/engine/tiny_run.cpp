// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tiny_run.h"

#include "core/atomic_file.h"
#include "core/input_file.h"
#include "engine/tiny_bundle.h"

namespace adtailor {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int side = 128; // pixels; the tokenizer trains on crops of this size

// A picture that depends on its file's name alone.
Image picture(const std::string& name)
{
    const std::size_t hash = std::hash<std::string>{}(name);
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            auto* pixel = pixels.data() + (static_cast<std::size_t>(y) * side + x) * 4;
            pixel[0] = static_cast<std::uint8_t>(x + hash);
            pixel[1] = static_cast<std::uint8_t>(y * (1 + hash % 3));
            pixel[2] = static_cast<std::uint8_t>((x ^ y) + hash / 7);
            pixel[3] = 255;
        }
    return Image(side, side, 4, std::move(pixels));
}

} // namespace

// Pictures are empty files: the loader makes their pixels up.
void TinyRun::reset()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_bad.clear();
    m_pbsModel.clear();
    writeTinyBundle(path("model"), { .imageSize = side });
    std::string index;
    for (int i = 0; i < 8; ++i) {
        const std::string name = "scene" + std::to_string(i);
        write("data/" + name + ".png", "");
        write("data/" + name + "_cutout.png", "");
        index += json{ { "file", name + ".png" },
                       { "neutral", name + "_cutout.png" },
                       { "product", i < 6 ? "kettle" : "pan" },
                       { "style", "style" + std::to_string(i < 6 ? i % 3 : i) },
                       { "split", i < 6 ? "train" : "valid" } }
                     .dump()
            + "\n";
    }
    write("data/index.jsonl", index);
    write("data/train.json", records(0, 3).dump());
    write("data/valid.json", records(5, 2).dump());
}

json TinyRun::records(int first, int count) const
{
    json list = json::array();
    for (int i = first; i < first + count; ++i) {
        json record = { { "f_path", "scene" + std::to_string(i) + ".png" },
                        { "f_path_trans", "scene" + std::to_string(i) + "_cutout.png" },
                        { "sku_title_cn", "Kettle number " + std::to_string(i) },
                        { "gt_title_cn", "boils fast" },
                        { "word_list", "boils fast, steel" } };
        for (int item = 0; item < 4; ++item) {
            record["history_images"].push_back("scene" + std::to_string((i + 1 + item) % 8)
                                               + ".png");
            record["history_titles"].push_back("Pan " + std::to_string(item));
        }
        list.push_back(record);
    }
    return list;
}

void TinyRun::write(const std::string& name, const std::string& text) const
{
    fs::create_directories(path(name).parent_path());
    writeFileAtomically(path(name), std::string_view(text));
}

std::string TinyRun::content(const std::string& name) const
{
    return readTextFile(path(name), 64U << 20U);
}

json TinyRun::settings(const std::string& stage) const
{
    return { { "stage", stage },
             { "steps", 6 },
             { "batch", 2 },
             { "learning_rate", 0.001 },
             { "log_every", 1 },
             { "validate_every", 1000 },
             { "checkpoint_every", 1000 },
             { "threads", 1 },
             { "ema_decay", 0.9 },
             { "scenes", "../data" },
             { "records", "../data/train.json" },
             { "held_out", "../data/valid.json" },
             { "tokenizer", "../model/tokenizer.json" },
             { "initial", "../model/model.safetensors" },
             { "model", json::parse(content("model/config.json")) } };
}

Result<TrainingOutcome> TinyRun::trainRun(const std::string& run, const json& settings,
                                          std::int64_t stopAfter) const
{
    write(run + "/run.json", settings.dump());
    std::stop_source stop;
    return train(path(run), images(),
                 [&](const TrainingStep& step) {
                     if (step.step == stopAfter)
                         stop.request_stop();
                 },
                 { .stop = stop.get_token() });
}

json TinyRun::tuningSettings() const
{
    json run = settings("personalised");
    for (const char* key : { "initial", "tokenizer", "model" })
        run.erase(key);
    run["base"] = "../model";
    run["lora"] = { { "rank", 2 }, { "alpha", 4 } };
    return run;
}

TrainingImages TinyRun::images() const
{
    return { .load = [this](const fs::path& file) -> Result<Image> {
                const std::string name = file.filename().string();
                if (m_bad.contains(name))
                    return Error{ ErrorCode::FileCorrupt, name + " is no picture." };
                return picture(name);
            },
             .savePng =
                 [this](const Image& sheet, const fs::path&) {
                     m_sheet = sheet;
                     return Result<void>();
                 },
             .pbsModel = m_pbsModel };
}

void TinyRun::compareRuns(const std::string& left, const std::string& right,
                          std::int64_t step) const
{
    const std::string last = "/checkpoints/step_" + std::to_string(step);
    for (const char* file : { "/weights.safetensors", "/optimizer.safetensors" })
        QVERIFY2(content(left + last + file) == content(right + last + file), file);
}

} // namespace adtailor
