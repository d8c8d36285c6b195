// Learning from pairs of ads: loss and gradients against torch's autograd on the Python oracle,
// whole runs on a tiny model, and what is refused. SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "engine/tiny_run.h"
#include "models/model_parts.h"
#include "nn/lora.h"
#include "training/dpo.h"
#include "training/fine_tuning.h"
#include "training/objective.h"
#include "weights/state_dict.h"

#include <sstream>

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

TrainingBatch batchOf(const Fixture& fixture, const std::string& side)
{
    const auto labels = fixture[side + "title_labels"];
    TrainingBatch batch;
    batch.ids = fixture[side + "prompt_ids"];
    batch.real = fixture["prompt_mask"].to(torch::kBool);
    // The fixture labels ids; position t of the batch holds what it has to predict, id t + 1.
    batch.textLabels
        = torch::cat({ labels.slice(1, 1), torch::full({ labels.size(0), 1 }, ignoredLabel) }, 1);
    batch.imageIds = fixture[side + "image_ids"];
    batch.control = fixture["control_pixels"];
    batch.controlKept = torch::tensor({ 1.0F, 0.0F });
    batch.history = { .imageIds = fixture["history_ids"],
                      .titleIds = fixture["history_titles"],
                      .imageNoise = fixture["visual_noise"],
                      .titleNoise = fixture["text_noise"] };
    batch.imagePlaceholder = 5; // as in make_uni_adgen.py
    batch.titlePlaceholder = 6;
    return batch;
}

} // namespace

class TestDpo : public QObject, private TinyRun
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        reset();
        write("data/train.json", pairs(0, 3));
        write("data/valid.json", pairs(4, 2));
    }

    void hasTheLossOfTheOracle();
    void leavesOutTrainedPathsOnly();
    void learnsToPrefer_data();
    void learnsToPrefer();
    void resumesExactly();
    void leavesOutBrokenPairs();
    void refusesWrongSettings_data();
    void refusesWrongSettings();

private:
    // Records whose rejected ad is the next scene, under another title.
    std::string pairs(int first, int count) const
    {
        json list = records(first, count);
        for (json& record : list) {
            const std::string chosen = record["f_path"];
            record["rejected_f_path"]
                = "scene" + std::to_string((chosen[5] - '0' + 1) % 8) + ".png";
            record["rejected_title"] = "steel";
        }
        return list.dump();
    }
    json dpoSettings() const
    {
        json run = tuningSettings();
        run["objective"] = "dpo";
        run["beta"] = 0.2;
        return run;
    }
    std::vector<json> lines(const std::string& run) const
    {
        std::vector<json> all;
        std::istringstream text(content(run + "/metrics.jsonl"));
        for (std::string line; std::getline(text, line);)
            all.push_back(json::parse(line));
        return all;
    }
};

void TestDpo::hasTheLossOfTheOracle()
{
    const Fixture fixture("dpo");
    UniAdGen network(fixture.config());
    fillByName(*network, "");
    AdLogProbabilities policy;
    for (const auto& [side, prefix, sum] :
         { std::tuple("chosen", "", &policy.chosen),
           std::tuple("rejected", "rejected.", &policy.rejected) }) {
        const auto found = sampleLogProbabilities(network, batchOf(fixture, prefix));
        COMPARE_TENSORS(found.title, fixture[std::string(side) + "_title"]);
        COMPARE_TENSORS(found.picture, fixture[std::string(side) + "_picture"]);
        *sum = found.title + found.picture;
    }
    const DpoLoss loss
        = dpoLoss(policy, { fixture["chosen_reference"], fixture["rejected_reference"] }, 0.1);
    COMPARE_TENSORS(loss.loss, fixture["loss"]);
    COMPARE_TENSORS(torch::tensor(loss.margin, torch::kFloat32), fixture["margin"]);
    COMPARE_TENSORS(torch::tensor(loss.accuracy, torch::kFloat32), fixture["accuracy"]);
    loss.loss.backward();
    const auto parameters = network->named_parameters();
    std::vector<torch::Tensor> norms;
    int whole = 0;
    const auto names = fixture.json()["gradient_names"].get<std::vector<std::string>>();
    for (const std::string& name : names) {
        QVERIFY2(parameters[name].grad().defined(), name.c_str());
        norms.push_back(parameters[name].grad().norm());
        if (!fixture.contains("gradient." + name))
            continue;
        ++whole;
        COMPARE_TENSORS(parameters[name].grad(), fixture["gradient." + name]);
    }
    QVERIFY(norms.size() > 150 && whole > 2);
    COMPARE_TENSORS(torch::stack(norms), fixture["gradient_norms"]);
}

