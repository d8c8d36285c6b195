// Whole training runs of a tiny network through the public door: exact resume, data with faults,
// settings with faults.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tiny_run.h"

#include <adtailor/background_similarity.h>

#include <sstream>

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

class TestTrainer : public QObject, private TinyRun
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void resumesTheTokenizerExactly();
    void resumesTheAdModelExactly_data();
    void resumesTheAdModelExactly();
    void trainsOnTables();
    void trainsOnOneUser();
    void holdsOutUsers();
    void scoresSamples_data();
    void scoresSamples();
    void leavesOutWhatCannotBeRead();
    void refusesLostPictures();
    void refusesEmptyData_data();
    void refusesEmptyData();
    void refusesChangedInputs_data();
    void refusesChangedInputs();
    void forksOverChangedInputs();
    void estimates_data();
    void estimates();
    void refusesWrongSettings_data();
    void refusesWrongSettings();
};

// Both ways over step 100, where unused codes move: which ones depends on all steps before.
void TestTrainer::resumesTheTokenizerExactly()
{
    json run = settings("vq");
    run["steps"] = 160;
    run["batch"] = 1;
    QCOMPARE(trainRun("whole", run, 102).error().code, ErrorCode::Cancelled);
    QCOMPARE(trainRun("parts", run, 50).error().code, ErrorCode::Cancelled);
    QCOMPARE(trainRun("parts", run, 102).error().code, ErrorCode::Cancelled);
    compareRuns("whole", "parts", 102);
}

void TestTrainer::resumesTheAdModelExactly_data()
{
    QTest::addColumn<QString>("stage");
    QTest::newRow("general") << "general";
    QTest::newRow("personalised") << "personalised";
}

void TestTrainer::resumesTheAdModelExactly()
{
    QFETCH(QString, stage);
    json run = settings(stage.toStdString());
    run["validate_every"] = 4; // must not disturb the steps after it
    run["accumulation"] = 2;
    VERIFY_DONE(trainRun("whole", run));
    for (const int stopAfter : { 1, 3 })
        QCOMPARE(trainRun("parts", run, stopAfter).error().code, ErrorCode::Cancelled);
    VERIFY_DONE(trainRun("parts", run));
    compareRuns("whole", "parts", 6);
    QVERIFY(content("whole/model.safetensors") == content("parts/model.safetensors"));
    QVERIFY(content("whole/model.safetensors") != content("model/model.safetensors"));
}

// The same records as CSV with columns of other names give the same weights.
void TestTrainer::trainsOnTables()
{
    json run = settings("personalised");
    run["steps"] = 2;
    VERIFY_DONE(trainRun("json", run));
    const auto table = [&](const json& list) {
        std::string text = "ad,product,description,title,points,seen,seen titles\r\n";
        for (const json& record : list) {
            for (const char* key : { "f_path", "f_path_trans", "sku_title_cn", "gt_title_cn" })
                text += record[key].get<std::string>() + ",";
            text += "\"" + record["word_list"].get<std::string>() + "\",";
            for (const json& image : record["history_images"])
                text += (text.ends_with(",") ? "" : ";") + image.get<std::string>();
            text += ",Pan 0;Pan 1;Pan 2;Pan 3\r\n";
        }
        return text;
    };
    write("data/train.csv", table(records(0, 3)));
    write("data/valid.csv", table(records(5, 2)));
    run["records"] = "../data/train.csv";
    run["held_out"] = "../data/valid.csv";
    VERIFY_REFUSED(trainRun("unmapped", run), "valid.csv: columns are missing: \"f_path_trans\"");
    run["columns"] = { { "f_path", "ad" },         { "f_path_trans", "product" },
                       { "gt_title_cn", "title" }, { "sku_title_cn", "description" },
                       { "word_list", "points" },  { "history_images", "seen" },
                       { "list_separator", ";" },  { "history_titles", "seen titles" } };
    VERIFY_DONE(trainRun("csv", run));
    compareRuns("json", "csv", 2);
}

