// Fine-tuning runs: what they train, that they resume exactly, what they write, what is refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "engine/tiny_run.h"
#include "models/model_parts.h"
#include "training/adapter_folder.h"
#include "training/checkpoint.h"
#include "training/fine_tuning.h"
#include "weights/state_dict.h"

#include <adtailor/merge.h>

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
    void writesAnAdapterThatLoadsAgain_data();
    void writesAnAdapterThatLoadsAgain();
    void exportsCheckpoints();
    void namesLayersAsTheBaseDoes();
    void saysWhereItComesFrom();
    void mergesIntoOneModel();
    void refusesAChangedBase_data();
    void refusesAChangedBase();
    void estimatesWhatIsTrained();
    void saysWhatHelpsAgainstFullMemory();
    void refusesWrongSettings_data();
    void refusesWrongSettings();

private:
    std::vector<std::string> trainedNames(const std::string& run, int step) const
    {
        return SafetensorsFile::open(path(run) / ("checkpoints/step_" + std::to_string(step))
                                     / "weights.safetensors")
            .names();
    }
    // base, then the adapter on top of it, as the engine loads them.
    UniAdGen load(const fs::path& base, const fs::path& adapter, LoraMode mode) const
    {
        ModelSource source = ModelSource::open(base);
        if (!adapter.empty())
            addPart(source, adapter);
        source.adapterMode = mode;
        return loadModel(source, torch::kFloat32, torch::kCPU);
    }
    // As the run itself had it in memory at its end.
    UniAdGen trained(const std::string& run) const
    {
        const RunConfig config = readRunConfig(path(run));
        UniAdGen network = loadBase(config, {});
        NamedTensors weights;
        for (const auto& [name, tensor] : stateDict(*network)) {
            if (tensor.requires_grad())
                weights[name] = tensor;
        }
        loadCheckpoint(*newestCheckpoint(path(run)), weights);
        network->eval();
        return network;
    }
};

namespace {

// Text and image logits of a prompt with history and control: every trained part speaks in them.
torch::Tensor outputs(UniAdGen& network)
{
    const torch::NoGradGuard noGrad;
    const UniAdGenConfig& c = network->config;
    at::manual_seed(9);
    const auto ids = torch::randint(8, 600, { 1, 12 }, torch::kInt64);
    const std::int64_t n = c.preference->historyLength;
    const HistoryInput history{
        .imageIds = torch::randint(64, { 1, n, c.preference->imageTokens() }, torch::kInt64),
        .titleIds = torch::randint(8, 600, { 1, n, c.preference->titleTokens }, torch::kInt64)
    };
    const auto tokens = network->extractPreferences(history);
    const auto pixels = torch::rand({ 1, 3, c.imageSize, c.imageSize }) * 2 - 1;
    DecoderInput input;
    input.embeddings = torch::cat({ network->embedText(ids), tokens.images, tokens.titles,
                                    network->embedImage(torch::arange(64).unsqueeze(0)) },
                                  1);
    input.injections = network->control(pixels);
    input.injectionInterval = network->control->interval;
    const auto hidden = network->language_model(input);
    return torch::cat({ network->language_model->textLogits(hidden).flatten(),
                        network->imageLogits(hidden).flatten() });
}

} // namespace

