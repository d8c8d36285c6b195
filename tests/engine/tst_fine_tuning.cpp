// Fine-tuning runs: what they train, that they resume exactly, what they write, what is refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "engine/tiny_run.h"
#include "training/fine_tuning.h"
#include "weights/state_dict.h"

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

class TestFineTuning : public QObject, private TinyRun
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void startsAsNoChange();
    void trainsOnlyWhatItSays_data();
    void trainsOnlyWhatItSays();
    void resumesExactly();
    void makesWhatTheBaseLacks();
    void findsTheBaseByName();
    void refusesAChangedBase_data();
    void refusesAChangedBase();
    void refusesWrongSettings_data();
    void refusesWrongSettings();

private:
    std::vector<std::string> trainedNames(const std::string& run, int step) const
    {
        return SafetensorsFile::open(path(run) / ("checkpoints/step_" + std::to_string(step))
                                     / "weights.safetensors")
            .names();
    }
};

void TestFineTuning::startsAsNoChange()
{
    at::manual_seed(5);
    UniAdGen network(Fixture("lora").config());
    fillByName(*network, "");
    const auto embeddings = torch::randn({ 1, 7, 48 });
    const auto before = network->language_model({ .embeddings = embeddings });
    addTrainablePaths(*network->language_model->model->layers,
                      { .rank = 4, .dropout = 0.5, .targets = { "q_proj", "down_proj" } });
    std::vector<torch::Tensor> downs;
    for (const auto& [name, tensor] : stateDict(*network)) {
        if (name.ends_with("lora_A"))
            downs.push_back(tensor.flatten());
        if (name.ends_with("lora_B"))
            QVERIFY(tensor.count_nonzero().item<std::int64_t>() == 0);
    }
    QCOMPARE(downs.size(), std::size_t{ 4 }); // two layers
    // Kaiming-uniform with a = sqrt(5): uniform within 1/sqrt(fan-in); 48 and 80 wide here.
    QVERIFY(downs[1].abs().max().item<double>() <= 1 / std::sqrt(48.0));
    QVERIFY(downs[1].abs().max().item<double>() > 0.9 / std::sqrt(48.0));
    QVERIFY(network->language_model({ .embeddings = embeddings }).equal(before));
}

void TestFineTuning::trainsOnlyWhatItSays_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<int>("lora"); // matrices
    QTest::addColumn<bool>("embeddings");
    QTest::addColumn<bool>("history");
    QTest::newRow("as published") << "{}" << 16 << true << true;
    QTest::newRow("general") << R"({"stage": "general"})" << 16 << true << false;
    QTest::newRow("no table") << R"({"train_embed_tokens": false})" << 16 << false << true;
    QTest::newRow("targets") << R"({"lora": {"targets": ["v_proj", "down_proj"]}})" << 8 << true
                             << true;
}

void TestFineTuning::trainsOnlyWhatItSays()
{
    QFETCH(QString, change);
    QFETCH(int, lora);
    QFETCH(bool, embeddings);
    QFETCH(bool, history);
    json run = tuningSettings();
    run.merge_patch(json::parse(change.toStdString()));
    run["steps"] = 3;
    VERIFY_DONE(trainRun("run", run));
    const auto base = SafetensorsFile::open(path("model/model.safetensors"));
    const auto last = SafetensorsFile::open(path("run/checkpoints/step_3/weights.safetensors"));
    int matrices = 0, controls = 0, preferences = 0, others = 0;
    for (const std::string& name : last.names()) {
        const auto value = last.read(name);
        // What is trained has moved, but for the unused ends of control and history tables.
        if (isLoraWeight(name)) {
            ++matrices;
            QVERIFY2(value.count_nonzero().item<std::int64_t>() > 0, name.c_str());
        } else if (isControlWeight(name)) {
            ++controls;
        } else if (isPreferenceWeight(name)) {
            ++preferences;
        } else {
            ++others;
            QCOMPARE(name, std::string("language_model.model.embed_tokens.weight"));
            QVERIFY(!value.equal(base.read(name)));
        }
    }
    QCOMPARE(matrices, lora);
    QVERIFY(controls > 20);
    QCOMPARE(preferences > 20, history);
    QCOMPARE(others, embeddings ? 1 : 0);
}

void TestFineTuning::resumesExactly()
{
    json run = tuningSettings();
    run["lora"]["dropout"] = 0.2;
    run["validate_every"] = 4;
    run["accumulation"] = 2;
    VERIFY_DONE(trainRun("whole", run));
    for (const int stopAfter : { 1, 3 })
        QCOMPARE(trainRun("parts", run, stopAfter).error().code, ErrorCode::Cancelled);
    VERIFY_DONE(trainRun("parts", run));
    compareRuns("whole", "parts", 6);
    run["lora"]["dropout"] = 0.0; // and dropout does something
    VERIFY_DONE(trainRun("plain", run));
    QVERIFY(content("plain/checkpoints/step_6/weights.safetensors")
            != content("whole/checkpoints/step_6/weights.safetensors"));
}