// The reference is the base as it was, whatever LoRA has learnt.
void TestDpo::leavesOutTrainedPathsOnly()
{
    const Fixture fixture("dpo");
    UniAdGen network(fixture.config());
    fillByName(*network, "");
    const torch::NoGradGuard noGrad;
    const auto pictures
        = [&] { return sampleLogProbabilities(network, batchOf(fixture, "")).picture; };
    const auto bare = pictures();
    addTrainablePaths(*network->language_model->model->layers,
                      { .rank = 2, .targets = { "q_proj" } });
    std::vector<torch::Tensor> ups;
    for (const auto& [name, tensor] : stateDict(*network)) {
        if (name.ends_with(".lora_B"))
            ups.push_back(torch::Tensor(tensor).fill_(0.1));
        if (isLoraWeight(name))
            torch::Tensor(tensor).set_requires_grad(true);
    }
    const auto tuned = pictures();
    QVERIFY(!tuned.equal(bare));
    {
        const WithoutTrainedPaths base;
        QVERIFY(pictures().equal(bare));
        for (const auto& item : network->named_parameters())
            item.value().set_requires_grad(false); // paths of an adapter below the run's own
        QVERIFY(pictures().equal(tuned));
    }
    QVERIFY(pictures().equal(tuned));
}

void TestDpo::learnsToPrefer_data()
{
    QTest::addColumn<QString>("stage");
    QTest::newRow("general") << "general";
    QTest::newRow("personalised") << "personalised";
}

void TestDpo::learnsToPrefer()
{
    QFETCH(QString, stage);
    json run = dpoSettings();
    run["stage"] = stage.toStdString();
    run["steps"] = 30;
    run["validate_every"] = 30;
    run["learning_rate"] = 0.01;
    run["held_out"] = run["records"];
    const auto outcome = trainRun("run", run);
    VERIFY_DONE(outcome);
    QVERIFY(outcome->skipped.empty());
    const auto log = lines("run");
    // LoRA begins as no change: no ad is preferred yet.
    QVERIFY(std::abs(log.front().at("dpo").get<double>() - std::log(2.0)) < 1e-5);
    QVERIFY(std::abs(log.front().at("dpo_margin").get<double>()) < 1e-4);
    const json& checked = log.back();
    qInfo("%s", checked.dump().c_str());
    QVERIFY(checked.at("held_out").get<double>() < 0.5 * std::log(2.0));
    QCOMPARE(checked.at("held_out_dpo_accuracy").get<double>(), 1.0);
    QVERIFY(checked.at("held_out_dpo_margin").get<double>() > 0.5);
    for (const std::string& name :
         SafetensorsFile::open(path("run/checkpoints/step_30/weights.safetensors")).names())
        QVERIFY2(isLoraWeight(name), name.c_str());
    QVERIFY(!fs::exists(path("run/adapter/trained_modules.safetensors")));
    ModelSource source = ModelSource::open(path("model"));
    addPart(source, path("run/adapter"));
    loadModel(source, torch::kFloat32, torch::kCPU);
    const auto estimate = estimateTraining(path("run"), images());
    VERIFY_DONE(estimate);
    QCOMPARE(estimate->examples, 3);
}

void TestDpo::resumesExactly()
{
    json run = dpoSettings();
    run["lora"]["dropout"] = 0.2;
    run["validate_every"] = 4;
    VERIFY_DONE(trainRun("whole", run));
    QCOMPARE(trainRun("parts", run, 3).error().code, ErrorCode::Cancelled);
    VERIFY_DONE(trainRun("parts", run));
    compareRuns("whole", "parts", 6);
}

void TestDpo::leavesOutBrokenPairs()
{
    json list = json::parse(pairs(0, 3));
    list[1]["rejected_f_path"] = "lost.png";
    write("data/train.json", list.dump());
    const auto outcome = trainRun("run", dpoSettings());
    VERIFY_DONE(outcome);
    QCOMPARE(outcome->skipped,
             std::vector<std::string>{ "Pair 2 is left out: its rejected ad cannot be read." });
    for (json& record : list)
        record.erase("rejected_title");
    write("data/train.json", list.dump());
    VERIFY_REFUSED(trainRun("none", dpoSettings()), "reads rejected_f_path and rejected_title");
}

void TestDpo::refusesWrongSettings_data()
{
    QTest::addColumn<QString>("change"); // merged into run.json
    QTest::addColumn<QString>("sentence");
    QTest::newRow("objective") << R"({"objective": "ppo"})"
                               << "\"objective\" is \"ppo\", not next_token or dpo";
    QTest::newRow("beta") << R"({"beta": 0})"
                          << "\"beta\" must be above 0";
    QTest::newRow("all weights") << R"({"lora": null})"
                                 << "has the wrong type";
    QTest::newRow("titles alone") << R"({"text_batch": 2})"
                                  << "no text_batch";
    QTest::newRow("plain records") << R"({"records": "../data/plain.json"})"
                                   << "reads rejected_f_path and rejected_title";
}

void TestDpo::refusesWrongSettings()
{
    QFETCH(QString, change);
    QFETCH(QString, sentence);
    write("data/plain.json", records(0, 3).dump());
    json run = dpoSettings();
    const json wanted = json::parse(change.toStdString());
    run.update(wanted);
    VERIFY_REFUSED(trainRun("run", run), sentence.toStdString());
    QVERIFY(!fs::exists(path("run/checkpoints")));
}

QTEST_GUILESS_MAIN(TestDpo)
#include "tst_dpo.moc"
