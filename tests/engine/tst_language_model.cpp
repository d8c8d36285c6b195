// The LLaMA decoder against transformers: left padding, cached steps, grouped queries, control.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "models/language_model.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestLanguageModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAWholePrompt_data() { cases(); }
    void readsAWholePrompt()
    {
        const Fixture fixture = loadCase();
        const auto hidden = m_model(prompt(fixture, nullptr));
        compareRealPositions(hidden, fixture);
    }

    void readsAPromptInPieces_data() { cases(); }
    void readsAPromptInPieces()
    {
        const Fixture fixture = loadCase();
        KvCache cache = m_model->makeCache(2, 10);
        const DecoderInput whole = prompt(fixture, &cache);
        std::vector<torch::Tensor> hidden;
        for (const auto& [start, length] : { std::pair(0, 2), std::pair(2, 4), std::pair(6, 1) }) {
            DecoderInput piece = whole;
            piece.embeddings = whole.embeddings.narrow(1, start, length);
            piece.keyMask = whole.keyMask.narrow(1, 0, start + length);
            hidden.push_back(m_model(piece));
        }
        compareRealPositions(at::cat(hidden, 1), fixture);
    }

    void continuesOverTheCache_data() { cases(); }
    void continuesOverTheCache()
    {
        const Fixture fixture = loadCase();
        KvCache cache = m_model->makeCache(2, 10);
        m_model(prompt(fixture, &cache));
        std::vector<torch::Tensor> logits;
        for (int i = 0; i < 3; ++i) {
            DecoderInput step{ .embeddings = embed(fixture["next_ids"].narrow(1, i, 1)),
                               .keyMask = keyMask(fixture, 8 + i),
                               .cache = &cache };
            logits.push_back(m_model->textLogits(m_model(step)));
        }
        QCOMPARE(cache.length(), 10);
        COMPARE_TENSORS(at::cat(logits, 1), fixture["step_logits"]);
    }

    // Rows without padding must not need a mask.
    void needsNoMaskWithoutPadding()
    {
        const Fixture fixture = load("language_model");
        KvCache cache = m_model->makeCache(1, 10);
        const auto hidden = m_model(
            DecoderInput{ .embeddings = embed(fixture["ids"].narrow(0, 0, 1)), .cache = &cache });
        COMPARE_TENSORS(hidden, fixture["prefill_hidden"].narrow(0, 0, 1));
        const auto step = m_model(
            DecoderInput{ .embeddings = embed(fixture["next_ids"].slice(0, 0, 1).slice(1, 0, 2)),
                          .cache = &cache });
        COMPARE_TENSORS(m_model->textLogits(step),
                        fixture["step_logits"].slice(0, 0, 1).slice(1, 0, 2));
    }

    void addsControlInTraining()
    {
        const Fixture fixture = load("language_model");
        const auto images = fixture["image_embeddings"];
        DecoderInput input{ .embeddings = at::cat({ embed(fixture["ids"]), images }, 1),
                            .keyMask = imageMask(fixture, images.size(1)) };
        input.injections = fixture["maps"].unbind(0);
        input.injectionInterval = fixture.config().control->interval;
        const auto hidden = m_model(input);
        COMPARE_TENSORS(hidden.slice(1, hidden.size(1) - images.size(1) - 1),
                        fixture["training_hidden"]);
    }

    void addsControlStepByStep()
    {
        const Fixture fixture = load("language_model");
        const auto images = fixture["image_embeddings"];
        const double strength = fixture["strength"].item<double>();
        KvCache cache = m_model->makeCache(2, 12);
        m_model(prompt(fixture, &cache));
        std::vector<torch::Tensor> hidden;
        for (std::int64_t i = 1; i < images.size(1); ++i) {
            DecoderInput step{ .embeddings = images.narrow(1, i - 1, 1),
                               .keyMask = imageMask(fixture, i),
                               .cache = &cache };
            for (const auto& map : fixture["maps"].unbind(0)) // one map for both rows of the pair
                step.injections.push_back(strength * map.narrow(0, 0, 1).narrow(1, i - 1, 1));
            step.injectionInterval = fixture.config().control->interval;
            hidden.push_back(m_model(step));
        }
        COMPARE_TENSORS(at::cat(hidden, 1), fixture["inference_hidden"]);
    }

private:
    static void cases()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("a key for every query head") << "language_model";
        QTest::newRow("grouped queries") << "language_model_grouped";
    }

    Fixture loadCase()
    {
        QFETCH(QString, name);
        return load(name.toStdString());
    }

    Fixture load(const std::string& name)
    {
        Fixture fixture(name);
        m_model = LanguageModel(fixture.config().language);
        fixture.load(*m_model, "language_model.");
        return fixture;
    }

    torch::Tensor embed(const torch::Tensor& ids) { return m_model->model->embed_tokens(ids); }

    static torch::Tensor keyMask(const Fixture& fixture, std::int64_t length)
    {
        return fixture["mask"].slice(1, 0, length).to(at::kBool);
    }

    static torch::Tensor imageMask(const Fixture& fixture, std::int64_t images)
    {
        const auto prompt = keyMask(fixture, fixture["ids"].size(1));
        return at::cat({ prompt, at::ones({ prompt.size(0), images }, at::kBool) }, 1);
    }

    DecoderInput prompt(const Fixture& fixture, KvCache* cache)
    {
        return { .embeddings = embed(fixture["ids"]),
                 .keyMask = keyMask(fixture, fixture["ids"].size(1)),
                 .cache = cache };
    }

    void compareRealPositions(const torch::Tensor& hidden, const Fixture& fixture)
    {
        const auto real = keyMask(fixture, hidden.size(1)).unsqueeze(-1);
        COMPARE_TENSORS(hidden * real, fixture["prefill_hidden"]);
        COMPARE_TENSORS(m_model->textLogits(hidden) * real, fixture["prefill_logits"]);
    }

    at::NoGradGuard m_noGrad;
    LanguageModel m_model{ nullptr };
};

QTEST_APPLESS_MAIN(TestLanguageModel)
#include "tst_language_model.moc"
