// The training loss of PBS, its gradients and its second encoder against torch's autograd; and how
// separation is counted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "training/pbs_network.h"
#include "training/pbs_task.h"
#include "weights/checkpoint_files.h"
#include "weights/state_dict.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

using namespace adtailor;

class TestPbsTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheStepOfTheOracle_data();
    void takesTheStepOfTheOracle();
    void comparesInsideGroupsOnly();
    void readsMocoBackbones();
    void countsSeparation();

private:
    PbsTrainingConfig config(bool frozen) const;
    void start(PbsNetwork& network, const std::string& mark) const;
    torch::Tensor views(int number) const
    {
        return normalizeForBackground(m_fixture["train.views_" + std::to_string(number)]);
    }

    const Fixture m_fixture{ "pbs" };
    const std::string m_checkpoint = ADTAILOR_FIXTURES "/pbs.pth";
};

PbsTrainingConfig TestPbsTraining::config(bool frozen) const
{
    const nlohmann::json json = m_fixture.json();
    PbsTrainingConfig config;
    config.encoder.vision = { .imageSize = json["image_size"],
                              .patch = json["patch_size"],
                              .hiddenSize = json["hidden_size"],
                              .layers = json["num_hidden_layers"],
                              .heads = json["num_attention_heads"],
                              .feedForwardSize = json["intermediate_size"] };
    config.encoder.featureSize = json["feature"];
    config.group = json["group"];
    config.projectorSize = json["projector"];
    config.temperature = json["temperature"];
    config.freezeBackbone = frozen;
    return config;
}

// Base and momentum encoder from the checkpoint, then what the fixture names apart.
void TestPbsTraining::start(PbsNetwork& network, const std::string& mark) const
{
    const torch::NoGradGuard noGrad;
    const TensorSource file = openCheckpoint(m_checkpoint).tensors;
    for (auto& [name, tensor] : stateDict(*network)) {
        const std::string published
            = "model.module.base_encoder." + name.substr(name.find('.') + 1);
        if (m_fixture.contains(mark + "start." + name))
            torch::Tensor(tensor).copy_(m_fixture[mark + "start." + name]);
        else
            torch::Tensor(tensor).copy_(file.read(published));
    }
    network->train();
}

void TestPbsTraining::takesTheStepOfTheOracle_data()
{
    QTest::addColumn<bool>("frozen");
    QTest::newRow("whole") << false;
    QTest::newRow("frozen backbone, as published") << true;
}

void TestPbsTraining::takesTheStepOfTheOracle()
{
    QFETCH(bool, frozen);
    const std::string mark = frozen ? "frozen." : "train.";
    PbsNetwork network(config(frozen));
    start(network, mark);
    network->to(at::kDouble); // six rows make batch statistics that amplify rounding
    const auto loss = network->loss(views(1).to(at::kDouble), views(2).to(at::kDouble));
    COMPARE_TENSORS(loss.to(at::kFloat), m_fixture[mark + "loss"]);
    loss.backward();
    int compared = 0;
    for (const auto& [name, tensor] : stateDict(*network)) {
        if (m_fixture.contains(mark + "gradient." + name)) {
            COMPARE_TENSORS(tensor.grad().to(at::kFloat), m_fixture[mark + "gradient." + name]);
            ++compared;
        }
        if (name.starts_with("momentum_encoder.")
            || (frozen && name.starts_with("base_encoder.blocks.")))
            QVERIFY2(!tensor.grad().defined(), name.c_str());
    }
    QCOMPARE(compared, frozen ? 8 : 12);
    network->followBase(m_fixture.json()["momentum"]);
    for (const auto& [name, tensor] : stateDict(*network)) {
        if (m_fixture.contains(mark + "after." + name))
            COMPARE_TENSORS(tensor.to(at::kFloat), m_fixture[mark + "after." + name]);
    }
}

void TestPbsTraining::comparesInsideGroupsOnly()
{
    const auto q = torch::randn({ 4, 8 }), k = torch::randn({ 4, 8 });
    const auto loss = groupContrast(q, k, 2, 0.2);
    const auto split = (groupContrast(q.slice(0, 0, 2), k.slice(0, 0, 2), 2, 0.2)
                        + groupContrast(q.slice(0, 2), k.slice(0, 2), 2, 0.2))
        / 2;
    COMPARE_TENSORS(loss, split);
    COMPARE_TENSORS(groupContrast(torch::ones({ 4, 8 }), k, 4, 0.2),
                    groupContrast(torch::ones({ 4, 8 }) * 3, k * 5, 4, 0.2)); // unit length
}

void TestPbsTraining::readsMocoBackbones()
{
    PbsTrainingConfig sizes = config(true);
    sizes.encoder.featureSize = 8; // not the checkpoint's: its compress layer is not taken
    PbsNetwork network(sizes);
    const auto before = stateDict(*network)["base_encoder.compress_layer.0.weight"].clone();
    loadBackbone(network->base_encoder, m_checkpoint);
    const auto weights = stateDict(*network);
    QVERIFY(weights.at("base_encoder.compress_layer.0.weight").equal(before));
    const auto published = openCheckpoint(m_checkpoint).tensors;
    QVERIFY(weights.at("base_encoder.cls_token")
                .equal(published.read("model.module.base_encoder.cls_token").to(at::kFloat)));
    network->copyBase();
    QVERIFY(stateDict(*network)["momentum_encoder.norm.weight"].equal(
        weights.at("base_encoder.norm.weight")));
}

// By angles: all comparisons won, all lost, all tied.
void TestPbsTraining::countsSeparation()
{
    const auto unit = [](double degrees) {
        return std::vector<float>{ float(std::cos(degrees * M_PI / 180)),
                                   float(std::sin(degrees * M_PI / 180)) };
    };
    std::vector<float> values;
    for (const double degrees : { 0.0, 30.0, 90.0, 10.0, 60.0 }) {
        const auto row = unit(degrees);
        values.insert(values.end(), row.begin(), row.end());
    }
    const auto rows = torch::tensor(values).view({ 5, 2 });
    // a: 0 and 30 degrees on one background, 90 on another -> 30 against 90 and 60: both won.
    // b has no two pictures on one background: nothing is compared.
    const Separation s
        = separationOf(rows, { "a", "a", "a", "b", "b" }, { "x", "x", "y", "x", "y" });
    QCOMPARE(s.auc, 1.0);
    QVERIFY(std::abs(s.sameMean - std::cos(M_PI / 6)) < 1e-6);
    QVERIFY(std::abs(s.otherMean - (0 + 0.5 + std::cos(50 * M_PI / 180)) / 3) < 1e-6);
    // 0 and 90 on one background: 90 degrees against 30 and 60: both lost.
    QCOMPARE(separationOf(rows.slice(0, 0, 3), { "a", "a", "a" }, { "x", "y", "x" }).auc, 0.0);
    const auto tied = torch::ones({ 3, 1 });
    QCOMPARE(separationOf(tied, { "a", "a", "a" }, { "x", "y", "x" }).auc, 0.5);
}

QTEST_APPLESS_MAIN(TestPbsTraining)
#include "tst_pbs_training.moc"
