// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/training_loop.h"

#include "core/failure.h"
#include "core/seconds_since.h"
#include "training/adamw.h"
#include "training/adapter_folder.h"
#include "training/checkpoint.h"
#include "training/rank_average.h"
#include "training/weight_average.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <numbers>
#include <thread>

namespace adtailor {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int brokenStepsAllowed = 5; // in a row
constexpr const char* taskPrefix = "task."; // of its tensors in a checkpoint

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

// While it lives, the task's weights are the average's.
class Averaged
{
public:
    explicit Averaged(WeightAverage& average)
        : m_average(average)
    {
        m_average.swap();
    }
    Averaged(const Averaged&) = delete;
    Averaged& operator=(const Averaged&) = delete;
    ~Averaged() { m_average.swap(); }

private:
    WeightAverage& m_average;
};

struct Gradients
{
    std::map<std::string, double> losses;
    double norm = 0;
    bool finite = true;
};

// What all ranks agree on before a step: the highest wish of any.
enum class Wish : std::int64_t {
    Step,
    Wait, // paused
    Stop, // by the word in the run folder
    Cancel, // by a signal to any of the processes
    Finish,
};

// Every random choice of the step follows from its number.
Gradients computeGradients(const RunConfig& config, TrainingTask& task, AdamW& optimizer,
                           std::int64_t step, const Ranks& ranks)
{
    at::manual_seed(config.seed * 1'000'003 + static_cast<std::uint64_t>(step));
    CounterRng random(config.seed,
                      static_cast<std::uint64_t>(step) << 8U
                          | static_cast<std::uint64_t>(RandomStream::Training));
    optimizer.zeroGradients();
    Gradients result;
    const auto parts = static_cast<double>(config.accumulation);
    for (std::int64_t i = 0; i < config.accumulation; ++i) {
        const LossTerms terms = task.loss(random, step);
        result.finite = result.finite && std::isfinite(terms.total.item<double>());
        (terms.total / parts).backward();
        for (const auto& [name, value] : terms.parts)
            result.losses[name] += value / parts;
    }
    if (ranks.count() > 1)
        averageOverRanks(ranks, task.trainedWeights(), result.losses, result.finite);
    result.norm = optimizer.gradientNorm();
    result.finite = result.finite && std::isfinite(result.norm);
    return result;
}

class Loop
{
public:
    Loop(const RunFolder& folder, const RunConfig& config, TrainingTask& task,
         const TrainingObserver& observer, const JobControl& job, const Ranks& ranks)
        : m_folder(folder)
        , m_config(config)
        , m_task(task)
        , m_observer(observer)
        , m_job(job)
        , m_ranks(ranks)
        , m_optimizer(task.trainedWeights(),
                      { .weightDecay = config.weightDecay,
                        .beta2 = config.beta2,
                        .rate = [&task](const std::string& name) { return task.rate(name); } })
        , m_average(task.trainedWeights(), config.emaDecay)
    {
    }

    TrainingOutcome run()
    {
        const auto newest = m_ranks.isFirst() ? newestCheckpoint(m_folder.path()) : std::nullopt;
        if (newest)
            resume(*newest);
        startTogether();
        m_reported = Clock::now();
        Wish wish = Wish::Step;
        while ((wish = agree()) < Wish::Stop) {
            if (wish == Wish::Step)
                runStep();
        }
        save();
        if (wish == Wish::Cancel)
            throw Failure(ErrorCode::Cancelled, "Stopped on request; the last step is saved.");
        return outcome(wish == Wish::Finish);
    }

private:
    TrainingOutcome outcome(bool finished)
    {
        if (m_ranks.isFirst() && finished)
            writeModel();
        else if (m_ranks.isFirst())
            m_folder.takeStopWord();
        return { .steps = m_step,
                 .finished = finished,
                 .result = m_folder.path() / (m_config.lora ? "adapter" : "model.safetensors"),
                 .stoppedEarly = finished && m_step < m_config.steps,
                 .bestStep = m_best ? m_best->step : 0,
                 .skipped = m_task.skipped(),
                 .isFirst = m_ranks.isFirst() };
    }

    bool isFinished() const { return m_step >= m_config.steps || hasStalled(); }

    // Every held-out loss since the best one was worse: that many in a row is early stopping.
    bool hasStalled() const
    {
        return m_config.earlyStopPatience > 0 && m_best
            && m_step - m_best->step >= m_config.earlyStopPatience * m_config.validateEvery;
    }

    Wish agree() { return static_cast<Wish>(m_ranks.highest(static_cast<std::int64_t>(wish()))); }

    Wish wish()
    {
        if (m_ranks.isFirst() && isFinished())
            return Wish::Finish;
        if (m_job.stop.stop_requested())
            return Wish::Cancel;
        const std::string word = m_ranks.isFirst() ? m_folder.controlWord() : std::string();
        if (word == "stop")
            return Wish::Stop;
        if (word != "pause")
            return Wish::Step;
        save();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return Wish::Wait;
    }

    // All ranks begin where the first one does, so only that one needs the run folder's files.
    void startTogether()
    {
        if (m_ranks.count() == 1)
            return;
        const torch::NoGradGuard noGrad;
        const auto step = torch::tensor({ m_step }, torch::kInt64);
        m_ranks.share(step);
        m_step = m_saved = step[0].item<std::int64_t>();
        if (m_step == 0)
            m_saved = -1;
        for (const auto& tensors : { m_task.trainedWeights(), state() }) {
            for (const auto& [name, tensor] : tensors)
                m_ranks.share(tensor.detach());
        }
    }

