// The VQ-16 tokenizer against transformers' JanusVQVAE and an own torch version: ids and pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "models/vq_model.h"

#include <ATen/ATen.h>

using namespace adtailor;

class TestVq : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data() { cases(); }
    void encodes()
    {
        const Fixture fixture = loadCase();
        for (const std::string size : { "64", "128" }) {
            if (!fixture.contains("pixels" + size))
                continue;
            const torch::Tensor pixels = fixture["pixels" + size] / 127.5 - 1;
            COMPARE_TENSORS(m_vq->latents(pixels), fixture["latents" + size]);
            QVERIFY(at::equal(m_vq->encode(pixels), fixture["ids" + size]));
        }
    }

    void decodesAnyGrid_data() { cases(); }
    void decodesAnyGrid()
    {
        const Fixture fixture = loadCase();
        comparePixels(m_vq->decode(fixture["ids64"], 4, 4), fixture["decoded64_every4"]);
        comparePixels(m_vq->decode(fixture["ids_2x3"], 2, 3), fixture["decoded_2x3_every4"]);
        if (fixture.contains("ids128"))
            comparePixels(m_vq->decode(fixture["ids128"], 8, 8), fixture["decoded128_every4"]);
    }

private:
    static void cases()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("32 norm groups, transformers") << "vq_wide";
        QTest::newRow("2 norm groups, stored weights") << "vq";
    }

    Fixture loadCase()
    {
        QFETCH(QString, name);
        Fixture fixture(name.toStdString());
        m_vq = VqModel(fixture.config().vq);
        if (name == "vq")
            fixture.load(*m_vq, "gen_vision_model.");
        else
            fillByName(*m_vq, "gen_vision_model.");
        return fixture;
    }

    // Every 4th row and column. These random networks reach values of 3, so that float32 leaves
    // 2e-5 after five levels of norms whose sums are made in another order.
    static void comparePixels(const torch::Tensor& pixels, const torch::Tensor& expected)
    {
        const auto thinned = pixels.slice(2, 0, pixels.size(2), 4).slice(3, 0, pixels.size(3), 4);
        const double apart = difference("pixels", thinned, expected);
        QVERIFY2(apart <= 2e-5, qPrintable(QString("differs by %1").arg(apart)));
    }

    at::NoGradGuard m_noGrad;
    VqModel m_vq{ nullptr };
};

QTEST_APPLESS_MAIN(TestVq)
#include "tst_vq.moc"
