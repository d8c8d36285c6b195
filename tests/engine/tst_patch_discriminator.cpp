// The discriminator's two losses train the side they are meant for, and only that side.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "training/patch_discriminator.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestPatchDiscriminator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        at::manual_seed(1);
        m_network = PatchDiscriminator();
        m_made = at::randn({ 2, 3, 32, 48 }).requires_grad_();
    }

    void givesOneScoreForEightByEightPixels()
    {
        QCOMPARE(m_network(m_made).sizes().vec(), (std::vector<std::int64_t>{ 2, 1, 4, 6 }));
    }

    void ownLossIsTheHingeAndLeavesThePictureAlone()
    {
        const auto real = at::randn({ 2, 3, 32, 48 });
        const auto loss = m_network->ownLoss(real, m_made);
        const auto expected = (1 - m_network(real)).clamp_min(0).mean()
            + (1 + m_network(m_made)).clamp_min(0).mean();
        COMPARE_TENSORS(loss, expected);
        loss.backward();
        QVERIFY(!m_made.grad().defined());
        QVERIFY(m_network->conv1->weight.grad().abs().sum().item<double>() > 0);
    }

    void decoderLossReachesThePictureOnly()
    {
        const auto loss = m_network->decoderLoss(m_made);
        COMPARE_TENSORS(loss, -m_network(m_made).mean());
        loss.backward();
        QVERIFY(m_made.grad().abs().sum().item<double>() > 0);
        for (const auto& parameter : m_network->parameters()) {
            QVERIFY(!parameter.grad().defined());
            QVERIFY(parameter.requires_grad()); // ready for ownLoss
        }
    }

private:
    PatchDiscriminator m_network{ nullptr };
    torch::Tensor m_made;
};

QTEST_APPLESS_MAIN(TestPatchDiscriminator)
#include "tst_patch_discriminator.moc"
