// Training in two processes: the same curve as one with the doubled batch, obedience, lost ranks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "engine/tiny_bundle.h"

#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sstream>

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int side = 64;
constexpr int minute = 60'000; // ms
constexpr double tolerance = 1e-5; // relative, of every number of every step in float32
using Processes = std::vector<std::unique_ptr<QProcess>>;

Image picture(int seed, int channels)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * channels);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>((i * (7 + static_cast<std::size_t>(seed))) >> 3U);
    return Image(side, side, channels, std::move(pixels));
}

} // namespace

class TestRanks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void followsOneProcess_data();
    void followsOneProcess();
    void goesOnExactly();
    void obeysTheWordStop();
    void pauses();
    void endsWithoutTheOther_data();
    void endsWithoutTheOther();
    void refusesWrongSurroundings_data();
    void refusesWrongSurroundings();
    void refusesDifferentSettings();
    void refusesTheTokenizersStage();

private:
    fs::path path(const std::string& name) const
    {
        return fs::path(m_folder.path().toStdString()) / name;
    }
    void write(const std::string& name, const std::string& text) const
    {
        fs::create_directories(path(name).parent_path());
        writeFileAtomically(path(name), std::string_view(text));
    }
    json settings(const std::string& stage, int batch) const;
    json tuningSettings(const std::string& stage, int batch) const;
    std::unique_ptr<QProcess> start(const std::string& run, const QStringList& variables) const;
    Processes startTwo(const std::string& run) const;
    std::vector<json> curve(const std::string& run) const;
    bool waitForSteps(const std::string& run, std::size_t steps) const;

    QTemporaryDir m_folder;
};

// Titles of several lengths, so that the ranks' shares of the labels differ.
void TestRanks::initTestCase()
{
    writeTinyBundle(path("model"), { .imageSize = side });
    json list = json::array();
    for (int i = 0; i < 6; ++i) {
        const std::string name = "scene" + std::to_string(i);
        fs::create_directories(path("data"));
        QVERIFY(imaging::savePng(picture(i, 3), path("data/" + name + ".png")).has_value());
        QVERIFY(imaging::savePng(picture(i, 4), path("data/" + name + "_cut.png")).has_value());
        std::string title = "boils";
        for (int word = 0; word < i; ++word)
            title += " fast and";
        json record = { { "f_path", name + ".png" },
                        { "f_path_trans", name + "_cut.png" },
                        { "gt_title_cn", title },
                        { "word_list", "boils fast, steel" } };
        for (int item = 0; item < 4; ++item) {
            record["history_images"].push_back("scene" + std::to_string((i + 1 + item) % 6)
                                               + ".png");
            record["history_titles"].push_back("Pan " + std::to_string(item));
        }
        list.push_back(record);
    }
    write("data/train.json", list.dump());
    write("data/valid.json", list.dump());
}

json TestRanks::settings(const std::string& stage, int batch) const
{
    return { { "stage", stage },
             { "steps", 20 },
             { "batch", batch },
             { "text_batch", batch },
             { "accumulation", 2 },
             { "learning_rate", 0.001 },
             { "prompt_dropout", 0.3 },
             { "image_token_noise", 0.3 },
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
             { "model", json::parse(readTextFile(path("model/config.json"), 1 << 20)) } };
}

json TestRanks::tuningSettings(const std::string& stage, int batch) const
{
    json run = settings(stage, batch);
    for (const char* key : { "initial", "tokenizer", "model" })
        run.erase(key);
    run["base"] = "../model";
    run["lora"] = { { "rank", 2 }, { "alpha", 4 }, { "dropout", 0.2 } };
    return run;
}

std::unique_ptr<QProcess> TestRanks::start(const std::string& run,
                                           const QStringList& variables) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setEnvironment(QProcess::systemEnvironment() + variables);
    process->start(QStringLiteral(ADTAILOR_COMMAND),
                   { QStringLiteral("train"), QString::fromStdString(path(run).string()) });
    return process;
}

// As torchrun does, without it.
Processes TestRanks::startTwo(const std::string& run) const
{
    QTcpServer free;
    free.listen(QHostAddress::LocalHost);
    const QString port = QString::number(free.serverPort());
    free.close();
    Processes both;
    for (const char* rank : { "0", "1" })
        both.push_back(
            start(run,
                  { QStringLiteral("MASTER_ADDR=127.0.0.1"),
                    QStringLiteral("MASTER_PORT=%1").arg(port), QStringLiteral("WORLD_SIZE=2"),
                    QStringLiteral("RANK=%1").arg(QLatin1String(rank)) }));
    return both;
}