void TestTrainer::trainsOnOneUser()
{
    write("data/train.json", records(0, 1).dump());
    write("data/valid.json", records(6, 1).dump());
    json run = settings("personalised");
    run["validate_every"] = 3;
    const auto outcome = trainRun("run", run);
    VERIFY_DONE(outcome);
    QVERIFY(outcome->finished && outcome->bestStep > 0);
    QVERIFY(outcome->skipped.empty());
}

// Without held_out. Three histories are three users, of whom one is measured on.
void TestTrainer::holdsOutUsers()
{
    json run = settings("personalised");
    run["validate_every"] = 3;
    run.erase("held_out");
    const auto outcome = trainRun("run", run);
    VERIFY_DONE(outcome);
    QVERIFY(outcome->bestStep > 0);
    QCOMPARE(outcome->skipped.size(), 1U);
    QVERIFY2(outcome->skipped[0].find("1 of 3 users are held out; records without user_id")
                 != std::string::npos,
             outcome->skipped[0].c_str());
    const auto estimate = estimateTraining(path("run"), images());
    VERIFY_DONE(estimate);
    QCOMPARE(estimate->examples, 2);
    write("data/train.json", records(0, 1).dump());
    VERIFY_REFUSED(trainRun("one", run), "are of one user, so none can be held out");
    write("data/train.json", "[]");
    VERIFY_REFUSED(trainRun("none", run), "no record can be trained on");
}

void TestTrainer::scoresSamples_data()
{
    QTest::addColumn<QString>("stage");
    QTest::newRow("to the clicked ads alone") << "general";
    QTest::newRow("and to the history") << "personalised";
}

// The sheet has rows of control picture, clicked ad, generated ad: PBS of the last two by the
// public door is what the log says. Histories are scored by the pictures that the loader makes.
void TestTrainer::scoresSamples()
{
    QFETCH(QString, stage);
    json run = settings(stage.toStdString());
    run["steps"] = 2;
    run["validate_every"] = 2;
    const auto logged = [&](const std::string& name) {
        std::istringstream lines(content(name + "/metrics.jsonl"));
        json last;
        for (std::string line; std::getline(lines, line);)
            last = json::parse(line);
        return last;
    };
    VERIFY_DONE(trainRun("plain", run));
    QVERIFY(!logged("plain").contains("sample_pbs"));
    m_pbsModel = ADTAILOR_FIXTURES "/pbs.pth";
    VERIFY_DONE(trainRun("scored", run));
    compareRuns("plain", "scored", 2);

    const auto model = BackgroundSimilarity::load(m_pbsModel);
    VERIFY_DONE(model);
    const int side = m_sheet.height() / 3, count = m_sheet.width() / side;
    QCOMPARE(count, 2);
    const auto feature = [&](const Image& picture) {
        return model->features({ &picture, 1 })->front();
    };
    const auto tile = [&](int column, int row) {
        std::vector<std::uint8_t> pixels;
        for (int y = 0; y < side; ++y) {
            const auto* start = m_sheet.row(row * side + y) + column * side * 3;
            pixels.insert(pixels.end(), start, start + side * 3);
        }
        return Image(side, side, 3, std::move(pixels));
    };
    double clicked = 0, history = 0;
    const json held = json::parse(content("data/valid.json"));
    for (int i = 0; i < count; ++i) {
        const auto made = feature(tile(i, 2));
        clicked += backgroundScore(made, feature(tile(i, 1))) / count;
        for (const json& name : held[static_cast<std::size_t>(i)]["history_images"])
            history += backgroundScore(made, feature(*images().load(name.get<std::string>()))) / 4
                / count;
    }
    const json line = logged("scored");
    qInfo("%s", line.dump().c_str());
    QVERIFY(std::abs(line.at("sample_pbs").get<double>() - clicked) < 1e-3);
    if (stage == "personalised")
        QVERIFY(std::abs(line.at("sample_pbs_history").get<double>() - history) < 1e-3);
    m_pbsModel = path("none.pth");
    VERIFY_REFUSED(trainRun("lost", run), "none.pth");
}