    void runStep()
    {
        const Gradients gradients
            = computeGradients(m_config, m_task, m_optimizer, m_step, m_ranks);
        m_gradientNorm = gradients.norm;
        if (gradients.finite)
            takeStep(gradients.losses);
        else
            skipStep();
        afterStep();
    }

    void takeStep(const std::map<std::string, double>& parts)
    {
        m_brokenSteps = 0;
        m_window.add(parts);
        if (m_gradientNorm > m_config.clip)
            m_optimizer.scaleGradients(m_config.clip / m_gradientNorm);
        m_optimizer.step(learningRate(m_config, m_step));
        m_task.afterStep(++m_step);
        m_average.update(m_step);
    }

    // A loss or gradient that is not finite never reaches the weights, nor what the task keeps.
    void skipStep()
    {
        ++m_step;
        if (++m_brokenSteps > brokenStepsAllowed)
            throw Failure(ErrorCode::InvalidInput,
                          "The loss is not finite for several steps in a row; the last "
                          "checkpoint is kept. Lower learning_rate and start again.");
    }

    void afterStep()
    {
        if (!m_ranks.isFirst())
            return;
        if (m_step % m_config.logEvery == 0)
            report(m_window.takeMeans());
        if (m_step % m_config.validateEvery == 0)
            validate();
        if (m_step % m_config.checkpointEvery == 0)
            save();
    }

    void validate()
    {
        std::map<std::string, double> losses;
        {
            const Averaged weights(m_average);
            losses = m_task.heldOutLoss();
            losses.merge(m_task.writeSamples(m_folder.path() / "samples", m_step));
        }
        const auto total = losses.find(heldOutTotal);
        const double loss = total == losses.end() ? NAN : total->second;
        report(std::move(losses));
        if (std::isfinite(loss) && (!m_best || loss < m_best->heldOutLoss)) {
            save();
            m_best = BestStep{ m_step, loss };
            markBest(m_folder.path(), *m_best);
        }
        m_reported = Clock::now();
    }

    void report(std::map<std::string, double> losses)
    {
        const double seconds = secondsSince(m_reported);
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
        m_folder.appendMetrics(line.dump());
        if (m_observer)
            m_observer(step);
    }

    // What the optimiser, the average and the task keep, shared, not copied.
    NamedTensors state()
    {
        NamedTensors state = m_optimizer.state();
        state.merge(m_average.state());
        for (const auto& [name, tensor] : m_task.state())
            state[taskPrefix + name] = tensor;
        return state;
    }

    void save()
    {
        if (m_step == m_saved || !m_ranks.isFirst())
            return;
        saveCheckpoint(m_folder.path(), m_step, m_task.trainedWeights(), state());
        m_saved = m_step;
    }

    void resume(const Checkpoint& checkpoint)
    {
        const NamedTensors state = loadCheckpoint(checkpoint, m_task.trainedWeights());
        m_optimizer.restore(state);
        m_average.restore(state);
        const torch::NoGradGuard noGrad;
        for (auto& [name, tensor] : m_task.state()) {
            if (const auto kept = state.find(taskPrefix + name); kept != state.end())
                torch::Tensor(tensor).copy_(kept->second);
        }
        m_step = m_saved = checkpoint.step;
        // A best step behind this one is lost; it will be met again.
        m_best = bestStep(m_folder.path());
        if (m_best && m_best->step > m_step)
            m_best.reset();
    }

    // With early stopping the best weights are the result, else the last.
    void writeModel()
    {
        std::int64_t step = m_step;
        if (m_config.earlyStopPatience > 0) {
            if (const auto best = bestCheckpoint(m_folder.path())) {
                m_average.restore(loadCheckpoint(*best, m_task.trainedWeights()));
                step = best->step;
            }
        }
        const Averaged weights(m_average);
        if (m_config.lora)
            writeAdapterFolder(m_folder.path() / "adapter", m_task.trainedWeights(), m_config,
                               m_folder.path(), step);
        else
            writeSafetensors(m_folder.path() / "model.safetensors", m_task.modelWeights(), {});
    }

    const RunFolder& m_folder;
    const RunConfig& m_config;
    TrainingTask& m_task;
    const TrainingObserver& m_observer;
    const JobControl& m_job;
    const Ranks& m_ranks;
    AdamW m_optimizer;
    WeightAverage m_average;
    Window m_window;
    std::optional<BestStep> m_best;
    std::int64_t m_step = 0;
    std::int64_t m_saved = -1;
    int m_brokenSteps = 0;
    double m_gradientNorm = 0;
    Clock::time_point m_reported;
};

} // namespace

double measureStep(const RunConfig& config, TrainingTask& task)
{
    AdamW optimizer(task.trainedWeights(), {});
    const WeightAverage average(task.trainedWeights(), config.emaDecay); // its memory counts
    double seconds = 0;
    for (std::int64_t step = 0; step < 2; ++step) { // the first one is slower
        const auto start = Clock::now();
        computeGradients(config, task, optimizer, step, {});
        optimizer.step(config.learningRate);
        seconds = secondsSince(start);
    }
    return seconds;
}

TrainingOutcome runTraining(const RunFolder& folder, const RunConfig& config, TrainingTask& task,
                            const TrainingObserver& observer, const JobControl& job,
                            const Ranks& ranks)
{
    return Loop(folder, config, task, observer, job, ranks).run();
}

} // namespace adtailor
