// The joint training loss and its gradients against torch's autograd on the Python oracle.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "nn/recompute.h"
#include "training/objective.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

using namespace adtailor;

namespace {

// The fixture labels ids; position t of the batch holds what it has to predict, id t + 1.
torch::Tensor predictions(const torch::Tensor& labels)
{
    return at::cat({ labels.slice(1, 1), at::full({ labels.size(0), 1 }, ignoredLabel) }, 1);
}

TrainingBatch batchOf(const Fixture& fixture, const std::string& labels)
{
    TrainingBatch batch;
    batch.ids = fixture["prompt_ids"];
    batch.real = fixture["prompt_mask"].to(at::kBool);
    batch.textLabels = predictions(fixture[labels]);
    batch.imageIds = fixture["image_ids"];
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

class TestObjective : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_network = UniAdGen(m_fixture.config());
        fillByName(*m_network, "");
    }

    void reportsBothLosses()
    {
        const JointLoss loss = jointLoss(m_network, batchOf(m_fixture, "title_labels"));
        COMPARE_TENSORS(loss.text, m_fixture["title_loss"]);
        COMPARE_TENSORS(loss.image, m_fixture["image_loss"]);
        const auto labels = m_fixture["title_labels"];
        QCOMPARE(loss.textCount, (labels != ignoredLabel).sum().item<std::int64_t>());
    }

    void controlMayMeetThePrompt()
    {
        m_network->control->shift = 1;
        const JointLoss loss = jointLoss(m_network, batchOf(m_fixture, "title_labels"));
        COMPARE_TENSORS(loss.image, m_fixture["shifted_image_loss"]);
    }

    void canLearnTheWholePrompt()
    {
        const JointLoss loss = jointLoss(m_network, batchOf(m_fixture, "prompt_labels"));
        COMPARE_TENSORS(loss.text, m_fixture["prompt_loss"]);
    }

    void mayWeightTheFirstImageTokensAndReadNoise()
    {
        TrainingBatch batch = batchOf(m_fixture, "title_labels");
        batch.imageInput = m_fixture["noisy_image_ids"];
        const JointLoss loss = jointLoss(m_network, batch, 16.0);
        COMPARE_TENSORS(loss.image, m_fixture["weighted_image_loss"]);
    }

    void learnsTitlesAlone()
    {
        TrainingBatch batch = batchOf(m_fixture, "title_labels");
        batch.imageIds = torch::Tensor();
        const JointLoss loss = jointLoss(m_network, batch);
        COMPARE_TENSORS(loss.text, m_fixture["title_loss"]); // the picture comes after the title
        QVERIFY(!loss.image.defined());
    }

    void hasTheGradientsOfTheOracle()
    {
        const JointLoss loss = jointLoss(m_network, batchOf(m_fixture, "title_labels"));
        (loss.text + loss.image).backward();
        const auto parameters = m_network->named_parameters();
        const auto names = m_fixture.json()["gradient_names"].get<std::vector<std::string>>();
        std::vector<torch::Tensor> norms;
        for (const std::string& name : names) {
            QVERIFY2(parameters[name].grad().defined(), name.c_str());
            norms.push_back(parameters[name].grad().norm());
            if (m_fixture.contains("gradient." + name))
                COMPARE_TENSORS(parameters[name].grad(), m_fixture["gradient." + name]);
        }
        QVERIFY(norms.size() > 150);
        COMPARE_TENSORS(at::stack(norms), m_fixture["gradient_norms"]);
    }

    void recomputedLayersHaveTheSameGradients()
    {
        const auto gradients = [&](bool recompute) {
            init();
            const RecomputeGuard guard(recompute);
            const JointLoss loss = jointLoss(m_network, batchOf(m_fixture, "title_labels"));
            (loss.text + loss.image).backward();
            std::vector<torch::Tensor> all;
            for (const auto& item : m_network->named_parameters())
                all.push_back(item.value().grad());
            return all;
        };
        const auto kept = gradients(false), recomputed = gradients(true);
        std::size_t compared = 0;
        for (std::size_t i = 0; i < kept.size(); ++i) {
            QCOMPARE(recomputed[i].defined(), kept[i].defined());
            if (kept[i].defined() && ++compared > 0)
                QVERIFY(recomputed[i].equal(kept[i]));
        }
        QVERIFY(compared > 150);
    }

private:
    Fixture m_fixture{ "objective" };
    UniAdGen m_network{ nullptr };
};

QTEST_APPLESS_MAIN(TestObjective)
#include "tst_objective.moc"
