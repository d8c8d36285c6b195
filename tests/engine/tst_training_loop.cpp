// The training loop with a small task of its own: exact resume, broken steps, checkpoints, disks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "training/checkpoint.h"
#include "training/training_loop.h"
#include "weights/safetensors.h"

#include <ATen/Parallel.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <set>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

// Fits a line through random points. Keeps a tensor of its own that its loss depends on.
class LineTask final : public TrainingTask
{
public:
    NamedTensors trainedWeights() override { return { { "bias", m_bias }, { "slope", m_slope } }; }
    NamedTensors modelWeights() override { return trainedWeights(); }
    NamedTensors state() override { return { { "seen", m_seen } }; }
    LossTerms loss(CounterRng& random, std::int64_t step) override
    {
        const auto x = torch::rand({ 4, 3 }) + random.uniform();
        const auto y = x.matmul(m_slope.t()) + m_bias;
        auto total = (y - 3 * x.sum(1, true) - 0.01 * m_seen).square().mean();
        if (spoil)
            total = spoil(step, total);
        return { total, { { "error", total.item<double>() } } };
    }
    void afterStep(std::int64_t step) override
    {
        m_seen += 1;
        steps.push_back(step);
    }
    std::map<std::string, double> heldOutLoss() override
    {
        return { { heldOutTotal, heldOut ? heldOut() : 1.0 } };
    }
    std::map<std::string, double> writeSamples(const fs::path&, std::int64_t) override
    {
        return {};
    }

    std::function<torch::Tensor(std::int64_t step, torch::Tensor loss)> spoil;
    std::function<double()> heldOut;
    std::vector<std::int64_t> steps; // that reached afterStep

private:
    torch::Tensor m_slope = torch::full({ 1, 3 }, 0.5, torch::requires_grad());
    torch::Tensor m_bias = torch::zeros({ 1 }, torch::requires_grad());
    torch::Tensor m_seen = torch::zeros({});
};

RunConfig shortRun(std::int64_t steps)
{
    RunConfig config;
    config.steps = steps;
    config.learningRate = 0.05;
    config.cosine = true;
    config.warmup = 3;
    config.emaDecay = 0.9;
    config.logEvery = 1;
    config.checkpointEvery = config.validateEvery = 1000;
    return config;
}

RunConfig killedRun()
{
    RunConfig config = shortRun(40);
    config.checkpointEvery = 1;
    return config;
}

// What survivesKills starts as a process of its own.
int trainToTheEnd(const fs::path& folder)
{
    LineTask task;
    task.spoil = [](auto, auto loss) { // slow enough to be caught at work
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return loss;
    };
    runTraining(RunFolder(folder), killedRun(), task, {}, {});
    return 0;
}

template<typename Work> Error errorOf(Work&& work)
{
    return guarded([&] { work(); }).error();
}

bool mentions(const Error& error, const char* text)
{
    if (error.detail.find(text) != std::string::npos)
        return true;
    qWarning("\"%s\" does not say \"%s\"", error.detail.c_str(), text);
    return false;
}

} // namespace

class TestTrainingLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void resumesExactly_data();
    void resumesExactly();
    void survivesKills();
    void skipsBrokenSteps_data();
    void skipsBrokenSteps();
    void givesUpOnManyBrokenSteps();
    void accumulates();
    void averagesWeights();
    void choosesTheNewestWhole();
    void keepsTheBest();
    void stopsEarly();
    void obeysTheWordStop();
    void survivesAFullDisk();
    void refusesUnusableFolders();