std::vector<json> TestRanks::curve(const std::string& run) const
{
    std::vector<json> steps;
    if (!fs::exists(path(run + "/metrics.jsonl")))
        return steps;
    std::istringstream lines(readTextFile(path(run + "/metrics.jsonl"), 1 << 24));
    for (std::string line; std::getline(lines, line);) {
        if (const json step = json::parse(line, nullptr, false); step.contains("image"))
            steps.push_back(step);
    }
    return steps;
}

bool TestRanks::waitForSteps(const std::string& run, std::size_t steps) const
{
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < 2 * minute; QTest::qWait(50)) {
        if (curve(run).size() >= steps)
            return true;
    }
    return false;
}

#define VERIFY_ENDS(process, code)                                                                 \
    do {                                                                                           \
        QVERIFY((process)->waitForFinished(3 * minute));                                           \
        const QByteArray said = (process)->readAll();                                              \
        QVERIFY2((process)->exitCode() == (code), said.constData());                               \
    } while (false)

void TestRanks::followsOneProcess_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<bool>("lora");
    QTest::newRow("general") << "general" << false;
    QTest::newRow("personalised") << "personalised" << false;
    QTest::newRow("LoRA with dropout") << "general" << true;
    QTest::newRow("LoRA with history") << "personalised" << true;
}

void TestRanks::followsOneProcess()
{
    QFETCH(QString, stage);
    QFETCH(bool, lora);
    const std::string name = QTest::currentDataTag();
    const auto of = [&](int batch) {
        return lora ? tuningSettings(stage.toStdString(), batch)
                    : settings(stage.toStdString(), batch);
    };
    json two = of(2);
    two["gradient_checkpointing"] = lora; // draws what is recomputed once more
    write(name + "_one/run.json", of(4).dump());
    write(name + "_two/run.json", two.dump());
    const auto one = start(name + "_one", {});
    VERIFY_ENDS(one, 0);
    for (const auto& process : startTwo(name + "_two"))
        VERIFY_ENDS(process, 0);
    const auto expected = curve(name + "_one"), found = curve(name + "_two");
    QCOMPARE(found.size(), 20U);
    QCOMPARE(expected.size(), found.size());
    double largest = 0;
    for (std::size_t step = 0; step < found.size(); ++step) {
        for (const char* key : { "text", "image", "image_start", "text_only", "text_accuracy",
                                 "text_only_accuracy", "gradient_norm" }) {
            const double a = expected[step].at(key), b = found[step].at(key);
            largest = std::max(largest, std::abs(a - b) / std::max(std::abs(a), 1e-3));
        }
    }
    qInfo("largest relative difference %g", largest);
    QVERIFY(largest < tolerance);
    QVERIFY(expected.front().at("image") > expected.back().at("image"));
    QVERIFY(fs::exists(path(name + (lora ? "_two/adapter" : "_two/model.safetensors"))));
    QVERIFY(fs::exists(path(name + "_two/checkpoints/step_20")));
}

// A stop after some steps and another start end as an unbroken run does, bit for bit.
void TestRanks::goesOnExactly()
{
    json run = settings("personalised", 2);
    write("whole/run.json", run.dump());
    for (const auto& process : startTwo("whole"))
        VERIFY_ENDS(process, 0);
    write("parts/run.json", run.dump());
    const Processes first = startTwo("parts");
    QVERIFY(waitForSteps("parts", 3));
    first[1]->terminate(); // the signal of one is obeyed by both
    VERIFY_ENDS(first[0], 130);
    VERIFY_ENDS(first[1], 130);
    for (const auto& process : startTwo("parts"))
        VERIFY_ENDS(process, 0);
    QVERIFY(readTextFile(path("whole/model.safetensors"), 1 << 26)
            == readTextFile(path("parts/model.safetensors"), 1 << 26));
}

void TestRanks::obeysTheWordStop()
{
    json run = settings("general", 2);
    run["steps"] = 100'000;
    write("stopped/run.json", run.dump());
    const Processes both = startTwo("stopped");
    QVERIFY(waitForSteps("stopped", 2));
    write("stopped/control", "stop");
    VERIFY_ENDS(both[0], 0);
    VERIFY_ENDS(both[1], 0);
    QVERIFY(!fs::exists(path("stopped/control")));
    QVERIFY(!fs::is_empty(path("stopped/checkpoints")));
}