void TestFineTuning::startsAsNoChange()
{
    at::manual_seed(5);
    UniAdGen network(Fixture("lora").config());
    fillByName(*network, "");
    const auto embeddings = torch::randn({ 1, 7, 48 });
    const auto before = network->language_model(DecoderInput{ .embeddings = embeddings });
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
    QVERIFY(network->language_model(DecoderInput{ .embeddings = embeddings }).equal(before));
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

void TestFineTuning::writesAnAdapterThatLoadsAgain_data()
{
    QTest::addColumn<bool>("live");
    QTest::newRow("live") << true;
    QTest::newRow("merged") << false;
}

void TestFineTuning::writesAnAdapterThatLoadsAgain()
{
    QFETCH(bool, live);
    json run = tuningSettings();
    run["ema_decay"] = 0;
    run["learning_rate"] = 0.01;
    const auto outcome = trainRun("run", run);
    VERIFY_DONE(outcome);
    QCOMPARE(outcome->result, path("run/adapter"));
    QVERIFY(!fs::exists(path("run/model.safetensors")));
    UniAdGen expected = trained("run");
    UniAdGen base = load(path("model"), {}, LoraMode::Live);
    UniAdGen loaded
        = load(path("model"), outcome->result, live ? LoraMode::Live : LoraMode::Merged);
    COMPARE_TENSORS(outputs(loaded), outputs(expected));
    QVERIFY((outputs(base) - outputs(expected)).abs().max().item<double>() > 0.05);
    const auto known = stateDict(*expected);
    for (const auto& [name, tensor] : stateDict(*loaded)) {
        if (isControlWeight(name) || isPreferenceWeight(name))
            QVERIFY2(tensor.equal(known.at(name)), name.c_str());
    }
}

void TestFineTuning::exportsCheckpoints()
{
    json run = tuningSettings(); // with a moving average
    run["checkpoint_every"] = 3;
    VERIFY_DONE(trainRun("run", run));
    VERIFY_DONE(exportAdapter(path("run"), 6, path("out/last")));
    for (const char* file :
         { "adapter_model.safetensors", "trained_modules.safetensors", "adapter_config.json" })
        QVERIFY2(content("out/last/" + std::string(file))
                     == content("run/adapter/" + std::string(file)),
                 file);
    VERIFY_DONE(exportAdapter(path("run"), 3, path("out/earlier")));
    QVERIFY(content("out/earlier/adapter_model.safetensors")
            != content("run/adapter/adapter_model.safetensors"));
    QCOMPARE(json::parse(content("out/earlier/lineage.json")).at("step").get<int>(), 3);
    VERIFY_DONE(exportAdapter(path("run"), 0, path("out/any")));
    VERIFY_REFUSED(exportAdapter(path("run"), 4, path("out/none")),
                   "no whole checkpoint of step 4");
    VERIFY_REFUSED(exportAdapter(path("run"), 6, path("out/last")), "exists already");
    QVERIFY(!fs::exists(path("out/none")));
}

// PEFT finds layers by the names of the base's own Python classes.
void TestFineTuning::namesLayersAsTheBaseDoes()
{
    VERIFY_DONE(trainRun("run", tuningSettings()));
    RunConfig config = readRunConfig(path("run"));
    const auto weights = checkpointWeights(*newestCheckpoint(path("run")));
    for (const auto& [layout, layer] :
         { std::pair(ModelLayout::DeepSeek, "language_model.model.layers.1.self_attn.k_proj"),
           std::pair(ModelLayout::Transformers,
                     "model.language_model.layers.1.self_attn.k_proj") }) {
        config.base->layout = layout;
        writeAdapterFolder(path("out"), weights, config, path("run"), 6);
        const auto file = SafetensorsFile::open(path("out/adapter_model.safetensors"));
        QCOMPARE(file.names().size(), std::size_t{ 16 });
        const std::string down = "base_model.model." + std::string(layer) + ".lora_A.weight";
        QVERIFY2(file.contains(down), down.c_str());
        QCOMPARE(file.shape(down), (std::vector<std::int64_t>{ 2, 32 }));
        for (const auto& pair : LoraAdapter::open(path("out")).pairs)
            QVERIFY(pair.layer.starts_with("language_model.model.layers."));
    }
}

void TestFineTuning::saysWhereItComesFrom()
{
    json run = tuningSettings();
    run["persona"] = "Ms Mustermann";
    VERIFY_DONE(trainRun("run", run));
    const std::string text = content("run/adapter/lineage.json");
    const json lineage = json::parse(text);
    const json inputs = json::parse(content("run/inputs.json"));
    QCOMPARE(lineage["users"]["count"].get<int>(), 3);
    QVERIFY(lineage["data"]["records"] == inputs["records"]);
    QVERIFY(lineage["base"].size() >= 3); // name, config, weights
    QCOMPARE(lineage["settings"]["lora"]["rank"].get<int>(), 2);
    QCOMPARE(lineage["step"].get<int>(), 6);
    for (const char* word : { "Kettle", "Pan", "scene", "Mustermann", "json", "/" })
        QVERIFY2(text.find(word) == std::string::npos, word);
    const auto modules = SafetensorsFile::open(path("run/adapter/trained_modules.safetensors"));
    QVERIFY(json::parse(modules.metadata().at("lineage")) == lineage);
}

void TestFineTuning::mergesIntoOneModel()
{
    json run = tuningSettings();
    run["learning_rate"] = 0.01;
    VERIFY_DONE(trainRun("run", run));
    const std::vector<ModelPart> parts{ { path("run/adapter").string() } };
    VERIFY_DONE(mergeModel(path("model"), parts, path("whole"), std::nullopt));
    UniAdGen live = load(path("model"), path("run/adapter"), LoraMode::Live);
    UniAdGen merged = load(path("whole"), {}, LoraMode::Merged);
    COMPARE_TENSORS(outputs(merged), outputs(live));
    QVERIFY(content("whole/tokenizer.json") == content("model/tokenizer.json"));
    QVERIFY(fs::exists(path("whole/lineage.json")));
    VERIFY_REFUSED(mergeModel(path("model"), parts, path("whole"), std::nullopt), "exists already");
    VERIFY_REFUSED(mergeModel(path("model"), { { path("data").string() } }, path("other"), {}),
                   "data");
    QVERIFY(!fs::exists(path("other")));
    // In 16 bits as well.
    VERIFY_DONE(mergeModel(path("model"), parts, path("half"), Precision::BFloat16));
    QCOMPARE(ModelSource::open(path("half")).tensors.dtype("language_model.lm_head.weight"),
             torch::kBFloat16);
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

void TestFineTuning::estimatesWhatIsTrained()
{
    json run = tuningSettings();
    run["train_embed_tokens"] = false;
    run["gradient_checkpointing"] = true;
    run["precision"] = "bf16";
    write("run/run.json", run.dump());
    const auto estimate = estimateTraining(path("run"), images());
    VERIFY_DONE(estimate);
    VERIFY_DONE(trainRun("run", run));
    std::int64_t parameters = 0;
    for (const auto& [name, tensor] : checkpointWeights(*newestCheckpoint(path("run"))))
        parameters += tensor.numel();
    QCOMPARE(estimate->trainedParameters, parameters);
    QVERIFY(parameters < 100'000); // of more than 200'000
}

void TestFineTuning::saysWhatHelpsAgainstFullMemory()
{
    write("run/run.json", tuningSettings().dump());
    TrainingImages full = images();
    full.load = [](const fs::path&) -> Result<Image> { throw std::bad_alloc(); };
    const auto outcome = train(path("run"), full, {}, {});
    VERIFY_REFUSED(outcome, "MB of this machine's");
    QCOMPARE(outcome.error().code, ErrorCode::OutOfMemory);
    for (const char* help : { "gradient_checkpointing", "rank", "batch" })
        VERIFY_REFUSED(outcome, help);
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
    row("precision", R"({"precision": "fp64"})", "\"precision\" is \"fp64\", not fp32 or bf16");
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
