// SPDX-License-Identifier: GPL-3.0-or-later
// A trainer without a network: fake_trainer [train] RUN [--dry-run] --json. The word "fake" in
// run.json says how it behaves: ok, crash (once, in step 6), error (disk full), hostile (what no
// trainer would write).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/file.h>
#include <thread>

namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path)
{
    std::ifstream in(path);
    return { std::istreambuf_iterator<char>(in), {} };
}

bool behaves(const std::string& settings, const char* word)
{
    return settings.find(std::string("\"") + word + "\"") != std::string::npos;
}

void put(const fs::path& path, const std::string& text, const char* mode = "w")
{
    std::FILE* file = std::fopen(path.c_str(), mode);
    std::fputs(text.c_str(), file);
    std::fclose(file);
}

int newest(const fs::path& run)
{
    int best = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(run / "checkpoints", error))
        best = std::max(best, std::atoi(entry.path().filename().c_str() + 5));
    return best;
}

void save(const fs::path& run, int step)
{
    const fs::path folder = run / "checkpoints" / ("step_" + std::to_string(step));
    fs::create_directories(folder);
    put(folder / "manifest.json", "{}");
}

int estimate()
{
    std::puts("{\"event\":\"progress\",\"stage\":\"data\",\"done\":3,\"total\":3}");
    std::puts("{\"event\":\"warning\",\"detail\":\"Record 2: no picture.\"}");
    std::puts("{\"event\":\"estimate\",\"examples\":120,\"skipped\":1,\"trainedParameters\":5000,"
              "\"steps\":12,\"secondsPerStep\":0.5,\"secondsOfData\":4,\"memoryBytes\":1500000000,"
              "\"machineBytes\":8000000000,\"checkpointBytes\":60000000}");
    return 0;
}

int fail(const char* code, const char* sentence)
{
    std::printf("{\"event\":\"error\",\"code\":\"%s\",\"detail\":\"%s\"}\n", code, sentence);
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (std::strcmp(argv[1], "dataset") == 0) {
        std::puts("{\"event\":\"finding\",\"record\":2,\"kind\":\"no-alpha\"}");
        std::puts("{\"event\":\"done\",\"records\":121,\"unusable\":1,\"warnings\":9,\"counts\":"
                  "{\"cut-off\":0,\"missing-image\":1,\"no-alpha\":8}}");
        return 9;
    }
    const fs::path run = argv[std::strcmp(argv[1], "train") == 0 ? 2 : 1];
    const std::string settings = slurp(run / "run.json");
    const bool dry = std::strcmp(argv[argc - 2], "--dry-run") == 0;
    if (behaves(settings, "error"))
        return fail("disk-full", "No room.");
    if (dry)
        return estimate();
    const int lock = open((run / "lock").c_str(), O_RDWR | O_CREAT, 0666);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0)
        return fail("invalid-input", "In use.");
    const int steps = 12;
    int step = newest(run);
    for (; step < steps; ++step) {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        const std::string word = slurp(run / "control");
        if (word == "stop")
            break;
        if (word == "pause")
            save(run, step);
        while (slurp(run / "control") == "pause")
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        const std::string number = std::to_string(step + 1);
        put(run / "metrics.jsonl",
            "{\"step\":" + number + ",\"text\":1.5,\"image\":" + std::to_string(9 - step)
                + ",\"seconds_per_step\":0.06,\"bad\":null}\n",
            "a");
        if ((step + 1) % 4 == 0) {
            save(run, step + 1);
            put(run / "metrics.jsonl",
                "{\"step\":" + number + ",\"held_out_image\":" + std::to_string(10 - step) + "}\n",
                "a");
            put(run / "best.json", "{\"step\":" + number + ",\"held_out\":1}");
        }
        if (behaves(settings, "crash") && step == 5 && !fs::exists(run / "crashed")) {
            put(run / "crashed", "once");
            put(run / "metrics.jsonl", "{\"step\":7,\"image\":1", "a"); // the line is cut
            std::fputs("Killed by the test\n", stderr);
            std::_Exit(9);
        }
    }
    if (step == steps)
        put(run / "model.safetensors", "weights");
    else
        save(run, step);
    std::printf(
        "{\"event\":\"done\",\"step\":%d,\"finished\":%s,\"stoppedEarly\":false,\"best\":%d}\n",
        step, step == steps ? "true" : "false", newest(run));
    return 0;
}
