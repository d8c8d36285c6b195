// Philox against Random123's known answers, and the promises that sampling rests on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/counter_rng.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace adtailor;

class TestCounterRng : public QObject
{
    Q_OBJECT

private slots:
    void matchesKnownAnswers()
    {
        // Rows "philox4x32 10" of Random123's kat_vectors.
        using Block = std::array<std::uint32_t, 4>;
        QVERIFY((philox4x32({ 0, 0, 0, 0 }, { 0, 0 })
                 == Block{ 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 }));
        QVERIFY((philox4x32({ ~0U, ~0U, ~0U, ~0U }, { ~0U, ~0U })
                 == Block{ 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd }));
        QVERIFY((philox4x32({ 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
                            { 0xa4093822, 0x299f31d0 })
                 == Block{ 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 }));
    }

    void drawsDependOnIndexOnly()
    {
        CounterRng inOrder(7, RandomStream::Title);
        const CounterRng direct(7, RandomStream::Title);
        for (std::uint64_t i = 0; i < 100; ++i)
            QCOMPARE(inOrder.uniform(), direct.uniformAt(i));
    }

    void seedsAndStreamsDiffer()
    {
        const double draw = CounterRng(7, RandomStream::Title).uniformAt(0);
        QVERIFY(draw != CounterRng(8, RandomStream::Title).uniformAt(0));
        QVERIFY(draw != CounterRng(7, RandomStream::Picture).uniformAt(0));
        QVERIFY(draw != CounterRng(7 + (1ULL << 32U), RandomStream::Title).uniformAt(0));
    }

    void uniformIsUniform()
    {
        CounterRng rng(1, RandomStream::Data);
        constexpr int draws = 200'000;
        std::array<int, 10> counts{};
        for (int i = 0; i < draws; ++i) {
            const double value = rng.uniform();
            QVERIFY(value >= 0 && value < 1);
            ++counts[static_cast<int>(value * 10)];
        }
        for (const int count : counts) // six standard deviations of a binomial
            QVERIFY(std::abs(count - draws / 10) < 6 * std::sqrt(draws * 0.09));
    }

    void belowStaysBelow()
    {
        CounterRng rng(1, RandomStream::Data);
        std::array<int, 3> counts{};
        for (int i = 0; i < 3000; ++i)
            ++counts.at(rng.below(3));
        for (const int count : counts)
            QVERIFY(std::abs(count - 1000) < 160);
    }

    void gumbelHasItsMoments()
    {
        std::vector<float> values(200'000);
        CounterRng(3, RandomStream::Mask).fillGumbel(values);
        double sum = 0;
        double squares = 0;
        for (const float value : values) {
            QVERIFY(std::isfinite(value));
            sum += value;
            squares += double(value) * value;
        }
        const double mean = sum / values.size();
        const double variance = squares / values.size() - mean * mean;
        QVERIFY(std::abs(mean - 0.5772) < 0.02); // Euler's constant
        QVERIFY(std::abs(variance - 1.6449) < 0.05); // pi^2 / 6
    }
};

QTEST_APPLESS_MAIN(TestCounterRng)
#include "tst_counter_rng.moc"
