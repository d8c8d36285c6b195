// Foreground perception: condition tokens, additive maps, condition dropout, input size.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "models/control_branch.h"
#include "models/control_image.h"
#include "nn/pixels.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void projectsFeatures()
    {
        const Fixture fixture("control");
        const std::int64_t width = fixture.config().language.hiddenSize;
        const std::int64_t inner = fixture.config().control->encoder.hiddenSize;
        const auto mlp = [&](const std::string& name, std::int64_t in) {
            ConditionMlp module(in, width);
            fixture.load(*module, "language_model.model." + name + ".");
            return module;
        };
        auto adapter = mlp("adapter_mlp", inner), condition = mlp("condition_mlp.cap_proj", width);
        const auto tokens = condition(adapter(fixture["features"]));
        COMPARE_TENSORS(tokens, fixture["condition_tokens"]);
        for (std::int64_t j = 0; j < 2; ++j) {
            auto layer = mlp("condition_layers." + std::to_string(j), width);
            COMPARE_TENSORS(layer(tokens), fixture["maps"][j]);
        }
        QVERIFY(!fixture["maps"].select(1, 1).any().item<bool>()); // zero in, zero out
    }

    void makesMapsOfAPicture()
    {
        const Fixture fixture("uni_adgen");
        auto branch = load(fixture);
        const auto maps = branch(fixture["control_pixels"]);
        COMPARE_TENSORS(at::stack(maps), fixture["maps"]);
    }

    void dropsWholeSamples()
    {
        const Fixture fixture("uni_adgen");
        auto branch = load(fixture);
        const auto maps
            = at::stack(branch(fixture["control_pixels"], torch::tensor({ 1.0F, 0.0F })));
        COMPARE_TENSORS(maps.select(1, 0), fixture["maps"].select(1, 0));
        QVERIFY(!maps.select(1, 1).any().item<bool>());
    }

    // Source index floor(i * in / out), as the public code's "nearest".
    void takesLargerPicturesByNearest()
    {
        const Fixture fixture("uni_adgen");
        auto branch = load(fixture);
        const auto large = at::rand({ 1, 3, 64, 64 }) * 2 - 1;
        const auto places = at::div(at::arange(56) * 64, 56, "floor");
        const auto small = large.index_select(2, places).index_select(3, places);
        COMPARE_TENSORS(at::stack(branch(large)), at::stack(branch(small)));
    }

    void showsTheProductAsTrained()
    {
        const Fixture fixture("control_image");
        UniAdGenConfig config;
        config.imageSize = fixture["pixels"].size(3);
        config.control.emplace(); // as published
        const auto product = [&] {
            const std::int64_t side = controlSourceSide(config);
            return resizeBicubic(fixture["product"], side, side).unsqueeze(0);
        };
        // PIL rounds in fixed point, so some pixels at 512 px are one level apart.
        QVERIFY(difference("twice", controlPixels(product(), config), fixture["pixels"]) < 2e-3);
        config.control->encoder.interpolation = PositionInterpolation::TargetSize; // our own
        COMPARE_TENSORS(controlPixels(product(), config), normalizePixels(product()));
        QVERIFY(difference("once", controlPixels(product(), config), fixture["pixels"]) > 1e-2);
    }

    void hasOneMapForEveryIntervalOfLayers()
    {
        ControlConfig config = *Fixture("control").config().control;
        config.interval = 6;
        for (const auto& [layers, maps] :
             { std::pair(30, 5), std::pair(24, 4), std::pair(25, 5) }) {
            ControlBranch branch(config, 8, layers, 4);
            QCOMPARE(branch(at::zeros({ 1, 3, 56, 56 })).size(), std::size_t(maps));
        }
    }

private:
    static ControlBranch load(const Fixture& fixture)
    {
        const UniAdGenConfig config = fixture.config();
        ControlBranch branch(*config.control, config.language.hiddenSize, config.language.layers,
                             config.gridSide());
        fillByName(*branch, "language_model.model.");
        return branch;
    }

    at::NoGradGuard m_noGrad;
};

QTEST_APPLESS_MAIN(TestControl)
#include "tst_control.moc"