// A Janus has no control and no history; they are made fresh and begin as no change.
void TestFineTuning::makesWhatTheBaseLacks()
{
    const auto whole = SafetensorsFile::open(path("model/model.safetensors"));
    const std::string encoder = "language_model.model.adapter.model.";
    std::map<std::string, torch::Tensor> bare, dino;
    for (const std::string& name : whole.names()) {
        if (name.starts_with(encoder))
            dino[name.substr(encoder.size())] = whole.read(name);
        else if (!isControlWeight(name) && !isPreferenceWeight(name))
            bare[name] = whole.read(name);
    }
    json config = json::parse(content("model/config.json"));
    const json sizes = { { "control", config["control"] }, { "preference", config["preference"] } };
    config.erase("control");
    config.erase("preference");
    write("bare/config.json", config.dump());
    write("bare/tokenizer.json", content("model/tokenizer.json"));
    writeSafetensors(path("bare/model.safetensors"), bare);
    fs::create_directories(path("dino"));
    writeSafetensors(path("dino/model.safetensors"), dino);

    json run = tuningSettings();
    run["base"] = "../bare";
    run["model"] = sizes;
    VERIFY_REFUSED(trainRun("no_encoder", run), "name a DINOv2 folder");
    run["add"] = { "../dino" };
    VERIFY_DONE(trainRun("run", run));
    const auto names = trainedNames("run", 6);
    QVERIFY(std::ranges::count_if(names, isControlWeight) > 20);
    QVERIFY(std::ranges::count_if(names, isPreferenceWeight) > 20);
}

void TestFineTuning::findsTheBaseByName()
{
    json run = tuningSettings();
    run["base"] = "small";
    write("run/run.json", run.dump());
    TrainingImages helpers = images();
    VERIFY_REFUSED(train(path("run"), helpers, {}, {}), "small");
    helpers.findModel = [&](const std::string& name) -> Result<fs::path> {
        return name == "small" ? path("model") : fs::path();
    };
    VERIFY_DONE(train(path("run"), helpers, {}, {}));
}

void TestFineTuning::refusesAChangedBase_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("weights") << "model/model.safetensors";
    QTest::newRow("config") << "model/config.json";
    QTest::newRow("tokenizer") << "model/tokenizer.json";
}

void TestFineTuning::refusesAChangedBase()
{
    QFETCH(QString, file);
    const json run = tuningSettings();
    QCOMPARE(trainRun("run", run, 2).error().code, ErrorCode::Cancelled);
    std::string bytes = content(file.toStdString());
    if (file.endsWith("safetensors"))
        bytes[bytes.size() - 1] ^= 1; // a last bit of one weight
    else
        bytes += "\n";
    write(file.toStdString(), bytes);
    VERIFY_REFUSED(trainRun("run", run), "has changed since the run in");
    VERIFY_DONE(forkRun(path("run"), path("deep/down/new")));
    VERIFY_DONE(train(path("deep/down/new"), images(), {}, {}));
}

void TestFineTuning::refusesWrongSettings_data()
{
    QTest::addColumn<QString>("change"); // merged into run.json
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* change, const char* sentence) {
        QTest::newRow(name) << change << sentence;
    };
    row("rank 0", R"({"lora": {"rank": 0}})", "rank is 0, but must lie between 1 and 32");
    row("rank too large", R"({"lora": {"rank": 33}})", "the narrower side of q_proj");
    row("target", R"({"lora": {"targets": ["lm_head"]}})", "target \"lm_head\" is none of");
    row("no target", R"({"lora": {"targets": []}})", "\"targets\" are empty");
    row("alpha", R"({"lora": {"alpha": 0}})", "alpha must be above 0");
    row("dropout", R"({"lora": {"dropout": 1}})", "its dropout in [0, 1)");
    row("type", R"({"lora": 16})", "\"lora\" has the wrong type");
    row("type inside", R"({"lora": {"rank": "big"}})", "\"rank\" has the wrong type");
    row("no base", R"({"base": null})", "\"base\" is empty");
    row("absent base", R"({"base": "../nothing"})", "nothing");
    row("two starts", R"({"initial": "../model/model.safetensors"})", "leave one out");
    row("stage", R"({"stage": "vq"})", "of the stages general and personalised");
    row("part", R"({"add": ["../data"]})", "data");
}

void TestFineTuning::refusesWrongSettings()
{
    QFETCH(QString, change);
    QFETCH(QString, sentence);
    json run = tuningSettings();
    const json patch = json::parse(change.toStdString());
    run.merge_patch(patch);
    if (patch.contains("base") && patch["base"].is_null())
        run["base"] = "";
    VERIFY_REFUSED(trainRun("run", run), sentence.toStdString());
    QVERIFY(!fs::exists(path("run/checkpoints")));
}

QTEST_GUILESS_MAIN(TestFineTuning)
#include "tst_fine_tuning.moc"
