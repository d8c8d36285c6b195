// What is taken from a history: the mask generators, the fusion encoder and their gradients.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "models/preference_encoder.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestPreference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTokensUnderNoise() { compareAll(true, ""); }
    void keepsTokensWithoutNoise() { compareAll(false, "silent_"); }

    void passesTheGradientStraightThrough()
    {
        const Fixture fixture("preference");
        for (const std::string kind : { "visual", "text" }) {
            auto generator = load(fixture, kind);
            const auto input = fixture[kind + "_input"].requires_grad_();
            const auto result = generator(input, fixture[kind + "_noise"], torch::Tensor());
            (result.tokens * fixture[kind + "_cotangent"]).sum().backward();
            COMPARE_TENSORS(input.grad(), fixture[kind + "_gradient"]);
        }
    }

    // Padding: nobody reads it, and the budget is a share of the real tokens.
    void leavesPaddingOut()
    {
        const at::NoGradGuard noGrad;
        const Fixture fixture("preference");
        auto generator = load(fixture, "text");
        const auto input = fixture["text_input"].clone(), noise = fixture["text_noise"];
        auto real = at::ones({ 2, 15 }, at::kBool);
        real.slice(1, 3, 5).fill_(false); // the end of item 0
        real.slice(1, 11, 15).fill_(false); // nearly all of item 2
        const auto first = generator(input, noise, real);
        input.flatten(1, 2).masked_fill_(real.logical_not().unsqueeze(-1), 7.0);
        const auto second = generator(input, noise, real);
        const auto kept = first.kept.round();
        QVERIFY(at::equal(kept, second.kept.round()));
        QVERIFY(!kept.masked_select(real.logical_not()).any().item<bool>());
        QVERIFY(at::equal(kept.sum(1), at::full({ 2 }, 3.0))); // floor(0.4 * 9)
        const auto shown = real.view({ 2, 3, 5, 1 });
        COMPARE_TENSORS(first.tokens * shown, second.tokens * shown);
    }

    // The order of the items is carried by the prompt alone.
    void fusionFollowsPermutedItems()
    {
        const at::NoGradGuard noGrad;
        const Fixture fixture("preference");
        auto fusion = loadFusion(fixture);
        const auto order = torch::tensor({ 2, 0, 1 }, at::kLong);
        const auto images = fixture["visual_tokens"], titles = fixture["text_tokens"];
        const auto plain = fusion(images, titles, torch::Tensor());
        const auto moved
            = fusion(images.index_select(1, order), titles.index_select(1, order), torch::Tensor());
        const auto expected = plain.slice(1, 0, 12).view({ 2, 3, 4, -1 }).index_select(1, order);
        COMPARE_TENSORS(moved.slice(1, 0, 12).view({ 2, 3, 4, -1 }), expected);
    }

private:
    static MaskGenerator load(const Fixture& fixture, const std::string& kind)
    {
        const UniAdGenConfig config = fixture.config();
        MaskGenerator generator(*config.preference, config.language.hiddenSize,
                                fixture[kind + "_input"].size(2));
        fixture.load(*generator, kind + "_mask_generator.");
        return generator;
    }

    static FusionEncoder loadFusion(const Fixture& fixture)
    {
        const UniAdGenConfig config = fixture.config();
        FusionEncoder fusion(*config.preference, config.language.hiddenSize);
        fixture.load(*fusion, "dual_modality_fusion_encoder.");
        return fusion;
    }

    static void compareAll(bool noisy, const std::string& prefix)
    {
        const at::NoGradGuard noGrad;
        const Fixture fixture("preference");
        std::vector<torch::Tensor> tokens;
        for (const std::string kind : { "visual", "text" }) {
            auto generator = load(fixture, kind);
            const auto noise = noisy ? fixture[kind + "_noise"] : torch::Tensor();
            const auto result = generator(fixture[kind + "_input"], noise, torch::Tensor());
            COMPARE_TENSORS(result.cosine, fixture[prefix + kind + "_cosine"]);
            COMPARE_TENSORS(result.weights, fixture[prefix + kind + "_soft"]);
            COMPARE_TENSORS(result.kept, fixture[prefix + kind + "_hard"]);
            COMPARE_TENSORS(result.tokens, fixture[prefix + kind + "_tokens"]);
            tokens.push_back(result.tokens);
        }
        auto fusion = loadFusion(fixture);
        COMPARE_TENSORS(fusion(tokens[0], tokens[1], torch::Tensor()),
                        at::cat({ fixture[prefix + "image_preferences"],
                                  fixture[prefix + "title_preferences"] },
                                1));
    }
};

QTEST_APPLESS_MAIN(TestPreference)
#include "tst_preference.moc"