void TestRanks::pauses()
{
    json run = settings("general", 2);
    run["steps"] = 100'000;
    write("paused/run.json", run.dump());
    const Processes both = startTwo("paused");
    QVERIFY(waitForSteps("paused", 2));
    write("paused/control", "pause");
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(path("paused/checkpoints"))
                                 && !fs::is_empty(path("paused/checkpoints")),
                             minute);
    const std::size_t steps = curve("paused").size();
    QTest::qWait(1000);
    QCOMPARE(curve("paused").size(), steps);
    write("paused/control", "resume");
    QVERIFY(waitForSteps("paused", steps + 2));
    write("paused/control", "stop");
    VERIFY_ENDS(both[0], 0);
    VERIFY_ENDS(both[1], 0);
}

void TestRanks::endsWithoutTheOther_data()
{
    QTest::addColumn<int>("killed");
    QTest::newRow("the first is lost") << 0;
    QTest::newRow("the second is lost") << 1;
}

void TestRanks::endsWithoutTheOther()
{
    QFETCH(int, killed);
    json run = settings("general", 2);
    run["steps"] = 100'000;
    run["checkpoint_every"] = 1;
    const std::string name = "lost" + std::to_string(killed);
    write(name + "/run.json", run.dump());
    const Processes both = startTwo(name);
    QVERIFY(waitForSteps(name, 3));
    both[static_cast<std::size_t>(killed)]->kill();
    QVERIFY(both[static_cast<std::size_t>(killed)]->waitForFinished(minute));
    QProcess& other = *both[static_cast<std::size_t>(1 - killed)];
    QElapsedTimer timer;
    timer.start();
    QVERIFY(other.waitForFinished(minute));
    qInfo("ended after %lld ms", timer.elapsed());
    QCOMPARE(other.exitStatus(), QProcess::NormalExit);
    QCOMPARE(other.exitCode(), 8);
    const QByteArray said = other.readAll();
    QVERIFY2(said.contains("lost another process of this run"), said.constData());
    QVERIFY(!fs::is_empty(path(name + "/checkpoints")));
}

void TestRanks::refusesWrongSurroundings_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no address") << QStringList{ "WORLD_SIZE=2", "RANK=0" } << "general"
                                << QByteArray("MASTER_ADDR is not set");
    const QStringList sound{ "WORLD_SIZE=2", "MASTER_ADDR=127.0.0.1", "MASTER_PORT=1" };
    QTest::newRow("no number") << QStringList{ "WORLD_SIZE=two", "RANK=0" } << "general"
                               << QByteArray("WORLD_SIZE is \"two\"");
    QTest::newRow("no rank") << sound << "general" << QByteArray("RANK is \"\"");
    QTest::newRow("high rank") << sound + QStringList{ "RANK=2" } << "general"
                               << QByteArray("RANK is \"2\", not a whole number between 0 and 1");
}

void TestRanks::refusesWrongSurroundings()
{
    QFETCH(QStringList, variables);
    QFETCH(QString, stage);
    QFETCH(QByteArray, sentence);
    write("wrong/run.json", settings(stage.toStdString(), 2).dump());
    const auto process = start("wrong", variables);
    QVERIFY(process->waitForFinished(minute));
    const QByteArray said = process->readAll();
    QVERIFY2(said.contains(sentence), said.constData());
    QCOMPARE(process->exitCode(), 2);
    QVERIFY(!fs::exists(path("wrong/checkpoints")));
}

void TestRanks::refusesDifferentSettings()
{
    write("left/run.json", settings("general", 2).dump());
    write("right/run.json", settings("general", 3).dump());
    QTcpServer free;
    free.listen(QHostAddress::LocalHost);
    const QString port = QString::number(free.serverPort());
    free.close();
    Processes both;
    for (const char* run : { "left", "right" })
        both.push_back(start(run,
                             { "MASTER_ADDR=127.0.0.1", "MASTER_PORT=" + port, "WORLD_SIZE=2",
                               QStringLiteral("RANK=%1").arg(both.size()) }));
    for (const auto& process : both) {
        QVERIFY(process->waitForFinished(2 * minute));
        const QByteArray said = process->readAll();
        QVERIFY2(said.contains("reads other settings or data"), said.constData());
        QCOMPARE(process->exitCode(), 2);
    }
}

// Its codes move by what all pictures of a step say: not divided over processes.
void TestRanks::refusesTheTokenizersStage()
{
    write("vq/run.json", settings("vq", 2).dump());
    for (const auto& process : startTwo("vq")) {
        QVERIFY(process->waitForFinished(minute));
        const QByteArray said = process->readAll();
        QVERIFY2(said.contains("train in one process. Start them without torchrun."),
                 said.constData());
        QCOMPARE(process->exitCode(), 2);
    }
    QVERIFY(!fs::exists(path("vq/checkpoints")));
}

QTEST_GUILESS_MAIN(TestRanks)
#include "tst_ranks.moc"