private:
    fs::path path(const std::string& name = {}) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    TrainingOutcome run(const RunConfig& config, LineTask& task, const std::string& folder = "run",
                        std::int64_t stopAfter = -1) const
    {
        fs::create_directories(path(folder));
        const RunFolder claimed(path(folder));
        std::stop_source stop;
        const TrainingObserver observer = [&](const TrainingStep& step) {
            if (step.step == stopAfter)
                stop.request_stop();
        };
        return runTraining(claimed, config, task, observer, { .stop = stop.get_token() });
    }
    TrainingOutcome run(const RunConfig& config, const std::string& folder = "run") const
    {
        LineTask task;
        return run(config, task, folder);
    }
    std::string content(const std::string& name) const
    {
        return readTextFile(path(name), 1U << 20U);
    }
    // Weights, optimiser, average and the task's own state, byte for byte.
    void compareRuns(const std::string& left, const std::string& right, std::int64_t step) const
    {
        const std::string last = "/checkpoints/step_" + std::to_string(step);
        for (const std::string& file :
             { std::string("/model.safetensors"), last + "/weights.safetensors",
               last + "/optimizer.safetensors" })
            QVERIFY2(content(left + file) == content(right + file), file.c_str());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrainingLoop::resumesExactly_data()
{
    QTest::addColumn<int>("stopAfter");
    QTest::newRow("in the warm-up") << 2;
    QTest::newRow("later") << 11;
    QTest::newRow("before the last step") << 19;
}

void TestTrainingLoop::resumesExactly()
{
    QFETCH(int, stopAfter);
    const RunConfig config = shortRun(20);
    run(config, "whole");
    LineTask first;
    const Error stopped = errorOf([&] { run(config, first, "parts", stopAfter); });
    QCOMPARE(stopped.code, ErrorCode::Cancelled);
    QCOMPARE(first.steps.back(), stopAfter);
    LineTask second;
    QVERIFY(run(config, second, "parts").finished);
    QCOMPARE(second.steps.front(), stopAfter + 1);
    compareRuns("whole", "parts", 20);
}

// kill -9 at any moment, also while a checkpoint is written: the run ends as if nothing happened.
void TestTrainingLoop::survivesKills()
{
    const RunConfig config = killedRun();
    run(config, "whole");
    fs::create_directories(path("killed"));
    const auto newestStep = [&] {
        const auto newest = newestCheckpoint(path("killed"));
        return newest ? newest->step : 0;
    };
    for (int kill = 0; kill < 6; ++kill) {
        const std::int64_t before = newestStep();
        QProcess trainer;
        trainer.start(QCoreApplication::applicationFilePath(),
                      { "--train", QString::fromStdString(path("killed").string()) });
        QVERIFY(QTest::qWaitFor([&] { return newestStep() > before; }, 60'000));
        QTest::qWait(kill * 7);
        trainer.kill();
        QVERIFY(trainer.waitForFinished());
        QCOMPARE(trainer.exitStatus(), QProcess::CrashExit); // it was still at work
    }
    QVERIFY(newestStep() < config.steps);
    run(config, "killed");
    compareRuns("whole", "killed", config.steps);
}

void TestTrainingLoop::skipsBrokenSteps_data()
{
    using Spoil = std::function<torch::Tensor(std::int64_t, torch::Tensor)>;
    QTest::addColumn<Spoil>("spoil");
    QTest::newRow("the loss is not a number")
        << Spoil([](auto step, auto loss) { return step == 4 ? loss * NAN : loss; });
    QTest::newRow("the loss is infinite")
        << Spoil([](auto step, auto loss) { return step == 4 ? loss + INFINITY : loss; });
    // The derivative of sqrt at 0 is infinite, its value is not.
    QTest::newRow("the gradient is not finite")
        << Spoil([](auto step, auto loss) { return step == 4 ? (loss * 0).sqrt() : loss; });
}

void TestTrainingLoop::skipsBrokenSteps()
{
    QFETCH(std::function<torch::Tensor(std::int64_t, torch::Tensor)>, spoil);
    LineTask task;
    task.spoil = spoil;
    std::vector<torch::Tensor> slopes;
    task.heldOut = [&] {
        slopes.push_back(task.trainedWeights().at("slope").detach().clone());
        return 1.0;
    };
    RunConfig config = shortRun(8);
    config.emaDecay = 0;
    config.validateEvery = 1;
    QVERIFY(run(config, task).finished);
    QCOMPARE(task.steps, (std::vector<std::int64_t>{ 1, 2, 3, 4, 6, 7, 8 }));
    QVERIFY(torch::equal(slopes[4], slopes[3])); // the broken step changed nothing
    QVERIFY(!torch::equal(slopes[5], slopes[4]));
    QVERIFY(torch::isfinite(slopes[7]).all().item<bool>());
}

void TestTrainingLoop::givesUpOnManyBrokenSteps()
{
    LineTask task;
    task.spoil = [](auto step, auto loss) { return step >= 4 ? loss * NAN : loss; };
    RunConfig config = shortRun(50);
    config.checkpointEvery = 4;
    const Error error = errorOf([&] { run(config, task); });
    QVERIFY(mentions(error, "Lower learning_rate"));
    const auto kept = newestCheckpoint(path("run"));
    QVERIFY(kept);
    LineTask other;
    loadCheckpoint(*kept, other.trainedWeights());
    QVERIFY(torch::isfinite(other.trainedWeights().at("slope")).all().item<bool>());
}

// Two draws of four points in one step are one step on the mean of both losses.
void TestTrainingLoop::accumulates()
{
    RunConfig config = shortRun(1);
    config.accumulation = 2;
    config.clip = 1e9;
    LineTask task;
    std::vector<torch::Tensor> losses;
    task.spoil = [&](auto, auto loss) { return losses.emplace_back(loss * 1); };
    double reported = 0;
    fs::create_directories(path("run"));
    const RunFolder folder(path("run"));
    runTraining(folder, config, task, [&](const TrainingStep& s) { reported = s.gradientNorm; },
                {});
    QCOMPARE(losses.size(), std::size_t{ 2 });
    QVERIFY(losses[0].item<double>() != losses[1].item<double>());

    LineTask expected;
    at::manual_seed(config.seed * 1'000'003);
    CounterRng random(config.seed, static_cast<std::uint64_t>(RandomStream::Training));
    const auto mean = (expected.loss(random, 0).total + expected.loss(random, 0).total) / 2;
    mean.backward();
    double squares = 0;
    for (const auto& [name, weight] : expected.trainedWeights())
        squares += weight.grad().square().sum().item<double>();
    QVERIFY(std::abs(reported - std::sqrt(squares)) < 1e-5 * reported);
}

// The result is the average of the weights, worked out here by hand.
void TestTrainingLoop::averagesWeights()
{
    LineTask task;
    double average = 0.5; // one slope, as it begins
    std::int64_t step = 0;
    RunConfig config = shortRun(6);
    config.emaDecay = 0.3;
    task.spoil = [&](auto now, auto loss) { // called with the weights after `now` steps
        if (now > step) {
            const double weight = task.trainedWeights().at("slope")[0][1].template item<double>();
            const double d = std::min(0.3, (1.0 + now) / (10.0 + now));
            average = d * average + (1 - d) * weight;
            step = now;
        }
        return loss;
    };
    run(config, task);
    const auto weights = task.trainedWeights().at("slope"); // of the last step
    const double d = std::min(0.3, 7.0 / 16.0);
    average = d * average + (1 - d) * weights[0][1].item<double>();
    LineTask result;
    const auto file = SafetensorsFile::open(path("run/model.safetensors"));
    QVERIFY(std::abs(file.read("slope")[0][1].item<double>() - average) < 1e-6);
    QVERIFY(std::abs(weights[0][1].item<double>() - average) > 1e-4);
}

void TestTrainingLoop::choosesTheNewestWhole()
{
    RunConfig config = shortRun(6);
    config.checkpointEvery = 3;
    run(config);
    const fs::path root = path("run/checkpoints");
    const auto copied = [&](int step) {
        const fs::path folder = root / ("step_" + std::to_string(step));
        fs::copy(root / "step_6", folder);
        return folder;
    };
    fs::resize_file(copied(7) / "weights.safetensors", 40);
    fs::resize_file(copied(8) / "optimizer.safetensors", 0);
    fs::remove(copied(9) / "manifest.json");
    fs::resize_file(copied(10) / "manifest.json", 20);
    writeFileAtomically(copied(11) / "manifest.json", std::string_view("{\"bytes\": [7]}"));
    fs::copy(root / "step_6", root / "writing_12");
    fs::create_directory(root / "step_13");
    fs::create_directory(root / "step_99999999999999999999999");
    fs::create_directory(root / "step_");
    const auto newest = newestCheckpoint(path("run"));
    QVERIFY(newest);
    QCOMPARE(newest->step, 6);

    config.steps = 8; // writes over a broken one
    QVERIFY(run(config).finished);
    const auto written = newestCheckpoint(path("run"));
    QVERIFY(written);
    QCOMPARE(written->step, 8);
    QVERIFY(!fs::exists(root / "writing_12"));
}

void TestTrainingLoop::keepsTheBest()
{
    LineTask task;
    int call = 0;
    task.heldOut = [&] { return call++ == 1 ? 0.1 : 0.5; };
    RunConfig config = shortRun(12);
    config.validateEvery = config.checkpointEvery = 2;
    const TrainingOutcome outcome = run(config, task);
    QCOMPARE(outcome.bestStep, 4);
    QVERIFY(!outcome.stoppedEarly);
    QCOMPARE(bestStep(path("run"))->step, 4);
    QCOMPARE(bestStep(path("run"))->heldOutLoss, 0.1);
    QVERIFY(bestCheckpoint(path("run")));
    std::set<std::string> kept;
    for (const auto& entry : fs::directory_iterator(path("run/checkpoints")))
        kept.insert(entry.path().filename().string());
    QCOMPARE(kept, (std::set<std::string>{ "step_10", "step_12", "step_4" }));
}

// Patience 3: three validations in a row that are no better end the run, also across a stop, and
// the result is the best step's.
void TestTrainingLoop::stopsEarly()
{
    RunConfig config = shortRun(50);
    config.emaDecay = 0;
    config.validateEvery = 2;
    config.earlyStopPatience = 3;
    const auto prepare = [&config](LineTask& task) {
        task.heldOut = [&task, &config] {
            return std::abs(static_cast<double>(task.steps.back()) - 5.0) + config.clip;
        };
    };
    LineTask whole;
    prepare(whole);
    const TrainingOutcome outcome = run(config, whole, "whole");
    QVERIFY(outcome.finished && outcome.stoppedEarly);
    QCOMPARE(outcome.steps, 10);
    QCOMPARE(outcome.bestStep, 4);
    LineTask best;
    loadCheckpoint(*bestCheckpoint(path("whole")), best.trainedWeights());
    const auto model = SafetensorsFile::open(path("whole/model.safetensors"));
    QVERIFY(torch::equal(model.read("slope"), best.trainedWeights().at("slope")));

    LineTask first, second, third;
    prepare(first);
    prepare(second);
    errorOf([&] { run(config, first, "parts", 7); });
    QCOMPARE(run(config, second, "parts").steps, 10);
    compareRuns("whole", "parts", 10);
    QCOMPARE(run(config, third, "parts").steps, 10); // and stays ended
    QVERIFY(third.steps.empty());
}

void TestTrainingLoop::obeysTheWordStop()
{
    fs::create_directories(path("run"));
    writeFileAtomically(path("run/control"), std::string_view("stop\n"));
    QVERIFY(!run(shortRun(3)).finished);
    QVERIFY(!fs::exists(path("run/model.safetensors")));
    QVERIFY(run(shortRun(3)).finished); // the word is taken
}

// The limit on a file's size stands in for a full disk.
void TestTrainingLoop::survivesAFullDisk()
{
    RunConfig config = shortRun(9);
    config.checkpointEvery = 3;
    run(config, "whole");
    LineTask task;
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    task.spoil = [&](auto step, auto loss) {
        const rlimit small{ .rlim_cur = 300, .rlim_max = before.rlim_max };
        if (step == 4)
            ::setrlimit(RLIMIT_FSIZE, &small);
        return loss;
    };
    config.logEvery = 1000;
    const Error error = errorOf([&] { run(config, task); });
    ::setrlimit(RLIMIT_FSIZE, &before);
    QCOMPARE(error.code, ErrorCode::DiskFull);
    QVERIFY(mentions(error, "free some space"));
    QCOMPARE(newestCheckpoint(path("run"))->step, 3);
    QVERIFY(!fs::exists(path("run/checkpoints/writing_6")));
    run(config);
    compareRuns("whole", "run", 9);
}

void TestTrainingLoop::refusesUnusableFolders()
{
    QVERIFY(mentions(errorOf([&] { const RunFolder none(path("absent")); }), "cannot be written"));
    fs::create_directories(path("run"));
    {
        const RunFolder first(path("run"));
        QVERIFY(mentions(errorOf([&] { const RunFolder second(path("run")); }), "is in use"));
    }
    fs::permissions(path(), fs::perms::all);
    fs::permissions(path("run"),
                    fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read
                        | fs::perms::others_exec);
    fs::remove(path("run/lock"));
    const bool isRoot = ::geteuid() == 0; // whom permissions do not stop
    if (isRoot)
        QCOMPARE(::seteuid(65534), 0);
    const Error error = errorOf([&] { const RunFolder folder(path("run")); });
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    QVERIFY(mentions(error, "cannot be written in"));
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    at::set_num_threads(1);
    if (argc == 3 && std::string(argv[1]) == "--train")
        return trainToTheEnd(argv[2]);
    TestTrainingLoop test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_training_loop.moc"
