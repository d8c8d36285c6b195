// Image-token embedding, generation head and classifier-free guidance.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "generation/guidance.h"
#include "nn/mlp.h"

#include <torch/nn/modules/embedding.h>

using namespace adtailor;

class TestHeads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void embedsImageTokens()
    {
        const Fixture fixture("heads");
        const UniAdGenConfig config = fixture.config();
        torch::nn::Embedding embedding(config.vq.codebookSize, config.vq.codeDim);
        Aligner aligner(config.vq.codeDim, config.language.hiddenSize);
        fixture.load(*embedding, "gen_embed.");
        fixture.load(*aligner, "gen_aligner.");
        COMPARE_TENSORS(aligner(embedding(fixture["ids"])), fixture["embeddings"]);
    }

    void scoresImageTokens()
    {
        const Fixture fixture("heads");
        const UniAdGenConfig config = fixture.config();
        ImageHead head(config.language.hiddenSize, config.vq.codebookSize);
        fixture.load(*head, "gen_head.");
        const auto logits = head(fixture["hidden"]);
        COMPARE_TENSORS(logits, fixture["logits"]);
        COMPARE_TENSORS(guided(logits, 5.0), fixture["guided5"]);
        COMPARE_TENSORS(guided(logits, 1.0), fixture["guided1"]);
    }

    void pairsRows()
    {
        const auto rows = at::arange(6).view({ 3, 2 });
        QVERIFY(
            at::equal(paired(rows).select(1, 0), torch::tensor({ 0, 0, 2, 2, 4, 4 }, at::kLong)));
    }

private:
    at::NoGradGuard m_noGrad;
};

QTEST_APPLESS_MAIN(TestHeads)
#include "tst_heads.moc"
