// The training loop: step, check, log, validate, checkpoint, obey.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "training/ad_task.h"
#include "training/checkpoint.h"
#include "training/run_config.h"
#include "training/vq_task.h"
#include "weights/safetensors.h"

#include <adtailor/training.h>

#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <numbers>
#include <thread>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int brokenStepsAllowed = 5; // in a row

double learningRate(const RunConfig& c, std::int64_t step)
{
    if (step < c.warmup)
        return c.learningRate * static_cast<double>(step + 1) / static_cast<double>(c.warmup);
    if (!c.cosine)
        return c.learningRate;
    const double done = static_cast<double>(step - c.warmup)
        / static_cast<double>(std::max<std::int64_t>(1, c.steps - c.warmup));
    const double share = 0.5 * (1 + std::cos(std::numbers::pi * std::min(done, 1.0)));
    return c.minimumLearningRate + (c.learningRate - c.minimumLearningRate) * share;
}

std::string controlWord(const fs::path& runFolder)
{
    const fs::path file = runFolder / "control";
    if (!fs::exists(file))
        return {};
    std::string word = readTextFile(file, 64);
    word.erase(word.find_last_not_of(" \r\n\t") + 1);
    return word;
}

// Sums of the losses since the last report.
class Window
{
public:
    void add(const std::map<std::string, double>& parts)
    {
        for (const auto& [name, value] : parts)
            m_sums[name] += value;
        ++m_count;
    }
    std::map<std::string, double> takeMeans()
    {
        for (auto& [name, value] : m_sums)
            value /= m_count;
        m_count = 0;
        return std::exchange(m_sums, {});
    }

private:
    std::map<std::string, double> m_sums;
    int m_count = 0;
};

class Run
{
public:
    Run(fs::path folder, RunConfig config, std::unique_ptr<TrainingTask> task,
        TrainingObserver observer, JobControl job)
        : m_folder(std::move(folder))
        , m_config(std::move(config))
        , m_task(std::move(task))
        , m_observer(std::move(observer))
        , m_job(std::move(job))
        , m_optimizer(m_task->trainedWeights(),
                      { .weightDecay = m_config.weightDecay,
                        .beta2 = m_config.beta2,
                        .rate = [this](const std::string& name) { return m_task->rate(name); } })
    {
    }

    void start()
    {
        if (const auto newest = newestCheckpoint(m_folder)) {
            loadCheckpoint(*newest, m_task->trainedWeights(), m_optimizer);
            m_step = newest->step;
        }
        m_reported = Clock::now();
        while (m_step < m_config.steps && !stopRequested())
            runStep();
        save();
        if (m_step >= m_config.steps)
            writeSafetensors(m_folder / "model.safetensors", m_task->modelWeights(), {});
        if (m_job.stop.stop_requested())
            throw Failure(ErrorCode::Cancelled, "Stopped on request; the last step is saved.");
    }

private:
    bool stopRequested()
    {
        std::string word = controlWord(m_folder);
        if (word == "pause")
            save();
        while (word == "pause" && !m_job.stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            word = controlWord(m_folder);
        }
        return word == "stop" || m_job.stop.stop_requested();
    }

    void runStep()
    {
        at::manual_seed(m_config.seed * 1'000'003 + static_cast<std::uint64_t>(m_step));
        CounterRng random(m_config.seed,
                          static_cast<std::uint64_t>(m_step) << 8U
                              | static_cast<std::uint64_t>(RandomStream::Training));
        m_optimizer.zeroGradients();
        std::map<std::string, double> parts;
        for (std::int64_t i = 0; i < m_config.accumulation; ++i) {
            LossTerms terms = m_task->loss(random, m_step);
            (terms.total / static_cast<double>(m_config.accumulation)).backward();
            for (const auto& [name, value] : terms.parts)
                parts[name] += value / static_cast<double>(m_config.accumulation);
        }
        const double norm = m_optimizer.gradientNorm();
        applyStep(norm);
        if (std::isfinite(norm))
            m_window.add(parts);
        m_gradientNorm = norm;
        ++m_step;
        m_task->afterStep(m_step);
        afterStep();
    }

    // A step whose gradient is not finite never reaches the weights.
    void applyStep(double norm)
    {
        if (!std::isfinite(norm)) {
            if (++m_brokenSteps > brokenStepsAllowed)
                throw Failure(ErrorCode::InvalidInput,
                              "The loss is not finite for several steps in a row; the last "
                              "checkpoint is kept. Lower learning_rate and start again.");
            return;
        }
        m_brokenSteps = 0;
        if (norm > m_config.clip)
            m_optimizer.scaleGradients(m_config.clip / norm);
        m_optimizer.step(learningRate(m_config, m_step));
    }

    void afterStep()
    {
        if (m_step % m_config.logEvery == 0)
            report(m_window.takeMeans());
        if (m_step % m_config.validateEvery == 0) {
            report(m_task->heldOutLoss());
            m_task->writeSamples(m_folder / "samples", m_step);
            m_reported = Clock::now();
        }
        if (m_step % m_config.checkpointEvery == 0)
            save();
    }

    void report(std::map<std::string, double> losses)
    {
        const double seconds = std::chrono::duration<double>(Clock::now() - m_reported).count();
        m_reported = Clock::now();
        const TrainingStep step{ m_step,
                                 m_config.steps,
                                 std::move(losses),
                                 m_gradientNorm,
                                 learningRate(m_config, m_step),
                                 seconds / static_cast<double>(m_config.logEvery) };
        nlohmann::json line = { { "step", step.step },
                                { "gradient_norm", step.gradientNorm },
                                { "learning_rate", step.learningRate },
                                { "seconds_per_step", step.secondsPerStep } };
        for (const auto& [name, value] : step.losses)
            line[name] = value;
        appendLine(m_folder / "metrics.jsonl", line.dump());
        if (m_observer)
            m_observer(step);
    }

    void save()
    {
        if (m_step == m_saved)
            return;
        saveCheckpoint(m_folder, m_step, m_task->trainedWeights(), m_optimizer);
        m_saved = m_step;
    }

    // A log may lose its last line to a crash; readers skip a line that does not parse.
    static void appendLine(const fs::path& file, const std::string& line)
    {
        std::FILE* stream = std::fopen(file.c_str(), "a");
        if (!stream)
            throw Failure(ErrorCode::InvalidInput, "Cannot write " + file.string() + ".");
        std::fprintf(stream, "%s\n", line.c_str());
        std::fclose(stream);
    }

    fs::path m_folder;
    RunConfig m_config;
    std::unique_ptr<TrainingTask> m_task;
    TrainingObserver m_observer;
    JobControl m_job;
    AdamW m_optimizer;
    Window m_window;
    std::int64_t m_step = 0;
    std::int64_t m_saved = -1;
    int m_brokenSteps = 0;
    double m_gradientNorm = 0;
    Clock::time_point m_reported;
};

std::unique_ptr<TrainingTask> makeTask(const RunConfig& config, const TrainingImages& images,
                                       const JobControl& job)
{
    if (config.stage == TrainingStage::Vq)
        return makeVqTask(config, images, job);
    return makeAdTask(config, images, job);
}

} // namespace

Result<void> train(const fs::path& runFolder, const TrainingImages& images,
                   const TrainingObserver& observer, const JobControl& job)
{
    return guarded([&] {
        const RunConfig config = readRunConfig(runFolder);
        if (config.threads > 0)
            at::set_num_threads(config.threads);
        at::manual_seed(config.seed);
        Run(runFolder, config, makeTask(config, images, job), observer, job).start();
    });
}

} // namespace adtailor