// A picture that is lost, or comes back, between stop and resume would move all drawn samples.
void TestTrainer::refusesLostPictures()
{
    const json run = settings("general");
    QCOMPARE(trainRun("run", run, 2).error().code, ErrorCode::Cancelled);
    fs::remove(path("data/scene1_cutout.png"));
    const auto refused = trainRun("run", run);
    VERIFY_REFUSED(refused, "Other data can be used now");
    VERIFY_REFUSED(refused, "Record 2: The picture scene1_cutout.png does not exist.");
    write("data/scene1_cutout.png", "");
    VERIFY_DONE(trainRun("run", run));
    VERIFY_DONE(forkRun(path("run"), path("fork")));
    fs::remove(path("data/scene1_cutout.png"));
    VERIFY_DONE(train(path("fork"), images(), {}, {}));
}

void TestTrainer::leavesOutWhatCannotBeRead()
{
    m_bad = { "scene1.png" }; // the ad of record 2, and an item of the others' histories
    fs::remove(path("data/scene2_cutout.png")); // the product of record 3
    for (const std::string stage : { "personalised", "vq" }) {
        const auto outcome = trainRun(stage, settings(stage));
        VERIFY_DONE(outcome);
        const std::string report = content(stage + "/skipped.txt");
        QVERIFY2(report.find("scene1.png is no picture.") != std::string::npos, report.c_str());
        if (stage == "vq")
            continue;
        QVERIFY2(report.find("Record 2 is left out") != std::string::npos, report.c_str());
        QVERIFY2(report.find("Record 3: ") != std::string::npos, report.c_str());
        // And scene1 once more, in a held-out history.
        QCOMPARE(outcome->skipped.size(), std::size_t{ 4 });
    }
    m_bad.clear(); // repaired: codes of the gap were not kept
    QCOMPARE(trainRun("again", settings("general"))->skipped.size(), std::size_t{ 1 });
}

void TestTrainer::refusesEmptyData_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no records") << "general"
                                << "data/train.json"
                                << "[]"
                                << "no record can be";
    QTest::newRow("no held-out records") << "general"
                                         << "data/valid.json"
                                         << "[]"
                                         << "no record can be";
    QTest::newRow("no usable record") << "general"
                                      << "data/train.json"
                                      << "[{\"f_path\": 3}]"
                                      << "the first reason: Record 1";
    QTest::newRow("no scenes") << "vq"
                               << "data/index.jsonl"
                               << ""
                               << "split train";
    QTest::newRow("a broken scene row") << "vq"
                                        << "data/index.jsonl"
                                        << "{\"file\": 3}\n"
                                        << "line 1 is not a scene row";
    QTest::newRow("not JSON") << "vq"
                              << "data/index.jsonl"
                              << "{\"file\"\n"
                              << "not valid JSON";
}

void TestTrainer::refusesEmptyData()
{
    QFETCH(QString, stage);
    QFETCH(QString, file);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    write(file.toStdString(), text.toStdString());
    VERIFY_REFUSED(trainRun("run", settings(stage.toStdString())), sentence.toStdString());
    QVERIFY(!fs::exists(path("run/checkpoints")));
}

void TestTrainer::refusesChangedInputs_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QString>("file");
    QTest::newRow("initial") << "general"
                             << "model/model.safetensors";
    QTest::newRow("tokenizer") << "general"
                               << "model/tokenizer.json";
    QTest::newRow("records") << "general"
                             << "data/train.json";
    QTest::newRow("held-out records") << "personalised"
                                      << "data/valid.json";
    QTest::newRow("scenes") << "vq"
                            << "data/index.jsonl";
}

void TestTrainer::refusesChangedInputs()
{
    QFETCH(QString, stage);
    QFETCH(QString, file);
    const json run = settings(stage.toStdString());
    QCOMPARE(trainRun("run", run, 2).error().code, ErrorCode::Cancelled);
    const std::string before = content(file.toStdString());
    write(file.toStdString(), before + "\n");
    const auto refused = trainRun("run", run);
    VERIFY_REFUSED(refused, "has changed since the run in");
    VERIFY_REFUSED(refused, "--fork");
    write(file.toStdString(), before);
    VERIFY_DONE(trainRun("run", run));
}

