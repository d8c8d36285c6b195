// SPDX-License-Identifier: GPL-3.0-or-later
// Means, percentiles and bootstrap intervals agree with numpy and scipy; missing values are left
// out.
#include "core/strict_json.h"

#include <adtailor/statistics.h>

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>

using namespace adtailor;

class TestStatistics : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithScipy();
    void leavesMissingPairsOut();
    void repeatsItself();
    void coversTheMean();
    void knowsSmallSamples();
};

void TestStatistics::agreesWithScipy()
{
    const auto cases = readJsonFile(ADTAILOR_FIXTURES "/statistics.json", 1U << 20U);
    QCOMPARE(cases.size(), 5U);
    for (const auto& known : cases) {
        auto values = known["values"].get<std::vector<double>>();
        const auto estimate = estimateMean(values, { .resamples = 200'000 });
        const double deviation = known["deviation"];
        QVERIFY(std::abs(estimate.mean - known["mean"].get<double>()) < 1e-12);
        QVERIFY(std::abs(estimate.deviation - deviation) < 1e-12);
        // Both intervals are drawn: at 200,000 resamples each end wanders by about 0.3 % of the
        // standard error of the mean, and 3 % is allowed.
        const double allowed = 0.03 * deviation / std::sqrt(static_cast<double>(values.size()));
        QVERIFY(std::abs(estimate.interval->low - known["low"].get<double>()) < allowed);
        QVERIFY(std::abs(estimate.interval->high - known["high"].get<double>()) < allowed);
        std::sort(values.begin(), values.end());
        QCOMPARE(estimate.smallest, values.front());
        QCOMPARE(estimate.largest, values.back());
        for (std::size_t i = 0; i < known["shares"].size(); ++i)
            QVERIFY(std::abs(quantile(values, known["shares"][i].get<double>())
                             - known["quantiles"][i].get<double>())
                    < 1e-12);
    }
}

void TestStatistics::leavesMissingPairsOut()
{
    const std::vector<std::optional<double>> left{ 1, std::nullopt, 5, 9, 2 };
    const std::vector<std::optional<double>> right{ 0, 7, 3, std::nullopt };
    const auto difference = estimateDifference(left, right);
    QCOMPARE(difference.count, 2);
    QCOMPARE(difference.mean, 1.5);
    QVERIFY(difference.interval->excludesZero());
    QVERIFY(!(Interval{ -1, 1 }.excludesZero()));
    QVERIFY((Interval{ -2, -1 }.excludesZero()));
}

void TestStatistics::repeatsItself()
{
    const std::vector<double> values{ 3, 1, 4, 1, 5, 9, 2, 6 };
    const auto first = estimateMean(values, { .seed = 4 });
    const auto again = estimateMean(values, { .seed = 4 });
    const auto other = estimateMean(values, { .seed = 5 });
    QCOMPARE(first.interval->low, again.interval->low);
    QVERIFY(first.interval->low != other.interval->low
            || first.interval->high != other.interval->high);
}

// The property that makes it a 95 % interval: of 400 samples it holds the true mean in about 95 %.
void TestStatistics::coversTheMean()
{
    int covered = 0;
    quint32 random = 1;
    for (int sample = 0; sample < 400; ++sample) {
        std::vector<double> values(60);
        for (double& value : values) {
            random = random * 1664525 + 1013904223;
            value = (random >> 8) / 16777216.0;
        }
        const auto interval = *estimateMean(values, { .resamples = 400 }).interval;
        covered += interval.low <= 0.5 && interval.high >= 0.5 ? 1 : 0;
    }
    QVERIFY2(covered >= 364 && covered <= 394, qPrintable(QString::number(covered)));
}

void TestStatistics::knowsSmallSamples()
{
    QCOMPARE(estimateMean({}).count, 0);
    QVERIFY(!estimateMean({}).interval);
    const std::vector<double> one{ 7 };
    QCOMPARE(estimateMean(one).mean, 7.0);
    QVERIFY(!estimateMean(one).interval);
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
