// DINOv2 against transformers, under both rules of position interpolation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "models/dinov2.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestDinov2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void interpolatesPositions_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addColumn<QString>("expected");
        QTest::newRow("scale factor, transformers 4.38")
            << int(PositionInterpolation::ScaleFactor) << "features_scale_factor";
        QTest::newRow("target size")
            << int(PositionInterpolation::TargetSize) << "features_target_size";
    }
    void interpolatesPositions()
    {
        QFETCH(int, rule);
        QFETCH(QString, expected);
        const Fixture fixture("dinov2");
        auto model = load(fixture, static_cast<PositionInterpolation>(rule));
        COMPARE_TENSORS(model(fixture["pixels"]), fixture[expected.toStdString()]);
    }

    void takesNativePositionsAsTheyAre()
    {
        const Fixture fixture("dinov2");
        for (const auto rule :
             { PositionInterpolation::ScaleFactor, PositionInterpolation::TargetSize }) {
            auto model = load(fixture, rule);
            COMPARE_TENSORS(model(fixture["pixels_native"]), fixture["features_native"]);
        }
    }

private:
    static Dinov2 load(const Fixture& fixture, PositionInterpolation rule)
    {
        Dinov2Config config = fixture.config().control->encoder;
        config.interpolation = rule;
        Dinov2 model(config);
        fixture.load(*model, "language_model.model.adapter.model.");
        return model;
    }

    at::NoGradGuard m_noGrad;
};

QTEST_APPLESS_MAIN(TestDinov2)
#include "tst_dinov2.moc"