void TestTrainer::forksOverChangedInputs()
{
    const json run = settings("general");
    QCOMPARE(trainRun("old", run, 2).error().code, ErrorCode::Cancelled);
    write("data/train.json", records(1, 3).dump());
    VERIFY_REFUSED(trainRun("old", run), "has changed");
    const std::string before = content("old/checkpoints/step_2/weights.safetensors");
    VERIFY_DONE(forkRun(path("old"), path("deep/down/new")));
    const auto outcome = train(path("deep/down/new"), images(), {}, {});
    VERIFY_DONE(outcome);
    QCOMPARE(outcome->steps, 6);
    QVERIFY(fs::exists(path("deep/down/new/checkpoints/step_2")));
    QVERIFY(content("old/checkpoints/step_2/weights.safetensors") == before);
    VERIFY_REFUSED(forkRun(path("old"), path("deep/down/new")), "holds a run already");
    write("fresh/run.json", run.dump());
    VERIFY_REFUSED(forkRun(path("fresh"), path("other")), "has no checkpoint");
}

void TestTrainer::estimates_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<int>("examples");
    QTest::newRow("tokenizer") << "vq" << 6;
    QTest::newRow("ads") << "personalised" << 3;
}

void TestTrainer::estimates()
{
    QFETCH(QString, stage);
    QFETCH(int, examples);
    write("run/run.json", settings(stage.toStdString()).dump());
    const auto estimate = estimateTraining(path("run"), images());
    VERIFY_DONE(estimate);
    QCOMPARE(estimate->examples, examples);
    QCOMPARE(estimate->steps, 6);
    QVERIFY(estimate->trainedParameters > 1000);
    QCOMPARE(estimate->checkpointBytes,
             static_cast<std::uint64_t>(estimate->trainedParameters) * 16); // float, with average
    QVERIFY(estimate->secondsPerStep > 0);
    QVERIFY(estimate->memoryBytes > 10'000'000 && estimate->memoryBytes < estimate->machineBytes);
    QVERIFY(!fs::exists(path("data/train.json.codes")));
    const auto files = fs::directory_iterator(path("run"));
    QCOMPARE(std::distance(begin(files), end(files)), 1); // run.json
}

void TestTrainer::refusesWrongSettings_data()
{
    QTest::addColumn<QString>("change"); // merged into run.json
    QTest::addColumn<QString>("sentence");
    QTest::newRow("stage") << R"({"stage": "all"})"
                           << "\"stage\" is \"all\"";
    QTest::newRow("type") << R"({"steps": "many"})"
                          << "\"steps\" has the wrong type";
    QTest::newRow("steps") << R"({"steps": 0})"
                           << "must be at least 1";
    QTest::newRow("rate") << R"({"learning_rate": -1})"
                          << "learning_rate and clip";
    QTest::newRow("average") << R"({"ema_decay": 1})"
                             << "ema_decay must be";
    QTest::newRow("patience") << R"({"early_stop_patience": -1})"
                              << "early_stop_patience";
    QTest::newRow("no records") << R"({"records": null})"
                                << "\"records\" (a path) is missing";
    QTest::newRow("no tokenizer") << R"({"tokenizer": null})"
                                  << "\"tokenizer\" (a path)";
    QTest::newRow("columns") << R"({"columns": ["f_path"]})"
                             << "\"columns\" has the wrong type";
    QTest::newRow("a column of no field") << R"({"columns": {"picture": "a"}})"
                                          << "no field \"picture\"";
    QTest::newRow("no model") << R"({"model": null})"
                              << "\"model\"";
    QTest::newRow("no history inputs") << R"({"model": {"preference": null}})"
                                       << "\"preference\"";
    QTest::newRow("width") << R"({"model": {"language_model": {"hidden_size": 33}}})"
                           << "num_attention_heads";
    QTest::newRow("another width") << R"({"model": {"language_model": {"intermediate_size": 50}}})"
                                   << "another shape";
    QTest::newRow("absent start") << R"({"initial": "none.safetensors"})"
                                  << "Cannot read";
}

void TestTrainer::refusesWrongSettings()
{
    QFETCH(QString, change);
    QFETCH(QString, sentence);
    json run = settings("personalised");
    run.merge_patch(json::parse(change.toStdString()));
    VERIFY_REFUSED(trainRun("run", run), sentence.toStdString());
    QVERIFY(!fs::exists(path("run/checkpoints")));
}

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
