// A fresh model reads its history: the fusion encoder starts as a scaled copy of the kept tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "training/initialize.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestInitialize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void freshFusionPassesItsInputThrough()
    {
        at::manual_seed(3);
        const Fixture fixture("objective");
        UniAdGen model(fixture.config());
        initializeWeights(model);
        model->eval();
        const auto config = *fixture.config().preference;
        const std::int64_t width = fixture.config().language.hiddenSize;
        const auto images = at::randn({ 2, 3, config.imageTokens(), width });
        const auto titles = at::randn({ 2, 3, config.titleTokens, width });
        const auto fused = model->dual_modality_fusion_encoder(images, titles, torch::Tensor());
        const auto read = at::cat({ images.flatten(1, 2), titles.flatten(1, 2) }, 1);
        const auto likeness = at::cosine_similarity(fused, read, 2);
        QVERIFY2(likeness.min().item<double>() > 0.7, "a token is not what was read");
        const double size = fused.square().mean().sqrt().item<double>();
        QVERIFY2(size > 0.1 && size < 0.4, qPrintable(QString::number(size)));
    }
};

QTEST_APPLESS_MAIN(TestInitialize)
#include "tst_initialize.moc"
