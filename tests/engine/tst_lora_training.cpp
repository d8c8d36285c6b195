// Fine-tuning followed step by step against transformers and peft, and what its options change:
// recomputed layers (nothing), bfloat16 (little).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "nn/autocast.h"
#include "nn/recompute.h"
#include "training/fine_tuning.h"
#include "training/training_loop.h"
#include "weights/state_dict.h"

#include <QTemporaryDir>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

// Of make_finetune.py.
const LoraConfig lora{ .rank = 4, .alpha = 8 };
constexpr std::int64_t steps = 20;

// The plain next-token loss of the fixture's batches.
class CausalTask final : public TrainingTask
{
public:
    CausalTask(const Fixture& fixture, const LoraConfig& config, bool recompute = false,
               bool bfloat16 = false)
        : m_ids(fixture["ids"])
        , m_recompute(recompute)
        , m_bfloat16(bfloat16)
    {
        for (auto& [name, tensor] : stateDict(*m_model)) {
            torch::Tensor(tensor).set_requires_grad(false);
            const torch::NoGradGuard noGrad;
            torch::Tensor(tensor).copy_(fixture["weights.language_model." + name]);
        }
        addTrainablePaths(*m_model->model->layers, config);
        const torch::NoGradGuard noGrad;
        for (auto& [name, tensor] : trainedWeights()) {
            if (fixture.contains("initial." + peftName(name)))
                torch::Tensor(tensor).copy_(fixture["initial." + peftName(name)]);
        }
    }

    NamedTensors trainedWeights() override
    {
        NamedTensors trained;
        for (auto& [name, tensor] : stateDict(*m_model)) {
            if (isLoraWeight(name))
                trained[name] = tensor;
        }
        return trained;
    }
    NamedTensors modelWeights() override { return trainedWeights(); }
    LossTerms loss(CounterRng&, std::int64_t step) override
    {
        m_model->train();
        const RecomputeGuard recompute(m_recompute);
        AutocastState state;
        if (m_bfloat16)
            state.type = torch::kBFloat16;
        const AutocastGuard autocast(state);
        const auto ids = m_ids[step];
        const auto hidden = m_model(DecoderInput{ .embeddings = m_model->model->embed_tokens(ids) })
                                .slice(1, 0, -1);
        const auto total = torch::cross_entropy_loss(m_model->textLogits(hidden).flatten(0, 1),
                                                     ids.slice(1, 1).flatten());
        losses.push_back(total.item<double>());
        return { total, {} };
    }
    std::map<std::string, double> heldOutLoss() override { return {}; }
    std::map<std::string, double> writeSamples(const fs::path&, std::int64_t) override
    {
        return {};
    }

    static std::string peftName(const std::string& name) // as the fixture has it
    {
        const std::size_t place = name.find(".lora.");
        return name.substr(0, place) + name.substr(place + 5) + ".weight";
    }

    std::vector<double> losses;

private:
    LanguageModel m_model{ Fixture("finetune").config().language };
    torch::Tensor m_ids;
    bool m_recompute, m_bfloat16;
};

RunConfig settings()
{
    RunConfig config;
    config.steps = steps;
    config.learningRate = 0.02;
    config.minimumLearningRate = 0.002;
    config.cosine = true;
    config.warmup = 4;
    config.weightDecay = 0.05;
    config.beta2 = 0.98;
    config.clip = 1.0;
    config.logEvery = 1;
    config.checkpointEvery = config.validateEvery = 1000;
    return config;
}

std::vector<double> train(CausalTask& task)
{
    const QTemporaryDir folder;
    const RunFolder claimed(folder.path().toStdString());
    std::vector<double> norms;
    runTraining(claimed, settings(), task,
                [&](const TrainingStep& step) { norms.push_back(step.gradientNorm); }, {});
    return norms;
}

} // namespace

class TestLoraTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Over twenty steps rounding adds up: 1e-5 for losses and norms, 1e-4 for the matrices.
    void followsPeftStepByStep()
    {
        CausalTask task(m_fixture, lora);
        QCOMPARE(task.trainedWeights().size(), std::size_t{ 24 });
        const auto norms = train(task);
        COMPARE_TENSORS(torch::tensor(task.losses, torch::kFloat32), m_fixture["losses"]);
        COMPARE_TENSORS(torch::tensor(norms, torch::kFloat32), m_fixture["norms"]);
        for (const auto& [name, tensor] : task.trainedWeights()) {
            const auto expected = m_fixture["final." + CausalTask::peftName(name)];
            const double apart = difference(name.c_str(), tensor, expected);
            QVERIFY2(apart <= 1e-4, name.c_str());
        }
    }

    void recomputingChangesNoBit_data()
    {
        QTest::addColumn<double>("dropout");
        QTest::addColumn<bool>("bfloat16");
        QTest::newRow("plain") << 0.0 << false;
        QTest::newRow("dropout is drawn again alike") << 0.3 << false;
        QTest::newRow("bfloat16") << 0.3 << true;
    }
    void recomputingChangesNoBit()
    {
        QFETCH(double, dropout);
        QFETCH(bool, bfloat16);
        LoraConfig config = lora;
        config.dropout = dropout;
        CausalTask kept(m_fixture, config, false, bfloat16);
        CausalTask recomputed(m_fixture, config, true, bfloat16);
        const auto norms = train(kept), others = train(recomputed);
        QCOMPARE(recomputed.losses, kept.losses);
        QCOMPARE(others, norms);
        auto weights = recomputed.trainedWeights();
        for (const auto& [name, tensor] : kept.trainedWeights())
            QVERIFY2(tensor.equal(weights.at(name)), name.c_str());
    }

    void bfloat16StaysNear()
    {
        CausalTask exact(m_fixture, lora), rounded(m_fixture, lora, false, true);
        train(exact);
        train(rounded);
        double largest = 0;
        for (std::size_t i = 0; i < exact.losses.size(); ++i)
            largest = std::max(largest, std::abs(rounded.losses[i] / exact.losses[i] - 1));
        qInfo("largest relative difference of a loss: %.4f", largest);
        QVERIFY(largest > 0); // it does something
        QVERIFY(largest < 0.01);
        for (const auto& [name, tensor] : rounded.trainedWeights())
            QCOMPARE(tensor.scalar_type(), torch::kFloat32);
    }

private:
    Fixture m_fixture{ "finetune" };
};

QTEST_GUILESS_MAIN(TestLoraTraining)
#include "tst_lora_training.moc"
